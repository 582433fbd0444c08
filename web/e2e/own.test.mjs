// A bidder's own state in the room: true within a second of the other's bid, a
// raise in two taps without loading a page, and never one raise twice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { House, phone, seen, wide } from "./harness.mjs";

let house, lot, rival, page, number, frozen, frozenSince;
const yuan = (fen) => (fen / 100).toLocaleString("en", { minimumFractionDigits: 2 });
const small = { ...phone, javaScriptEnabled: true };

before(async () => {
  house = await House.open(["--autoplay-policy=user-gesture-required"]);
  const reader = await house.visit({ ...phone });
  await reader.goto("/");
  lot = (await reader.locator(".card[data-channel]").first().getAttribute("data-channel")).slice("lot:".length);
  rival = (await api("/sessions", { login: "bidder2", password: house.passwords.bidder2 })).access_token;
  page = await house.login("bidder1", small);
  await page.context().addInitScript(() => {
    window.rung = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (at) { window.rung.push("sound"); start.call(this, at); };
    Navigator.prototype.vibrate = () => window.rung.push("tremble") > 0;
    // What the page says, and when it began to say it.
    window.told = [];
    addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
      const said = { price: document.querySelector("[data-own-price], [data-price]")?.textContent, standing: document.querySelector("[data-standing]")?.textContent, at: Date.now() };
      const last = window.told[window.told.length - 1];
      if (said.price !== last?.price || said.standing !== last?.standing) window.told.push(said);
    }).observe(document.body, { subtree: true, childList: true, characterData: true }));
  });
});
after(async () => house?.close());

