// From registration to rent in six browsers at once: the village's clerk, the
// township's station and leader, two bidders, and a villager's phone. The
// villager watches the room live; everything public is read again without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, House, main, menu, phone, seen, wide } from "./harness.mjs";

let house, clerk, station, leader, member, outsider, villager, reader;
let code, opens;
const title = "松坪一组茶园";
const hidden = /本组村民己|外县公司庚|竞买号/;

before(async () => {
  house = await House.open();
  [clerk, station, leader] = [await house.login("clerk2"), await house.login("station"), await house.login("leader")];
  villager = await house.visit({ ...phone, javaScriptEnabled: true });
  reader = await house.visit(phone);
});
after(async () => house?.close());

// join opens a bidder's account by the form.
async function join(name, login) {
  const page = await house.visit(desk);
  await page.goto("/"); // what a bidder types
  await main(page, "登录");
  await page.getByRole("link", { name: "先注册竞买人账号" }).click();
  await page.getByLabel("姓名或单位名称").fill(name);
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码", { exact: true }).fill("a long enough secret");
  await page.getByLabel("再填一次密码").fill("a long enough secret");
  await page.getByRole("button", { name: "注册" }).click();
  await page.getByText("账号已开通").waitFor();
  return page;
}

// notice opens the notice, as everybody finds it.
async function notice(page) {
  if (page.url() === "about:blank") await page.goto("/"); // what somebody types
  await main(page, "交易公告");
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

// ofCase opens what one of the lists at which somebody works has of the lot.
async function ofCase(page, list) {
  await menu(page, list);
  await page.locator("main").getByRole("link", { name: title }).first().click();
}

// register fills in the registration; a priority claim brings its proof.
async function register(page, account, claim) {
  await notice(page);
  await page.getByRole("link", { name: "我要报名" }).click();
  await page.getByLabel("手机号码").fill("13800000001");
  await page.getByLabel("本人银行账号").fill(account);
  await page.getByLabel(claim ? "本集体成员" : "本集体以外的单位或个人", { exact: true }).check();
  await page.getByLabel(claim || "无", { exact: true }).check();
  if (claim) {
    const buffer = await page.screenshot({ type: "jpeg", quality: 60 });
    await page.getByLabel("优先权证明").setInputFiles([{ name: "proof.jpg", mimeType: "image/jpeg", buffer }]);
  }
  await page.getByRole("button", { name: "提交报名" }).click();
  await page.getByRole("link", { name: /先阅读公告和竞价规则/ }).waitFor(); // not agreed yet: nothing is lost
  await page.getByLabel(/我已阅读公告/).check();
  await page.getByRole("button", { name: "提交报名" }).click();
  await page.getByText("报名已收到").waitFor();
}

test("two bidders open accounts and register", async () => {
  await notice(reader);
  opens = new Date(await reader.locator("dl.tiles div", { hasText: "开始竞价" }).locator("time").getAttribute("datetime"));
  member = await join("本组村民己", "jimember");
  outsider = await join("外县公司庚", "gengcompany");
  await seen(member, "register-member", () => register(member, "6222000011112222", "本集体经济组织成员"));
  await seen(outsider, "register-outsider", () => register(outsider, "6222000033334444", ""));
  code = await member.locator("code.figure", { hasText: /^BD/ }).innerText();
  assert.match(code, /^BD[A-Z2-9]{8}$/);
});

test("the station matches the deposits from the bank's statement and qualifies", () => seen(station, "station", async () => {
  const deposit = (await member.locator("dl.facts").first().innerText()).match(/([\d,]+\.\d\d) 元/)[1].replaceAll(",", "");
  const at = new Date((await house.now()).getTime() + 8 * 3600e3).toISOString().slice(0, 19).replace("T", " ");
  const rows = [["A1", "本组村民己", "6222000011112222", code], ["A2", "外县公司庚", "6222000033334444", ` ${code.toLowerCase()} 保证金`],
    ["A3", "不相干的人", "6222000099990000", code]];
  const csv = "流水号,交易时间,对方户名,对方账号,收入金额,附言\n" + rows.map(([n, who, from, memo]) => `${n},${at},${who},${from},${deposit},${memo}`).join("\n");
  await menu(station, "保证金");
  await station.getByLabel("银行流水（CSV）").setInputFiles([{ name: "流水.csv", mimeType: "text/csv", buffer: Buffer.from(csv) }]);
  await station.getByRole("button", { name: "导入并核对" }).click();
  await station.getByText("核对 2 笔").first().waitFor();
  await station.getByText("保证金须由本人账户转入").first().waitFor();
  for (const name of ["本组村民己", "外县公司庚"]) {
    await menu(station, "竞买报名");
    await station.getByRole("link", { name }).click();
    await station.getByLabel("已核对身份证件或营业执照原件").check();
    if (name === "本组村民己") await station.getByLabel(/^确认优先权/).check();
    await station.getByRole("button", { name: "审核通过" }).click();
    await station.getByText("已取得竞买资格").first().waitFor();
  }
}));

test("before the opening neither clerk nor leader nor villager sees who or how many", async () => {
  const silent = async (page) => assert.doesNotMatch(await page.locator("body").innerText(), hidden, `${page.url()} tells of a bidder`);
  for (const page of [clerk, leader]) {
    await menu(page, "待办");
    await silent(page);
    for (const list of ["竞买报名", "保证金"]) {
      assert.equal(await page.getByRole("link", { name: list, exact: true }).count(), 0, `${page.url()} leads to ${list}`);
    }
    await ofCase(page, "交易公告");
    await silent(page);
  }
  for (const page of [clerk, leader, reader, villager]) {
    await notice(page);
    await silent(page);
  }
});

// bid places a bid by the sheet: choose, check the sums, confirm.
async function bid(page, choice) {
  await main(page, "我的");
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("link", { name: "自行填写报价" }).click();
  await page.getByLabel(choice).check();
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByText("不能撤回").waitFor();
  await page.getByText("元整").first().waitFor();
  await page.getByRole("button", { name: "确认报价" }).click();
  await page.getByText("报价已收到").waitFor();
}

test("the villager watches the bids live on a phone; a match in the last minutes extends and leads", async () => {
  await ofCase(outsider, "我的报名");
  await outsider.getByRole("link", { name: "竞价大厅" }).first().click();
  await house.clock(new Date(opens.getTime() + 1000));
  await seen(outsider, "room-opens", () => outsider.locator("[data-price]").waitFor({ timeout: 15000 }));
  await villager.reload();
  await villager.getByRole("link", { name: "看竞价直播" }).click();
  await seen(villager, "connected", () => villager.getByText("已连接").waitFor());
  await seen(outsider, "first-bid", () => bid(outsider, /起始价 300\.00 元/));
  await seen(villager, "sees-first", () => villager.locator("[data-price]", { hasText: "300.00" }).waitFor());
  await seen(member, "second-bid", () => bid(member, /加价 2 档/));
  await seen(villager, "sees-second", () => villager.locator("[data-price]", { hasText: "320.00" }).waitFor());
  await house.clock(new Date(opens.getTime() + 57 * 60e3));
  await seen(outsider, "late-bid", () => bid(outsider, /加价 5 档/));
  await outsider.getByText(/截止顺延至/).waitFor();
  await seen(villager, "sees-extension", () => villager.locator("[data-price]", { hasText: "370.00" }).waitFor());
  await villager.getByText("顺延").first().waitFor();
  await seen(member, "match", () => bid(member, /行使优先权/));
  await seen(villager, "sees-match", () => villager.getByText("行使优先权（同价）").first().waitFor());
  await villager.reload();
  assert.equal(await villager.locator("tbody[data-bids] tr").count(), 4, "a reload misses nothing");
  assert.ok((await wide(villager)) <= 0, "the room is wider than the phone");
});

test("the lot closes by itself; the result, an objection and its answer are public", async () => {
  await house.clock(new Date(opens.getTime() + 75 * 60e3));
  await seen(villager, "closed", () => villager.getByText("已成交").first().waitFor({ timeout: 15000 }));
  await notice(reader);
  await reader.getByRole("link", { name: "成交结果和异议" }).click();
  const result = await reader.locator("main").innerText();
  for (const words of ["370.00", "本组村民己", "行使优先权", "7,955.00 元", "公示中"]) assert.ok(result.includes(words), `the result does not say ${words}`);
  await seen(reader, "object", async () => {
    await reader.locator("details > summary").click();
    await reader.getByLabel(/^村集体/).check();
    await reader.getByLabel("异议内容").fill("成交人是否本组成员，请说明。");
    await reader.getByLabel("姓名").fill("村民辛");
    await reader.getByLabel("手机号码").fill("13900000000");
    await reader.getByRole("button", { name: "提交异议" }).click();
    await reader.getByText("异议已收到").waitFor();
    assert.doesNotMatch(await reader.locator("main").innerText(), /13900000000|村民辛/);
  });
  const [year, month, day] = result.match(/公示期\s*至 .*24:00/)[0].match(/\d+/g).map(Number);
  await house.clock(new Date(Date.UTC(year, month - 1, day + 1, 1 - 8))); // an hour after it, in Beijing
  await seen(clerk, "paused", async () => {
    await ofCase(clerk, "成交和收款");
    await clerk.getByText("公示期满、异议都已答复").waitFor();
  });
  await seen(station, "answer", async () => {
    await menu(station, "异议");
    await station.locator("table.table a").first().click();
    await station.getByLabel("异议不成立").check();
    await station.getByLabel("答复", { exact: true }).fill("成交人为本组成员，证明已由经管站核对。");
    await station.getByRole("button", { name: "下一步：核对答复" }).click();
    await station.getByRole("button", { name: "核对无误，公开答复" }).click();
    await station.getByText("答复已公开").waitFor();
  });
});

test("contract, refunds and the first rent; the notice ends in money", async () => {
  await seen(clerk, "offer", async () => {
    for (let i = 0; i < 40 && !(await clerk.getByRole("button", { name: "按成交结果签订合同" }).count()); i++) {
      await clerk.waitForTimeout(250);
      await clerk.reload();
    }
    await clerk.getByRole("button", { name: "按成交结果签订合同" }).click();
    await clerk.getByText("村集体签订").first().waitFor();
  });
  await seen(member, "sign", async () => {
    await ofCase(member, "我的合同");
    await member.getByLabel(/我已读完合同/).check();
    await member.getByRole("button", { name: "签订合同" }).click();
    await member.getByText("合同已签订").waitFor();
  });
  await seen(station, "refund", async () => {
    await menu(station, "保证金");
    await station.getByLabel("状态").selectOption({ label: "待退" });
    await station.getByRole("button", { name: "查找" }).click();
    const at = new Date((await house.now()).getTime() + 8 * 3600e3).toISOString().slice(0, 19).replace("T", " ");
    const from = { "本组村民己": "6222000011112222", "外县公司庚": "6222000033334444", "不相干的人": "6222000099990000" };
    const due = await station.locator("main tbody tr").evaluateAll((rows) => rows.map((row) =>
      [row.querySelector("[data-label^=金额]").textContent, row.querySelector("a").textContent]));
    const csv = "流水号,交易时间,对方户名,对方账号,借方金额,贷方金额,附言\n" +
      due.map(([sum, who], i) => `R${i},${at},${who},${from[who]},${sum.replaceAll(",", "")},,退保证金`).join("\n");
    await station.getByLabel("银行流水（CSV）").setInputFiles([{ name: "退款.csv", mimeType: "text/csv", buffer: Buffer.from(csv) }]);
    await station.getByRole("button", { name: "导入并核对" }).click();
    await station.getByText("退款凭证").first().waitFor();
  });
  await seen(outsider, "refunded", async () => {
    await ofCase(outsider, "我的报名");
    await outsider.getByText("已原路退回", { exact: true }).waitFor();
    await outsider.getByText("没有竞得，保证金已原路退回").waitFor();
  });
  await seen(station, "rent", async () => {
    await ofCase(station, "成交和收款");
    await station.getByLabel("到账金额").fill("7955");
    await station.getByLabel("到账日期").fill(new Date((await house.now()).getTime() + 8 * 3600e3).toISOString().slice(0, 10));
    await station.getByLabel("银行流水号").fill("RENT20270001");
    await station.getByLabel("付款账号").fill("6222000011112222");
    await station.getByRole("button", { name: "下一步：核对到账" }).click();
    await station.getByText("大写：柒仟玖佰伍拾伍元整").waitFor();
    await station.getByRole("button", { name: "核对无误，登记到账" }).click();
    await station.getByText("已登记到账").waitFor();
  });
  await notice(reader);
  const text = await reader.locator("main").innerText();
  for (const words of ["已收", "7,955.00", "欠缴", "比起始价每年多收", "1,505.00 元", "****2222", "****0001"]) assert.ok(text.includes(words), `the notice does not say ${words}`);
  assert.doesNotMatch(text, /6222000011112222/);
});

test("every public page of it reads without script, and none is wider than a phone", async () => {
  const result = "成交结果和异议";
  for (const page of [reader, villager]) {
    for (const links of [[], ["交易公告"], ["成交结果"], ["交易公告", title], ["交易公告", title, "竞价记录"], ["交易公告", title, result],
      ["交易公告", title, result, "回放"], ["交易公告", title, result, "合同和租金"], ["交易公告", title, "模拟竞价"], ["登录", "先注册竞买人账号"]]) {
      await page.goto("/"); // what somebody types
      for (const name of links) await page.getByRole("link", { name }).first().click();
      const at = links.join(", ");
      assert.ok((await page.locator("main h1").innerText()).length > 1, at);
      if (page === villager) assert.ok((await wide(page)) <= 0, `${at} is wider than the phone`);
    }
  }
});
