// The case in a real browser: a villager group's pond and dry land, from the
// register to the published notice, each person at a desk of their own, and a
// villager's phone that runs no script.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { House, menu, phone, seen, wide } from "./harness.mjs";

let house, clerk, villager, today;
const title = "第三组鱼塘及旱地";

before(async () => {
  house = await House.open();
  today = await house.now();
  clerk = await house.login("clerk");
  villager = await house.visit(phone);
});
after(async () => house?.close());

// day is so many days from the demonstration's today in Beijing, as a date field takes it.
function day(n) {
  return new Date(today.getTime() + 8 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);
}

// waiting opens what waits on somebody's desk.
async function waiting(page, name = title) {
  await menu(page, "待办");
  await page.getByRole("link", { name }).first().click();
}

// photo is a picture of the page, in place of one from a camera.
async function photos(page, ...names) {
  const buffer = await page.screenshot({ type: "jpeg", quality: 60 });
  const shots = [];
  for (const [i, name] of names.entries()) {
    const shot = i === 0 ? buffer : await page.screenshot({ type: "jpeg", quality: 60 + i });
    shots.push({ name, mimeType: "image/jpeg", buffer: shot });
  }
  return shots;
}

test("the clerk registers the asset; a wrong sum of areas loses nothing", () => seen(clerk, "asset", async () => {
  await menu(clerk, "资产");
  await clerk.getByRole("link", { name: "登记资产" }).first().click();
  await clerk.getByLabel("所有权人").selectOption({ label: "青塘村第三村民小组" });
  await clerk.getByLabel("经办的集体经济组织").selectOption({ label: "青塘村经济合作社" });
  await clerk.getByLabel("决策会议").selectOption({ label: "村民小组会议（户代表）" });
  await clerk.getByLabel("资产名称").fill("第三组鱼塘及旱地");
  await clerk.getByLabel("资产类别").selectOption({ label: "坑塘水面（鱼塘、山塘）" });
  await clerk.getByLabel("坐落位置").fill("青塘村东头，村道南侧");
  await clerk.getByLabel("总面积或者数量").fill("38.60");
  for (const [row, plot] of [["鱼塘", "28.60", "村道", "水渠", "旱地", "山脚"], ["旱地", "9.00", "鱼塘", "水渠", "田埂", "山脚"]].entries()) {
    for (const [i, name] of ["地块名称", "面积", "东至", "南至", "西至", "北至"].entries()) {
      await clerk.getByLabel(`第${row + 1}行${name}`).fill(plot[i]);
    }
  }
  await clerk.getByLabel("允许用途").fill("养殖、种植，不得改变农业用途");
  await clerk.getByLabel("权属情况").fill("村民小组农民集体所有，无权属争议，无抵押");
  await clerk.getByLabel("上一期租金").fill("350");
  await clerk.getByLabel("上一租期的计价单位").selectOption({ label: "元/亩·年" });
  await clerk.getByLabel("上一租期届满日").fill(day(20));
  await clerk.getByLabel("上一承租人").fill("上一承租方");
  await clerk.getByLabel("现场照片").setInputFiles(await photos(clerk, "1.jpg", "2.jpg", "3.jpg"));
  await clerk.getByRole("button", { name: "下一步：核对" }).click();
  await clerk.getByRole("link", { name: /37\.60亩，与总面积38\.60亩不一致/ }).waitFor();
  assert.match(await clerk.title(), /^错误：/);
  assert.equal(await clerk.locator(".gallery img").count(), 3, "the photos are kept");
  await clerk.getByLabel("第2行面积").fill("10.00");
  await clerk.getByRole("button", { name: "下一步：核对" }).click();
  await clerk.getByText("大写：叁佰伍拾元整").waitFor();
  await clerk.getByRole("button", { name: /修改\s*总面积或者数量/ }).click();
  assert.equal(await clerk.getByLabel("第2行面积").inputValue(), "10.00", "nothing typed is lost");
  assert.equal(await clerk.locator(".gallery img").count(), 3, "nor the photos");
  await clerk.getByRole("button", { name: "下一步：核对" }).click();
  await clerk.getByRole("button", { name: "核对无误，送村务监督委员会核实" }).click();
  await clerk.getByText("已送村务监督委员会核实").waitFor();
  await menu(clerk, "资产");
  assert.equal(await clerk.getByRole("link", { name: "第三组鱼塘及旱地" }).count(), 0, "it waits, and is not public");
}));

test("a member of the committee looks at the asset, and with that it is public", async () => {
  const committee = await house.login("supervision");
  await seen(committee, "asset-entry", async () => {
    await committee.getByRole("link", { name: /登记资产/ }).click();
    await committee.getByRole("button", { name: "与实际一致，核实并公开" }).click();
    await committee.getByRole("heading", { level: 1, name: "第三组鱼塘及旱地" }).waitFor();
    await committee.locator(".proof.in-chain").waitFor({ timeout: 15000 });
  });
  await menu(clerk, "资产");
  await clerk.getByRole("link", { name: "第三组鱼塘及旱地" }).click();
});

