// From the notice to a confirmed bid with Tab, Space and Enter alone: the focus
// is always somewhere and seen, every control has a name, a mistake is read out
// first, the second Enter does nothing, and the countdown is not said by seconds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, House, nameless, seen } from "./harness.mjs";

let house, lot, page;
const login = "bidder1";
before(async () => {
  house = await House.open();
  lot = (await (await fetch(`${house.url}/`)).text()).match(/\/lots\/([a-z2-7]{16})/)[1];
});
after(async () => house?.close());

// focus is what the keyboard is at, or what is wrong with it.
function focus() {
  const at = document.activeElement;
  if (!at || at === document.body) return { lost: "the focus is nowhere" };
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const words = (at.labels?.[0]?.textContent || at.getAttribute("aria-label") || at.textContent || at.name || "").replace(/\s+/g, " ").trim();
  return { words, lost: !inside ? `${words} is out of sight` : !drawn ? `the focus on ${words} is not drawn` : "" };
}

// tab goes on until what is focused says the words.
async function tab(words) {
  const passed = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focus);
    if (at.words && words.test(at.words)) {
      assert.equal(at.lost, "");
      return;
    }
    passed.push(at.words);
    if (at.lost === "the focus is nowhere" && i > 0 && passed.length > 50) break;
    if (at.lost && at.lost !== "the focus is nowhere") assert.fail(at.lost);
  }
  assert.fail(`no way to ${words} among ${passed.join(" | ")}`);
}

// enter follows what is focused and waits for the next page.
async function enter(words) {
  await tab(words);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  assert.deepEqual(await nameless(page), [], page.url());
}

const bidsOf = async () => (await (await fetch(`${house.url}/api/v1/streams/lot:${lot}/events`)).json()).leaves
  .map((leaf) => JSON.parse(leaf)).filter((leaf) => leaf.kind === "bid.placed");

test("a bidder logs in by the keyboard", async () => {
  page = await house.visit(desk);
  await page.goto("/login");
  await tab(/^手机号或登录名/);
  await page.keyboard.type(login);
  await tab(/^密码/);
  await page.keyboard.type(house.passwords[login]);
  await enter(/^登录$/);
  await page.getByRole("button", { name: "退出" }).waitFor();
});

test("from the notice to the sheet; a mistake is read out first and leads to its field", () => seen(page, "keyboard-mistake", async () => {
  const room = await (await fetch(`${house.url}/api/v1/lots/${lot}`)).json();
  await page.goto(`/tenders/${room.lot.tender}`);
  await enter(/^看竞价直播$/);
  await enter(/^自行填写报价$/);
  await lead();
  await enter(/^下一步/);
  assert.equal(await page.evaluate(() => document.activeElement.className), "errors");
  assert.equal(await page.evaluate(() => document.querySelector("main").firstElementChild.matches(".errors, .crumbs")), true);
  await tab(/请选择一个报价/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-choice");
}));

// lead lets the other bidder lead, so that there is something to bid.
async function lead() {
  for (let i = 0; i < 40 && !(await page.getByRole("button", { name: "下一步" }).count()); i++) {
    await page.waitForTimeout(500);
    await page.reload();
  }
}

test("the offer is checked and confirmed; the second Enter does nothing", () => seen(page, "keyboard-bid", async () => {
  await tab(/加价 \d+ 档|起始价|行使优先权/);
  await page.keyboard.press("ArrowUp"); // round to the last, 自行填写
  await page.keyboard.press("ArrowUp"); // and to five steps, which another bid of one does not spoil
  await enter(/^下一步/);
  await tab(/^确认报价 [\d,.]+ 元/);
  let sent = 0;
  page.on("request", (request) => (sent += request.method() === "POST" && request.url().endsWith("/bids") ? 1 : 0));
  const number = (await page.locator("main b").first().innerText()).trim();
  const before = (await bidsOf()).filter((bid) => bid.facts.bidder === number).length;
  await page.route(/\/bids$/, async (route) => {
    await new Promise((wake) => setTimeout(wake, 300)); // a slow line, on which people press again
    await route.continue();
  });
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter").then(() => page.keyboard.press("Enter"))]);
  await page.getByText("报价已收到").waitFor();
  assert.equal(sent, 1);
  assert.equal((await bidsOf()).filter((bid) => bid.facts.bidder === number).length, before + 1);
  assert.equal(await page.getByRole("status").filter({ hasText: "报价已收到" }).count(), 1);
}));

test("price and time are said politely, never by seconds", () => seen(page, "keyboard-said", async () => {
  await page.goto(`/lots/${lot}`);
  await page.getByText("已连接").waitFor();
  assert.equal(await page.locator(".price [data-price]").evaluate((at) => at.closest("[aria-live]")?.getAttribute("aria-live")), "polite");
  assert.equal(await page.locator("[aria-live] [data-countdown], [role] [data-countdown], [aria-live=assertive], [role=alert], [role=timer]").count(), 0);
  const ends = Date.parse(await page.locator("[data-end]").getAttribute("datetime"));
  await house.clock(new Date(ends - 4 * 60_000));
  await page.locator("[role=status][data-left]", { hasText: "还剩不到 5 分钟" }).waitFor({ state: "attached", timeout: 20_000 });
  const changes = await page.evaluate(() => new Promise((done) => {
    let count = 0;
    const watch = new MutationObserver((all) => (count += all.length));
    watch.observe(document.querySelector("[data-left]"), { childList: true, characterData: true, subtree: true });
    const countdown = document.querySelector("[data-countdown]");
    const from = countdown.textContent;
    let ticks = 0;
    new MutationObserver(() => (countdown.textContent !== from && ++ticks >= 3 ? done(count) : 0)).observe(countdown, { childList: true, characterData: true, subtree: true });
  }));
  assert.equal(changes, 0, "what is left is said again and again");
}));
