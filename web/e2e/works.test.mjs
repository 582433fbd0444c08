// A small work from the item to a confirmed budget, on phones of 390 pixels and
// without JavaScript: the leader publishes, the clerk types in, the committee
// confirms, a villager reads what is there and what is missing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, main, menu, phone, seen, wide } from "./harness.mjs";

let house;
before(async () => (house = await House.open()));
after(async () => house?.close());

const name = "青塘村五组水渠";
const pdf = { name: "x.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n") };

test("a new edition of the item is in force when the leader has published it", async () => {
  const [station, leader, villager] = [await house.login("station", phone), await house.login("leader", phone), await house.visit(phone)];
  await seen(station, "item-draft", async () => {
    await menu(station, "小微权力事项");
    await station.getByRole("link", { name: "村级小型工程发包" }).click();
    await station.getByRole("link", { name: "起草新版" }).click();
    await station.getByLabel("廉政风险点").fill("化整为零；先施工后补手续。");
    await station.getByRole("button", { name: "保存" }).click();
    await fits(station);
  });
  await villager.goto("/"); // what a villager types
  await villager.getByRole("link", { name: "小微权力清单" }).click();
  await villager.getByRole("link", { name: "村级小型工程发包" }).click();
  assert.ok(await villager.getByText("第 1 版", { exact: false }).first().isVisible());
  await seen(leader, "item-publish", async () => {
    await waiting(leader, "公布小微权力事项");
    await leader.getByRole("button", { name: "公布这一版" }).click();
    await leader.getByText("事项已公布").waitFor();
  });
  await villager.reload();
  await villager.getByText("编号 GC-01，第 2 版").waitFor();
  await villager.getByText("化整为零；先施工后补手续。").waitFor();
  await fits(villager);
});

test("a small work is opened, typed in and confirmed, and read by all", async () => {
  const [clerk, committee, villager] = [await house.login("clerk", phone), await house.login("supervision", phone), await house.visit(phone)];
  const day = new Date((await house.now()).getTime() + 8 * 3600e3).toISOString().slice(0, 10);
  await seen(clerk, "work-open", () => open(clerk));
  await seen(committee, "work-confirm", async () => {
    await waiting(committee, "核实工程项目");
    await committee.getByRole("button", { name: "核实并公开" }).click();
    await committee.locator("#errors-title").waitFor(); // the box was not ticked
    await confirm(committee);
  });
  await seen(clerk, "work-record", () => record(clerk, day));
  await seen(committee, "entry-confirm", async () => {
    await waiting(committee, "核实工程登记");
    await fits(committee);
    await confirm(committee);
  });
  await seen(villager, "work-read", () => read(villager));
  await seen(clerk, "work-correct", () => correct(clerk));
  await seen(committee, "correction-confirm", async () => {
    await waiting(committee, "核实工程登记");
    await committee.getByRole("heading", { name: "要更正的登记" }).waitFor();
    await committee.getByText("更正第 2 项").first().waitFor();
    await fits(committee);
    await confirm(committee);
  });
  await find(villager);
  await villager.locator("summary", { hasText: "预算" }).click();
  await villager.getByText("已被第 3 项更正，不再计算").first().waitFor();
  await villager.getByText("60,500.00").first().waitFor();
  await fits(villager);
});

// waiting opens what of a kind waits on somebody's desk.
async function waiting(page, kind) {
  await menu(page, "待办");
  await page.locator("li.card", { hasText: kind }).getByRole("link").first().click();
}

// find searches for the work among all of the county's.
async function find(page) {
  if (page.url() === "about:blank") await page.goto("/"); // what a villager types
  await main(page, "工程");
  await page.getByRole("searchbox").fill("水渠");
  await page.getByRole("button", { name: "查找" }).click();
  await page.getByRole("link", { name }).click();
}

