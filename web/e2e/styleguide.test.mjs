// The shared parts of the pages by themselves: on a phone and on a desk, in light
// and in dark, in normal and in large type they fit the screen, can be read,
// have names, and in large type can be hit.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { House, nameless, seen, wide } from "./harness.mjs";

let house;
before(async () => (house = await House.open()));
after(async () => house?.close());

for (const width of [390, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const care of [false, true]) {
      const name = `${width}-${colorScheme}${care ? "-care" : ""}`;
      test(`the parts at ${name}`, async () => {
        const page = await house.visit({ viewport: { width, height: 844 }, colorScheme });
        await seen(page, `styleguide-${name}`, async () => {
          await page.goto("/styleguide");
          if (care) await page.getByRole("button", { name: "关怀版" }).click();
          await page.locator(care ? "html.care" : "html:not(.care)").waitFor();
          assert.equal(await page.locator("[data-part]").count(), 13);
          assert.ok((await wide(page)) <= 0, `${await wide(page)} pixels too wide`);
          assert.deepEqual(await page.evaluate(unfit, width), []);
          assert.deepEqual(await page.evaluate(faint), []);
          assert.deepEqual(await nameless(page, 15), []);
          if (care) assert.deepEqual(await page.evaluate(small), []);
        });
        await page.context().close();
      });
    }
  }
}

test("no sample leads nowhere", async () => {
  const page = await house.visit();
  await page.goto("/styleguide"); // which no page of the citizens' leads to
  const links = await page.locator("main a[href^='/']").evaluateAll((all) => all.map((a) => a.href));
  assert.ok(links.length > 4, `only ${links}`);
  for (const link of links) assert.equal((await page.request.get(link)).status(), 200, link);
  await page.context().close();
});

// unfit lists what stands out of the screen.
function unfit(width) {
  return [...document.querySelectorAll("body *:not(.unseen, .skip, thead, thead *)")]
    .map((at) => [at, at.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.right > width + 0.5 || box.left < -0.5))
    .map(([at, box]) => `${at.tagName}.${at.className} ${Math.round(box.left)} to ${Math.round(box.right)}`);
}

// faint lists the texts whose contrast to what is painted behind them is less
// than WCAG AA asks: 4.5, or 3 from 24 pixels on, bold from 18.66.
function faint() {
  const read = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => {
    const mix = (part) => top[part] * top.a + under[part] * (1 - top.a);
    return { r: mix("r"), g: mix("g"), b: mix("b"), a: 1 };
  };
  const light = (c) => {
    const [r, g, b] = [c.r, c.g, c.b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const at = words.currentNode.parentElement;
    const style = getComputedStyle(at);
    if (!words.currentNode.data.trim() || !at.checkVisibility() || at.closest(".unseen, script")) continue;
    const behind = [];
    let opacity = 1;
    for (let on = at; on; on = on.parentElement) {
      behind.unshift(read(getComputedStyle(on).backgroundColor));
      opacity *= Number(getComputedStyle(on).opacity);
    }
    const ground = behind.reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
    const ink = read(style.color);
    const text = over({ ...ink, a: ink.a * opacity }, ground);
    const [bright, dim] = [light(text), light(ground)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = (bright + 0.05) / (dim + 0.05);
    if (ratio < least) found.push(`${words.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return found;
}

// small lists what is less than 48 pixels high or wide to a finger.
function small() {
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), label.choice")]
    .filter((at) => at.checkVisibility() && !at.matches(".skip"))
    .map((at) => [at, at.getBoundingClientRect()])
    .filter(([, box]) => box.width < 48 || box.height < 48)
    .map(([at, box]) => `${at.textContent.trim() || at.name} ${Math.round(box.width)} by ${Math.round(box.height)}`);
}
