// Who watches a lot has every bid once and in order, however often the line is
// cut: the stock client beside the public record, and the pages beside the server's
// own drawing.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { Centrifuge } from "centrifuge";
import WebSocket from "ws";
import { desk, House, phone, seen, wide } from "./harness.mjs";

let house, lot, bidders;
before(async () => {
  house = await House.open();
  const page = await house.visit({ ...phone });
  await page.goto("/");
  lot = (await page.locator(".card[data-channel]").first().getAttribute("data-channel")).slice("lot:".length);
  bidders = await Promise.all(["bidder1", "bidder2"].map(async (login) => (await api("/sessions", { login, password: house.passwords[login] })).access_token));
});
after(async () => house?.close());

// api asks the program: a body is posted, by whoever holds the token.
async function api(path, body, token) {
  const answer = await fetch(`${house.url}/api/v1${path}`, body && {
    method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Idempotency-Key": randomUUID(), ...(token && { Authorization: `Bearer ${token}` }) },
  });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status} ${JSON.stringify(said)}`), { status: answer.status });
  return said;
}

const record = async () => (await api(`/streams/lot:${lot}/events?after=0&limit=1000`)).leaves.map((leaf) => JSON.parse(leaf));

// raise places one bid. The demonstration's own bidders bid as well, so it may
// take a second look at the price.
let turn = 0;
async function raise() {
  for (let tries = 0; tries < 20; tries++) {
    const { least: price } = await api(`/lots/${lot}`);
    try {
      return await api(`/lots/${lot}/bids`, { price, match: false }, bidders[turn++ % bidders.length]);
    } catch (error) {
      if (error.status !== 409 && error.status !== 422) throw error; // others were faster, or this one leads
    }
  }
  throw new Error("no bid was taken");
}

// Watcher is the stock client with a line that can be cut.
class Watcher {
  had = [];
  recovered = [];

  constructor(epoch) {
    const watcher = this;
    class Line extends WebSocket {
      constructor(...how) {
        super(...how);
        watcher.line = this;
      }
    }
    this.client = new Centrifuge(`${house.url.replace("http", "ws")}/connection/websocket`, { websocket: Line, minReconnectDelay: 20, maxReconnectDelay: 100 });
    const watched = this.client.newSubscription(`lot:${lot}`, { since: { offset: 0, epoch } });
    watched.on("subscribed", (to) => this.recovered.push(to.wasRecovering && to.recovered));
    watched.on("publication", (pub) => pub.offset === undefined || this.had.push(pub.data));
    watched.subscribe();
    this.client.connect();
  }

  cut() {
    this.line.terminate();
  }
}

async function until(what, holds) {
  for (let i = 0; i < 400; i++) {
    if (await holds()) return;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  assert.fail(`waited in vain: ${what}`);
}

test("the stock client, cut off ten times while bids come in, has every event once and in order", async () => {
  const page = await house.visit(phone);
  await page.goto(`/lots/${lot}`);
  const watcher = new Watcher(await page.locator("[data-room]").getAttribute("data-epoch"));
  await until("the first subscription", () => watcher.recovered.length === 1);
  for (let bid = 1; bid <= 88; bid++) {
    await raise();
    if (bid % 8 === 0 && bid <= 80) {
      await until("the line before it is cut", () => watcher.recovered.length === bid / 8);
      watcher.cut();
    }
  }
  const all = await record();
  await until("the newest event", () => watcher.had.length >= all.length);
  watcher.client.disconnect();
  assert.ok(all.length > 88, `only ${all.length} events`);
  assert.deepEqual(all.map((leaf) => leaf.seq), all.map((_, i) => i + 1));
  assert.deepEqual(watcher.had.slice(0, all.length), all);
  assert.deepEqual(watcher.recovered, Array(11).fill(true));
});

// drawn is what a page shows of the bidding. The line of a lot that is being bid
// for ends at the moment of its drawing, so it is compared where it stands still.
const parts = "[data-bids] tr, [data-price], [data-yearly], [data-whole], [data-highest], [data-leader-line], [data-end], [data-count]";
const drawn = (page) => page.locator(parts).evaluateAll((all) => all.map((part) => part.textContent));
const line = (page) => page.locator("[data-line]").getAttribute("d");

// samePicture compares an island's page with the server's; a bid of the
// demonstration may come between the two looks, hence three times.
async function samePicture(lively, plain) {
  for (let i = 0; i < 3; i++) {
    await plain.goto(new URL(lively.url()).pathname);
    if (JSON.stringify(await drawn(lively)) === JSON.stringify(await drawn(plain))) break;
  }
  assert.deepEqual(await drawn(lively), await drawn(plain));
}

test("room and first page move; a phone that was away catches up and shows what the server draws", async () => {
  const [villager, home, reader] = [await house.visit({ ...phone, javaScriptEnabled: true }), await house.visit(desk), await house.visit(phone)];
  const complaints = [];
  for (const page of [villager, home]) page.on("pageerror", (error) => complaints.push(error.message));
  await villager.goto(`/lots/${lot}`);
  await home.goto("/");
  for (const page of [villager, home]) await seen(page, "connected", () => page.getByText("已连接").waitFor());
  await villager.locator("[data-countdown]", { hasText: /^(\d+分)?\d+秒$/ }).waitFor();
  await villager.locator("[data-viewers]", { hasText: "2 人" }).waitFor();
  const yuan = (fen) => (fen / 100).toLocaleString("en", { minimumFractionDigits: 2 });
  const { seq, price } = await raise();
  await seen(villager, "moves", () => villager.locator(`tr[data-seq="${seq}"]`, { hasText: yuan(price) }).waitFor());
  await seen(home, "home-moves", () => home.locator(".card.live [data-price]", { hasText: yuan(price) }).waitFor({ timeout: 5000 }));
  await villager.context().setOffline(true);
  await seen(villager, "offline", () => villager.getByText("网络已断开").waitFor());
  let last;
  for (let i = 0; i < 5; i++) last = await raise();
  assert.equal(await villager.locator(`tr[data-seq="${last.seq}"]`).count(), 0, "an offline page hears nothing");
  await villager.context().setOffline(false);
  await seen(villager, "back", () => villager.locator(`tr[data-seq="${last.seq}"]`).waitFor());
  await villager.getByText("已连接").waitFor();
  await reader.goto(`/lots/${lot}`);
  await samePicture(villager, reader);
  assert.ok((await wide(villager)) <= 0, "the room is wider than the phone");
  assert.deepEqual(complaints, []);
});

test("the replay plays the record and ends at the picture that the server draws", async () => {
  const [page, reader] = [await house.visit({ ...phone, javaScriptEnabled: true }), await house.visit(phone)];
  await reader.goto("/results");
  const result = await reader.locator("main a[href$='/result']").first().getAttribute("href");
  await page.goto(result.replace(/result$/, "replay"));
  const bids = await page.locator("[data-bids] tr").count();
  await seen(page, "controls", () => page.getByRole("button", { name: "播放" }).waitFor());
  await samePicture(page, reader);
  assert.equal(await line(page), await line(reader));
  await page.getByLabel("播放速度").selectOption("100×");
  await page.getByRole("button", { name: "播放" }).click();
  await seen(page, "begins", () => page.getByText("暂无报价").waitFor());
  await seen(page, "first", () => page.locator("[data-count]", { hasText: "1 次" }).waitFor());
  await page.getByRole("button", { name: "暂停" }).click();
  const slider = page.getByLabel("回放到");
  const [from, to] = [Number(await slider.getAttribute("min")), Number(await slider.getAttribute("max"))];
  await slider.fill(String(Math.round((from + to) / 2)));
  const half = await page.locator("[data-bids] tr").count();
  assert.ok(half > 1 && half < bids, `${half} of ${bids} bids at half time`);
  await slider.fill(String(to));
  await samePicture(page, reader);
  assert.equal(await line(page), await line(reader));
  assert.ok((await wide(page)) <= 0, "the replay is wider than the phone");
});