test("the resolution is typed in from paper and handed to the committee", () => seen(clerk, "resolution", async () => {
  await clerk.getByRole("link", { name: "登记决议" }).click();
  for (const [i, step] of ["村党组织提议", "村“两委”商议", "党员大会审议", "村民会议、村民代表会议（村民小组会议）决议", "决议公开"].entries()) {
    await clerk.getByLabel(step).fill(day(-20 + 2 * i));
  }
  await clerk.getByLabel("租期不超过").fill("5");
  await clerk.getByLabel("底价").fill("400");
  await clerk.getByLabel("元/亩·年").check();
  await clerk.getByLabel("允许租给、卖给本集体经济组织以外").check();
  await clerk.getByLabel("本集体经济组织成员第一，原承租人第二").check();
  // The ten of the roll stand there already: nine came, one did not.
  for (const [row, name] of ["甲", "乙", 3, 4, 5, 6, 7, 8, 9, 10].entries()) {
    await clerk.getByLabel(`户代表${name}的表决`, { exact: true })
      .selectOption({ label: row === 8 ? "反对" : row === 9 ? "缺席" : "同意" });
  }
  await clerk.getByLabel("签到表照片").setInputFiles(await photos(clerk, "sign-in.jpg"));
  await clerk.getByLabel("会议记录照片").setInputFiles(await photos(clerk, "minutes.jpg"));
  await clerk.getByRole("button", { name: "保存" }).click();
  await clerk.getByRole("button", { name: "提交村务监督委员会核实" }).click();
  await clerk.getByText("已提交村务监督委员会核实").waitFor();
}));

test("a member of the committee confirms; the representative finds the own vote; the public reads counts", async () => {
  const committee = await house.login("supervision");
  await seen(committee, "confirm", async () => {
    await committee.getByRole("link", { name: "第三组鱼塘及旱地" }).click();
    await committee.getByText("户代表9").waitFor();
    await committee.getByRole("button", { name: "与纸质记录一致，确认核实" }).click();
    await committee.getByText("符合规定要求").first().waitFor();
  });
  const representative = await house.login("daibiao", { ...phone });
  await seen(representative, "own-vote", async () => {
    await menu(representative, "我的表决");
    assert.match(await representative.locator("tbody").innerText(), /第三组鱼塘及旱地[\s\S]*同意/);
  });
  await villager.goto("/"); // the first page is what a villager types
  await villager.getByRole("link", { name: "青塘村" }).first().click();
  await villager.locator("section").filter({ has: villager.getByRole("heading", { name: "决议", exact: true }) })
    .getByRole("link", { name: title }).first().click();
  const text = await villager.locator("main").innerText();
  assert.match(text, /应到\s*10 人/);
  assert.match(text, /同意\s*8 人/);
  assert.doesNotMatch(text, /户代表9/);
  assert.equal(await villager.locator("main img").count(), 0, "no sheet with signatures");
});

async function draft() {
  await menu(clerk, "资产");
  await clerk.getByRole("link", { name: "第三组鱼塘及旱地" }).click();
  await clerk.getByRole("link", { name: "起草交易公告" }).click();
  await clerk.getByLabel("公告标题").fill(`${title}经营权出租公告`);
  await clerk.getByLabel("起始价").fill("399");
  await clerk.getByLabel("加价幅度").fill("10");
  await clerk.getByLabel("租期起始日").fill(day(60));
  await clerk.getByLabel("现场看样日", { exact: true }).fill(day(4));
  await clerk.getByLabel("看样集合地点").fill("村委会门口，上午九点");
  await clerk.getByLabel("通知优先权人的日期").fill(day(-3));
  for (const label of ["允许用途", "交易条件", "承租方资格条件", "对交易有重大影响的信息", "权属、占有及权利负担", "定价依据", "特别提示",
    "保证金账户", "税费", "联系方式", "监督渠道", "发布媒介"]) {
    await clerk.getByLabel(label).fill(`${label}：按规定填写`);
  }
  await clerk.getByRole("button", { name: "保存草稿" }).click();
}

test("the clerk drafts; a price below the resolution's floor is named", () => seen(clerk, "draft", async () => {
  await draft();
  await clerk.getByRole("link", { name: /底价为400\.00 元\/亩·年/ }).click();
  assert.equal(await clerk.evaluate(() => document.activeElement.name), "start_price");
  await clerk.getByLabel("起始价").fill("400");
  await clerk.getByRole("button", { name: "保存草稿" }).click();
  await clerk.getByRole("button", { name: "提交乡镇经管站审核" }).click();
  await clerk.getByText("已提交乡镇经管站审核").waitFor();
}));