async function open(page) {
  await menu(page, "工程项目");
  await page.getByRole("link", { name: "登记新项目" }).click();
  await page.getByLabel("项目名称").fill(name);
  await page.getByLabel("建设地点").fill("五组大田坂");
  await page.getByLabel("建设内容").fill("新建水渠120米。");
  await page.getByLabel("估算金额").fill("200000");
  await page.getByLabel("预算计划金额").fill("60000");
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByText("估算超过 150,000.00 元").first().waitFor();
  assert.equal(await page.getByLabel("项目名称").inputValue(), name); // nothing typed is lost
  assert.equal(await page.getByLabel("预算计划金额").inputValue(), "60000");
  await page.getByLabel("估算金额").fill("62000");
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByText("分开办的，请写明理由").first().waitFor(); // with the village's other works it is no small one
  await page.getByLabel("分开办的理由").fill("水渠在五组，和桥、路不相连。");
  await fits(page);
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByRole("button", { name: "核对无误，提交村监委会核实" }).click();
  await page.getByText("项目已登记").waitFor();
}

async function record(page, day) {
  await menu(page, "工程项目");
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "登记办理情况" }).click();
  await page.getByLabel("环节", { exact: true }).selectOption("budget");
  await page.getByLabel("办理日期").fill(day);
  await page.getByLabel("办理情况", { exact: true }).fill("按图纸列出材料和人工，找13800000000。");
  await page.locator("input[name=files_new]").setInputFiles(pdf);
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.locator("#errors-title").waitFor(); // no sum, and a phone in the text
  await page.getByText("已上传的文件").waitFor(); // the document is kept
  await page.getByLabel("办理情况", { exact: true }).fill("按图纸列出材料和人工。");
  await page.getByLabel("金额", { exact: false }).first().fill("61000");
  await fits(page);
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByRole("button", { name: "核对无误，提交村监委会核实" }).click();
  await page.getByText("已登记，等村务监督委员会核实后公开").waitFor();
}

async function correct(page) {
  await menu(page, "工程项目");
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByText("已核实的登记").click();
  await page.getByRole("link", { name: "第 2 项 预算" }).click();
  await page.getByRole("link", { name: "写错了，登记更正" }).click();
  await page.getByLabel("金额", { exact: false }).first().fill("60500");
  await page.getByLabel("办理情况", { exact: true }).fill("预算书是60,500元，登记时写错了。");
  await fits(page);
  await page.getByRole("button", { name: "下一步：核对" }).click();
  await page.getByRole("button", { name: "核对无误，提交村监委会核实" }).click();
  await page.getByText("已登记，等村务监督委员会核实后公开").waitFor();
}

async function confirm(page) {
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "核实并公开" }).click();
  await page.locator(".flash").waitFor();
}

async function read(page) {
  await find(page);
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  for (const text of ["缺：需求和决议", "缺：设计", "比计划多 1,000.00 元", "61,000.00 元"]) {
    assert.ok(await page.getByText(text, { exact: false }).first().isVisible(), text);
  }
  await page.locator("summary", { hasText: "预算" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "文件原件（PDF）" }).click()]);
  assert.match(download.suggestedFilename(), /^[0-9a-f]{16}\.pdf$/);
  await fits(page);
  await page.getByRole("link", { name: "GC-01 村级小型工程发包" }).click();
  await page.getByRole("link", { name }).waitFor();
  await fits(page);
}

// fits asks that the page is no wider than the phone and its headings go in order.
async function fits(page) {
  assert.ok((await wide(page)) <= 0, `${page.url()} is ${await wide(page)} pixels too wide`);
  const levels = await page.locator("main :is(h1,h2,h3,h4):not(#errors-title)").evaluateAll((all) => all.map((h) => Number(h.tagName[1])));
  levels.forEach((level, i) => assert.ok(level <= (i ? levels[i - 1] + 1 : 1), `${page.url()}: a heading h${level} after h${levels[i - 1]}`));
}