async function api(path, body, token) {
  const answer = await fetch(`${house.url}/api/v1${path}`, body && {
    method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Idempotency-Key": randomUUID(), ...(token && { Authorization: `Bearer ${token}` }) },
  });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status} ${JSON.stringify(said)}`), { status: answer.status });
  return said;
}

const own = async () => (await api(`/streams/lot:${lot}/events?after=0&limit=1000`)).leaves.map((leaf) => JSON.parse(leaf))
  .filter((leaf) => leaf.kind === "bid.placed" && leaf.facts.bidder === number);

// overtake lets the other bidder raise; the demonstration's own bid as well, so it
// may take a second look at the price.
async function overtake() {
  for (let tries = 0; tries < 20; tries++) {
    const { lot: now, least: price } = await api(`/lots/${lot}`);
    const at = Date.now();
    try {
      return { ...(await api(`/lots/${lot}/bids`, { price, match: false }, rival)), sent: at };
    } catch (error) {
      if (error.status !== 409 && error.status !== 422) throw error;
      if (now.leader && now.leader !== number) return { price: now.price, sent: at }; // the rival leads already
    }
  }
  throw new Error("no bid was taken");
}

// soon asks that the page told of being overtaken at that price within a second.
async function soon(on, { price, sent }) {
  const told = (words) => window.told.find((said) => said.price === words && said.standing === "已被超过");
  const { at } = await (await on.waitForFunction(told, yuan(price))).jsonValue();
  assert.ok(at - sent < 1000, `the page was told ${at - sent} ms after the bid had been sent`);
}

// lead taps twice, as often as the demonstration's bidders are faster.
async function lead(on = page) {
  for (let tries = 0; tries < 5; tries++) {
    if (await on.locator("[data-standing]", { hasText: "您领先" }).count()) return "";
    await on.locator("[data-raise]").click();
    await on.waitForTimeout(500); // a person reads, and a tremble does not count
    await on.locator("[data-confirm]").click({ timeout: 1000 }).catch(() => {});
    const said = on.locator("[data-answer]:not(:empty)", { hasText: /收到：|没有报/ });
    await said.waitFor();
    if (/报价已收到/.test(await said.innerText())) return said.innerText();
  }
  throw new Error("no raise was taken");
}

test("another page of the same bidder goes to sleep", async () => {
  frozen = await page.context().newPage();
  await frozen.goto(`/lots/${lot}`);
  await seen(frozen, "connected", () => frozen.getByText("已连接").waitFor());
  const cdp = await page.context().newCDPSession(frozen);
  await cdp.send("Page.setWebLifecycleState", { state: "frozen" });
  frozenSince = Date.now();
});

test("two taps raise, without loading a page; whoever is overtaken sees, hears and feels it within a second", async () => {
  await page.goto(`/lots/${lot}`);
  await seen(page, "connected", () => page.getByText("已连接").waitFor());
  number = await page.locator("[data-own]").getAttribute("data-own");
  const title = await page.title();
  await page.evaluate(() => (window.same = true));
  await seen(page, "first", () => lead());
  await seen(page, "leads", () => page.locator("[data-standing]", { hasText: "您领先" }).waitFor());
  assert.equal(await page.locator("[data-raise]:visible").count(), 0, "who leads is offered no raise");
  await page.evaluate(() => (window.rung = []));
  const bid = await overtake();
  await seen(page, "overtaken", () => soon(page, bid));
  assert.match(await page.title(), /^已被超过/);
  assert.deepEqual(await page.evaluate(() => window.rung), ["tremble", "sound", "sound"]);
  const before = (await own()).length;
  await seen(page, "taps", async () => {
    await page.locator("[data-raise]").click();
    const panel = page.getByRole("group", { name: "核对报价" });
    await panel.getByText(/元整/).first().waitFor();
    await panel.getByText(/租金总额/).waitFor();
    assert.equal(await panel.evaluate((e) => e === document.activeElement), true, "the sums are read first");
    await page.waitForTimeout(500);
    await page.locator("[data-confirm]").click({ timeout: 1000 }).catch(() => {}); // somebody may be faster
    await page.getByText(/报价已收到|没有报/).waitFor();
    if (!(await page.getByText("报价已收到").count())) await lead();
  });
  await page.locator("[data-standing]", { hasText: "您领先" }).waitFor();
  assert.ok((await own()).length > before);
  assert.equal(await page.title(), title);
  assert.equal(await page.evaluate(() => window.same), true, "a page was loaded");
  assert.ok((await wide(page)) <= 0, "the room is wider than the phone");
});

test("the sound can be switched off, and stays so", async () => {
  await page.locator("[data-sound]").click();
  await page.reload();
  await page.getByText("已连接").waitFor();
  assert.equal(await page.locator("[data-sound]").getAttribute("aria-pressed"), "false");
  await lead();
  await page.locator("[data-standing]", { hasText: "您领先" }).waitFor();
  await page.evaluate(() => (window.rung = []));
  await soon(page, await overtake());
  assert.deepEqual(await page.evaluate(() => window.rung), ["tremble"]);
});

// lost cuts the way of the first request or of its answer, and answers the ids of all.
async function lost(arrives) {
  const ids = [];
  await page.route("**/api/v1/lots/*/bids", async (route) => {
    ids.push(route.request().headers()["idempotency-key"]);
    if (ids.length > 1) return route.continue();
    if (arrives) await route.fetch();
    return route.abort();
  });
  const before = (await own()).length;
  for (let tries = 0, sent = false; !sent; tries++) {
    assert.ok(tries < 10, "others were faster each time");
    await overtake();
    await page.locator("[data-raise]").click();
    await page.waitForTimeout(500);
    const confirmed = page.locator("[data-confirm]").click({ timeout: 1000 });
    sent = await confirmed.then(() => true, () => false); // a step of another closes the check
  }
  await page.getByText(/报价已收到|没有报上/).waitFor();
  await page.unroute("**/api/v1/lots/*/bids");
  const placed = (await own()).length - before;
  return { ids, placed, said: await page.locator("[data-answer]").innerText() };
}

test("what is lost on the way is sent again as the same, and counts once", async () => {
  const going = await lost(false);
  assert.deepEqual([going.ids.length, new Set(going.ids).size], [2, 1]);
  assert.equal(going.placed, /已收到/.test(going.said) ? 1 : 0, going.said);
  const coming = await lost(true);
  assert.equal(new Set(coming.ids).size, 1);
  assert.equal(coming.placed, /已收到/.test(coming.said) ? 1 : 0, coming.said);
});

test("sheet and check of an offer stay true while others bid", async () => {
  const [sheet, check] = [await page.context().newPage(), await page.context().newPage()];
  if (await page.locator("[data-standing]", { hasText: "您领先" }).count()) await overtake();
  const { least } = await api(`/lots/${lot}`);
  await sheet.goto(`/lots/${lot}/bid`);
  await check.goto(`/lots/${lot}/bid/confirm?choice=1`);
  for (const open of [sheet, check]) await seen(open, "open", () => open.getByText("已连接").waitFor());
  assert.match(await check.locator("main").innerText(), new RegExp(yuan(least).replace(".", "\\.")));
  await lead();
  await seen(sheet, "leads", () => sheet.getByText("您的报价已经领先，不用再加价").waitFor());
  assert.equal(await check.getByRole("button", { name: "确认报价" }).isVisible(), false);
  const bid = await overtake();
  for (const open of [sheet, check]) await seen(open, "overtaken", () => soon(open, bid));
  await sheet.getByLabel(new RegExp(`加价 1 档，报 ${yuan((await api(`/lots/${lot}`)).least).replace(".", "\\.")} 元`)).waitFor();
  await check.getByText("这个价不能再报").waitFor();
  await sheet.close();
  await check.close();
});

test("without script the page says of when it is, and a refresh tells the truth", async () => {
  const plain = await house.login("bidder1", phone);
  for (const path of [`/lots/${lot}`, `/lots/${lot}/bid`]) {
    await plain.goto(path);
    assert.match(await plain.locator("[data-asof]").innerText(), /以上是 \d\d:\d\d:\d\d 的情况/);
    await plain.getByRole("link", { name: "刷新" }).click();
    assert.equal(new URL(plain.url()).pathname, path);
    await plain.getByText(/您领先|已被超过/).first().waitFor();
  }
  assert.ok((await wide(plain)) <= 0, "the sheet is wider than the phone");
});

const bids = "**/api/v1/lots/*/bids";

// another opens the room in a tab of its own, where a raise is offered.
async function another(prepare = () => {}) {
  const tab = await house.login("bidder1", small);
  await prepare(tab);
  await tab.goto(`/lots/${lot}`);
  await overtake();
  await tab.locator("[data-raise]").waitFor();
  return tab;
}

// offer taps twice, for the most that one tap gives, so that others don't reach it soon.
async function offer(on) {
  await on.locator("[data-raise]").click();
  await on.locator("button[data-steps='5']").click();
  await on.waitForTimeout(500);
  const price = Math.round(Number((await on.locator("[data-asked]").innerText()).replaceAll(",", "")) * 100);
  await on.locator("[data-confirm]").click();
  return price;
}

// shift moves a clock of the page, by ms.
const shift = (on, clock, ms) => on.evaluate(([clock, ms]) => {
  const of = clock === "Date" ? Date : performance;
  const now = of.now.bind(of);
  of.now = () => now() + ms;
}, [clock, ms]);

test("what has no answer yet is never the next visitor's bid", async () => {
  const tab = await another((tab) => tab.route(bids, (route) => route.abort()));
  await offer(tab);
  await tab.getByText("没有收到回音").waitFor();
  const kept = await tab.evaluate(() => Object.entries(sessionStorage));
  assert.equal(kept.length, 1);
  await tab.goto("/");
  await tab.getByRole("button", { name: "退出" }).click();
  await tab.getByRole("link", { name: "登录" }).first().waitFor();
  assert.deepEqual(await tab.evaluate(() => Object.keys(sessionStorage)), [], "kept after leaving");
  await tab.goto("/login");
  await tab.getByLabel("登录名").fill("bidder2");
  await tab.getByLabel("密码").fill(house.passwords.bidder2);
  await tab.getByRole("button", { name: "登录" }).click();
  await tab.getByRole("button", { name: "退出" }).waitFor();
  await tab.evaluate((kept) => kept.forEach(([key, value]) => sessionStorage.setItem(key, value)), kept); // as if nobody had left in order
  let sent = 0;
  tab.on("request", (request) => (sent += /\/bids$/.test(request.url()) ? 1 : 0));
  await tab.goto(`/lots/${lot}`);
  await tab.getByText("已连接").waitFor();
  await tab.waitForTimeout(2000);
  assert.deepEqual([sent, await tab.evaluate(() => Object.keys(sessionStorage))], [0, []]);
  await tab.context().close();
});

test("no offer goes out after its two minutes; that it is not known is said until the room tells", async () => {
  let sent = 0;
  const tab = await another((tab) => tab.route(bids, (route) => (sent++, route.abort())));
  const price = await offer(tab);
  await tab.getByText("没有收到回音").waitFor();
  const before = sent;
  await shift(tab, "Date", 30 * 60_000);
  await seen(tab, "unknown", () => tab.getByText("不知道").waitFor());
  assert.equal(sent, before, "sent again after half an hour");
  assert.doesNotMatch(await tab.locator("[data-answer]").innerText(), /没有报上/);
  const { access_token: token } = await api("/sessions", { login: "bidder1", password: house.passwords.bidder1 });
  await api(`/lots/${lot}/bids`, { price, match: false }, token);
  await seen(tab, "told", () => tab.getByText("报价已收到").waitFor());
  await tab.context().close();
});

test("an offer of a page drawn anew is not sent when its age cannot be", async () => {
  let sent = 0;
  const tab = await another((tab) => tab.route(bids, (route) => (sent++, route.abort())));
  await offer(tab);
  await tab.getByText("没有收到回音").waitFor();
  await tab.evaluate(() => {
    for (const [key, value] of Object.entries(sessionStorage)) sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), at: Date.now() + 600_000 }));
  });
  await tab.reload();
  await tab.getByText("已连接").waitFor();
  const before = sent;
  await tab.waitForTimeout(2000);
  assert.equal(sent, before);
  await tab.getByText("不知道").waitFor();
  await tab.context().close();
});

test("a busy server has decided nothing: it is asked again with the same id", async () => {
  const ids = [];
  const tab = await another((tab) => tab.route(bids, (route) => {
    ids.push(route.request().headers()["idempotency-key"]);
    if (ids.length > 1) return route.continue();
    return route.fulfill({ status: 503, json: { error: { code: "unavailable", message: "系统繁忙" } } });
  }));
  await offer(tab);
  await tab.getByText(/报价已收到|没有报上/).waitFor();
  assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
  await tab.context().close();
});

test("how one stands is said of a time while nothing is heard, whatever becomes of the phone's clock", async () => {
  let mute = false;
  const tab = await another((tab) => tab.routeWebSocket(/connection\/websocket/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((said) => mute || socket.send(said));
    socket.onMessage((said) => mute || server.send(said));
  }));
  await shift(tab, "Date", 3_600_000);
  await tab.waitForTimeout(400);
  assert.equal(await tab.getByText("正在截止").filter({ visible: true }).count(), 0, "the phone's clock has ended it");
  await tab.getByText("已连接").waitFor();
  await shift(tab, "Date", -7_200_000);
  mute = true;
  const standing = tab.locator("[data-standing]");
  await seen(tab, "stale", () => standing.filter({ hasText: /^\d\d:\d\d:\d\d 时\S+$/ }).waitFor({ timeout: 12_000 }));
  assert.deepEqual(await tab.locator("[data-room]").evaluate((e) => [...e.classList]), ["room", "stale"]);
  assert.doesNotMatch(await tab.title(), /已被超过|您领先/);
  mute = false;
  await seen(tab, "fresh", () => standing.filter({ hasText: /^您领先$|^已被超过$/ }).waitFor({ timeout: 12_000 }));
  await tab.context().close();
});

test("without any connection the end comes all the same", async () => {
  const tab = await house.login("bidder1", small);
  await tab.routeWebSocket(/connection\/websocket/, (socket) => socket.close());
  await overtake();
  await tab.goto(`/lots/${lot}`);
  await tab.locator("[data-raise]").waitFor();
  await shift(tab, "performance", 365 * 86_400_000);
  await seen(tab, "ended", () => tab.locator("[data-standing]", { hasText: "正在截止" }).waitFor());
  assert.equal(await tab.locator("[data-raise]:visible").count(), 0);
  await tab.context().close();
});

test("a bid by right says so when it is confirmed and when it is received", async () => {
  const tab = await another();
  for (let tries = 0, said = ""; !/报价已收到/.test(said); tries++) {
    assert.ok(tries < 10, said);
    await overtake();
    await tab.locator("[data-match]").click();
    await tab.waitForTimeout(500);
    assert.match(await tab.locator("[data-confirm]").textContent(), /行使优先权（同价）/);
    await tab.locator("[data-confirm]").click({ timeout: 1000 }).catch(() => {}); // somebody may be faster
    await tab.locator("[data-answer]", { hasText: /收到：|没有报/ }).waitFor();
    said = await tab.locator("[data-answer]").innerText();
    if (/报价已收到/.test(said)) assert.match(said, /行使优先权（同价）/);
  }
  await tab.context().close();
});

test("after a minute asleep the page is right within a second", async () => {
  await new Promise((wake) => setTimeout(wake, Math.max(0, 60_000 - (Date.now() - frozenSince))));
  const { price } = await overtake();
  const cdp = await page.context().newCDPSession(frozen);
  const woken = Date.now();
  await cdp.send("Page.setWebLifecycleState", { state: "active" });
  await seen(frozen, "woken", () => soon(frozen, { price, sent: woken }));
  await soon(page, { price, sent: Date.now() });
});

test("after the end there is a result and nothing to bid with", async () => {
  const sheet = await page.context().newPage();
  await sheet.goto(`/lots/${lot}/bid`);
  const { ends_at: ends } = (await api(`/lots/${lot}`)).lot;
  await house.clock(new Date(new Date(ends).getTime() + 1000));
  await seen(page, "over", () => page.getByText(/我是 \d+ 号：/).waitFor({ timeout: 30_000 }));
  await seen(sheet, "over", () => sheet.getByText("竞价已结束").waitFor({ timeout: 30_000 }));
  for (const open of [page, sheet]) assert.equal(await open.locator("[data-block], form[data-sheet]").count(), 0);
  await sheet.goto(`/lots/${lot}/bid/confirm?choice=1`);
  await sheet.getByText("竞价已结束").waitFor();
});