test("the station returns it with a reason for a field, then checks it; the leader approves", async () => {
  const station = await house.login("station");
  const address = clerk.url();
  await seen(station, "station", async () => {
    await station.getByRole("link", { name: title }).click();
    await station.getByLabel("特别提示").fill("请写明塘埂有渗漏");
    await station.getByRole("button", { name: "退回修改" }).click();
    await station.getByText("已退回经办人修改").waitFor();
  });
  await seen(clerk, "mend", async () => {
    await waiting(clerk);
    await clerk.getByText("请写明塘埂有渗漏").first().waitFor();
    await clerk.getByRole("link", { name: "修改", exact: true }).click();
    await clerk.getByLabel("特别提示").fill("东侧塘埂有渗漏，请到现场看样。");
    await clerk.getByRole("button", { name: "保存草稿" }).click();
    await clerk.getByRole("button", { name: "提交乡镇经管站审核" }).click();
  });
  await seen(station, "check", async () => {
    await waiting(station);
    await station.getByRole("button", { name: "审核通过" }).click();
    await station.getByText("已转分管领导审批").waitFor();
  });
  const leader = await house.login("leader");
  await seen(leader, "approve", async () => {
    await leader.getByRole("link", { name: title }).click();
    await leader.getByRole("button", { name: "批准" }).click();
    await leader.getByText("已批准").first().waitFor();
  });
});

test("nobody outside reads the notice before it is published", async () => {
  const answer = await villager.goto(clerk.url().replace("/office", "")); // guessed: no link leads there
  assert.equal(answer.status(), 404);
  await villager.goto("/");
  await villager.getByRole("link", { name: "交易公告" }).first().click();
  assert.equal(await villager.getByText(title).count(), 0);
});

test("the clerk publishes and shows the paper notice on the village board", () => seen(clerk, "announce", async () => {
  await clerk.reload();
  await clerk.getByRole("link", { name: "下一步：核对后发布" }).click();
  await clerk.getByText("大写：").first().waitFor();
  await clerk.getByRole("button", { name: "核对无误，发布公告" }).click();
  await clerk.getByText("公告已发布").waitFor();
  await villager.reload();
  await villager.getByRole("link", { name: title }).first().click();
  await villager.getByText("缺：村公告栏张贴纸质公告的照片").waitFor();
  await clerk.getByLabel("公告栏照片").setInputFiles(await photos(clerk, "board.jpg"));
  await clerk.getByRole("button", { name: "公开照片" }).click();
  await clerk.getByText("公告栏照片已公开").waitFor();
}));

test("a villager reads all of it on a phone without JavaScript", () => seen(villager, "villager", async () => {
  await villager.goto("/");
  await villager.getByRole("link", { name: title }).first().click();
  await villager.waitForLoadState("load"); // a long page comes in parts
  for (const fold of await villager.locator("main summary").all()) await fold.click();
  const text = await villager.locator("main").innerText();
  for (const words of ["400.00", "15,440.00 元", "77,200.00 元", "1,544.00 元", "38.60 亩", "第一顺位：本集体经济组织成员", "东侧塘埂有渗漏",
    "10 个工作日", "350.00 元/亩·年", "鱼塘", "山脚", "纸质公告照片", "递增报价", "监督渠道"]) {
    assert.ok(text.includes(words), `the notice does not say ${words}`);
  }
  for (const words of ["上一承租方", "户代表9"]) assert.ok(!text.includes(words), `the notice says ${words}`);
  await villager.locator(".proof.in-chain").waitFor();
  const page = await house.visit({ ...phone, javaScriptEnabled: true });
  await page.goto(villager.url());
  assert.ok((await wide(page)) <= 0, "the page is wider than the phone");
  await villager.locator(".proof").click();
  await villager.getByRole("heading", { name: "发布交易公告" }).waitFor();
}));

test("a supplement extends the term, released by another person", async () => {
  await seen(clerk, "supplement", async () => {
    await clerk.getByLabel("补充内容").fill("旱地南侧机耕道已修通。");
    await clerk.getByRole("button", { name: "交经管站发布" }).click();
    await clerk.getByText("补充公告已交乡镇经管站").waitFor();
  });
  const station = await house.login("station");
  await seen(station, "release", async () => {
    await waiting(station);
    await station.getByRole("button", { name: "发布补充公告" }).click();
    await station.getByText("补充公告已发布").waitFor();
  });
  await villager.goBack(); // from the record of the notice
  await villager.reload();
  await villager.getByText("旱地南侧机耕道已修通。").waitFor();
  await villager.getByText(/报名截止时间延至/).waitFor();
});

test("a stranger's verify tells the tender's story from the log alone", () => {
  const said = execFileSync(house.program, ["verify", house.url, "--state", join(house.folder, "state")], { encoding: "utf8" });
  for (const words of ["核验通过", "key taken from this server", "登记资产：面积 38.60 亩", "应到 10，到会 9，同意 8", "起始价 400.00 元/亩·年，上一期租金 350.00 元/亩·年",
    "批准 乡镇分管领导", "发布补充公告：编号 第 1 号"]) {
    assert.ok(said.includes(words), `verify does not say ${words}:\n${said}`);
  }
});

test("the demonstration's clock goes to the next stage", () => seen(villager, "clock", async () => {
  await villager.goto("/");
  await villager.getByRole("button", { name: "到下一阶段" }).click();
  await villager.getByText("演示时钟已拨到：现场看样").waitFor();
}));
