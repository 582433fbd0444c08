// No public page is longer than a villager reads: what is long is folded, paged or
// in two columns. The record's own pages are as long as what they record.
import assert from "node:assert/strict";
import { test } from "node:test";
import { House, phone } from "./harness.mjs";
import { kindOf, walk } from "./walk.mjs";

const longest = 6000; // pixels at the width of a phone
const records = /^\/log\b|^\/lots\/[^/]+(\/replay)?$|^\/styleguide$/; // the log's, and a lot's bid by bid

for (const type of ["", "关怀版"]) test(`no public page is taller than seven screens of a phone${type && `, ${type}`}`, async (t) => {
  const house = await House.open();
  try {
    const page = await house.visit({ ...phone, javaScriptEnabled: true });
    if (type) {
      await page.goto("/");
      await page.getByRole("button", { name: type }).click();
    }
    const heights = [];
    const look = async (at, path) => {
      heights.push([await at.evaluate(() => document.documentElement.scrollHeight), path]);
      return [];
    };
    const { kinds } = await walk(page, ["/", "/practice", "/join"], look, { most: 250, apart: (path) => path.replace(/[?#].*/, "") });
    heights.sort(([a], [b]) => b - a);
    t.diagnostic(heights.slice(0, 15).map(([height, path]) => `${path} ${height}`).join("\n"));
    assert.ok(kinds.size > 60, `only ${kinds.size} pages`);
    assert.deepEqual(heights.filter(([height, path]) => height > longest && !records.test(path)), []);
  } finally {
    await house.close();
  }
});
