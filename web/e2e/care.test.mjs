// The large type 关怀版 is switched without JavaScript, stays through a login,
// and no page in it is wider than a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, phone, seen, wide } from "./harness.mjs";

let house;
before(async () => (house = await House.open()));
after(async () => house?.close());

test("the switch leads back to the page and lasts a year", async () => {
  const page = await house.visit(phone);
  await seen(page, "care", async () => {
    await page.goto("/tenders?q=%E5%A1%98&sort=price");
    const before = await size(page);
    await page.getByRole("button", { name: "关怀版" }).click();
    assert.ok(page.url().endsWith("/tenders?q=%E5%A1%98&sort=price"), page.url());
    assert.equal(await size(page), before * 1.25);
    const kept = (await page.context().cookies()).find((cookie) => cookie.name === "__Host-care");
    assert.ok(kept.expires > Date.now() / 1000 + 364 * 24 * 60 * 60, `until ${kept.expires}`);
    await page.getByRole("button", { name: "标准版" }).click();
    assert.equal(await size(page), before);
  });
});

for (const [who, starts] of Object.entries({ nobody: ["/"], clerk: ["/office", "/password"], station: ["/office"] })) {
  test(`no page of ${who} is wider than a phone`, async () => {
    const page = who === "nobody" ? await house.visit(phone) : await house.login(who, phone);
    if (who === "nobody") await page.goto("/");
    await page.getByRole("button", { name: "关怀版" }).click();
    await seen(page, `care-${who}`, () => walk(page, starts));
  });
}

test("the head of a page takes no more than a fifth of a phone", async () => {
  for (const who of ["", "bidder1", "clerk", "station"]) {
    const page = who ? await house.login(who, phone) : await house.visit(phone);
    if (!who) await page.goto("/");
    await page.getByRole("button", { name: "关怀版" }).click();
    const height = await page.locator("header.site").evaluate((at) => at.getBoundingClientRect().height);
    assert.ok(height <= 844 / 5, `${who || "nobody"}: ${height} pixels`);
  }
});

test("the report box keeps nothing, so its address says the type, and its links say it again", async () => {
  const page = await house.visit(phone);
  await page.goto("/report?place=");
  const before = await size(page);
  await seen(page, "care-report", async () => {
    await page.getByRole("link", { name: "关怀版" }).click();
    assert.equal(await size(page), before * 1.25);
    await page.getByRole("link", { name: "用查询码看办理进度" }).click();
    assert.equal(await size(page), before * 1.25);
    await page.getByRole("button").last().click(); // nothing typed: the form comes back as it was
    assert.equal(await size(page), before * 1.25);
    await page.goto("/report/where?large=yes");
    await page.getByLabel("村名或乡镇名").fill("村");
    await page.getByRole("search").getByRole("button").click();
    assert.equal(await size(page), before * 1.25);
    await page.locator("main ul a").first().click();
    assert.equal(await size(page), before * 1.25);
    await page.getByRole("link", { name: "标准版" }).click();
    assert.equal(await size(page), before);
  });
  assert.deepEqual(await page.context().cookies(), []);
});

// size is the body's type in pixels.
function size(page) {
  return page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
}

// walk follows the links, of pages that differ only in an id the first.
async function walk(page, begin) {
  const [kinds, queue] = [new Set(), [...begin]];
  while (queue.length > 0 && kinds.size < 30) {
    const path = queue.shift();
    const kind = path.replace(/\?.*|#.*/g, "").replace(/[a-z2-7]{16}|[0-9a-f]{64}/g, "id");
    if (kinds.has(kind) || /^\/(static|photos|files|documents|api)|\/(receipt|checkpoint|key)|\.(ics|atom)$/.test(path)) continue;
    kinds.add(kind);
    await page.goto(path);
    assert.equal(await page.locator("html.care").count(), 1, `${path} is not in large type`);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      assert.ok((await wide(page)) <= 0, `${path} is ${await wide(page)} pixels too wide for ${width}`);
    }
    queue.push(...(await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")))));
  }
  assert.ok(kinds.size > 8, `only ${[...kinds]}`);
}
