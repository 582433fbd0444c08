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
    if (kinds.has(kind) || /^\/(static|photos|files|documents|api)|\/(receipt|checkpoint|key)|\.ics$/.test(path)) continue;
    kinds.add(kind);
    await page.goto(path);
    assert.equal(await page.locator("html.care").count(), 1, `${path} is not in large type`);
    assert.ok((await wide(page)) <= 0, `${path} is ${await wide(page)} pixels too wide`);
    queue.push(...(await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")))));
  }
  assert.ok(kinds.size > 8, `only ${[...kinds]}`);
}
