// The notice that a village puts on its board: one sheet, with place for the seal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { House, phone } from "./harness.mjs";

test("a notice prints on one sheet with date, place for the seal and code, and without what moves", async () => {
  const house = await House.open();
  try {
    const page = await house.visit({ ...phone, javaScriptEnabled: true });
    await page.goto("/tenders?sort=newest");
    const listed = await page.locator(".card", { hasText: "公告中" }).locator("a").first().getAttribute("href");
    await page.goto(listed);
    await page.emulateMedia({ media: "print" });
    const sheets = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g);
    assert.equal(sheets.length, 1);
    const said = await page.locator("body").innerText();
    for (const words of ["发布单位（盖章）", "发布日期：", "扫码看公告和竞价", "竞价方式", "东至", "保证金账户"]) assert.ok(said.includes(words), words);
    for (const words of ["示范数据", "到下一阶段", "我要报名", "办理经过", "转发到群、广播"]) assert.ok(!said.includes(words), words);
    assert.equal(await page.locator(".notice .steps").isVisible(), false);
    assert.ok(await page.locator(".signed img").evaluate((at) => at.complete && at.naturalWidth > 100));
  } finally {
    await house.close();
  }
});
