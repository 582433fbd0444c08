// The proof page in the reader's own browser: true leaves pass, one changed byte
// fails at its step and says so, and what was seen once cannot be taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { desk, House, phone, seen } from "./harness.mjs";

let house, leaves;
before(async () => {
  house = await House.open();
  leaves = await ofKinds(["tender.announced", "bid.placed", "lot.opened", "lot.closed", "contract.signed", "rent.received", "blind.tick"]);
});
after(async () => house?.close());

const script = { ...phone, javaScriptEnabled: true };
const verdict = "[data-result]";

// shared loads a module that the islands share.
async function shared(name) {
  const { outputFiles } = await build({ entryPoints: [new URL(`../src/lib/${name}.ts`, import.meta.url).pathname], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

// ofKinds finds a leaf of each kind in the log as strangers read it.
async function ofKinds(kinds) {
  const { hex, leafHash } = await shared("tree");
  const found = new Map();
  while (found.size < kinds.length) {
    const size = Number((await (await fetch(`${house.url}/log/checkpoint`)).text()).split("\n")[1]);
    for (let tile = 0; tile * 256 < size; tile++) {
      const width = Math.min(256, size - tile * 256);
      const path = `/log/tile/entries/${String(tile).padStart(3, "0")}${width < 256 ? `.p/${width}` : ""}`;
      const body = Buffer.from(await (await fetch(house.url + path)).arrayBuffer());
      for (let at = 0; at < body.length; at += 2 + body.readUInt16BE(at)) {
        const leaf = body.subarray(at + 2, at + 2 + body.readUInt16BE(at)).toString();
        const { kind } = JSON.parse(leaf);
        if (kinds.includes(kind) && !found.has(kind)) found.set(kind, { leaf, path: `/log/leaves/${hex(leafHash(leaf))}` });
      }
    }
  }
  return found;
}

test("each kind is told in words and passes", async () => {
  const page = await house.visit(script);
  for (const [kind, { path, leaf }] of leaves) {
    await seen(page, `proof-${kind}`, async () => {
      await page.goto(path);
      await page.locator(verdict, { hasText: /核对通过.*第 \d+ 条/ }).waitFor();
      assert.equal(await page.locator("[data-step].done").count(), 4);
      assert.match(await page.locator("h1").innerText(), /^[^a-z.]+$/);
      assert.equal(await page.locator("[data-leaf]").textContent(), leaf);
    });
  }
  await page.context().close();
});

// printOf is the fingerprint of the log's key, by a stranger's tool.
async function printOf() {
  const key = await (await fetch(`${house.url}/log/key`)).arrayBuffer();
  return Buffer.from(await crypto.subtle.digest("SHA-256", key)).toString("hex");
}

test("the key's fingerprint is what a stranger's tool says", async () => {
  const page = await house.visit(script);
  await page.goto(leaves.get("bid.placed").path);
  await page.locator(verdict, { hasText: "核对通过" }).waitFor();
  const print = await printOf();
  assert.equal((await page.locator("[data-key-print]").innerText()).replaceAll(" ", ""), print);
  await page.goto("/log");
  assert.ok((await page.locator("main").innerText()).replaceAll(" ", "").includes(print));
  await page.context().close();
});

test("without script the page says how else", async () => {
  const page = await house.visit(phone);
  await page.goto(leaves.get("bid.placed").path);
  assert.match(await page.locator("[data-verify]").innerText(), /没有运行网页脚本/);
  assert.equal(await page.locator(verdict).isVisible(), false);
  assert.equal((await page.locator("[data-key-print]").innerText()).replaceAll(" ", ""), await printOf());
  assert.match(await page.locator("main").innerText(), /sunlot verify .*--key/);
  await page.context().close();
});

// turn changes one character of base64 or hex at a place.
const turn = (text, at) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
const tampered = {
  "a byte of the leaf": { at: /\/log\/leaves\/[0-9a-f]{64}$/, change: (html) => html.replace("&#34;match&#34;:false", "&#34;match&#34;:true"), step: "leaf", says: /原文被改过/ },
  "the receipt's path": { at: /\/receipt$/, change: (text) => turn(text, text.indexOf("\n", 30) + 5), step: "path", says: /证明被改过/ },
  "the receipt's index": { at: /\/receipt$/, change: (text) => text.replace(/index \d+/, (line) => `index ${Number(line.slice(6)) ^ 1}`), step: "path", says: /证明被改过/ },
  "the receipt's root": { at: /\/receipt$/, change: (text) => text.replace(/\n\d+\n(.{43}=)\n/, (all, root) => all.replace(root, turn(root, 3))), step: "path", says: /证明被改过/ },
  "the receipt's head": { at: /\/receipt$/, change: () => "<!doctype html>", step: "path", says: /无法识别/ },
  "the signature": { at: /\/receipt$/, change: (text) => turn(text, text.lastIndexOf(" ") + 30), step: "sign", says: /签名对不上/ },
  "the key": { at: /\/log\/key$/, change: (text) => turn(text, text.length - 10), step: "sign", says: /公钥无法识别/ },
  "another's key": { at: /\/log\/key$/, change: anotherKey, step: "sign", says: /签名对不上/ },
};

// anotherKey is a good key of the same name.
async function anotherKey(text) {
  const name = text.split("+")[0];
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign"]);
  const raw = Buffer.concat([Buffer.of(1), Buffer.from(await crypto.subtle.exportKey("raw", pair.publicKey))]);
  const id = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.concat([Buffer.from(`${name}\n`), raw]))).toString("hex").slice(0, 8);
  return `${name}+${id}+${raw.toString("base64")}\n`;
}

for (const [name, { at, change, step, says }] of Object.entries(tampered)) {
  test(`${name} is changed: it fails at its step`, async () => {
    const page = await house.visit(script);
    await page.route(at, async (route) => {
      const answer = await route.fetch();
      const before = await answer.text();
      const after = await change(before);
      assert.notEqual(after, before);
      await route.fulfill({ response: answer, body: after, headers: { ...answer.headers(), "content-encoding": "identity" } });
    });
    await seen(page, "tampered", async () => {
      await page.goto(leaves.get("bid.placed").path);
      await page.locator(verdict, { hasText: "没有通过核对" }).waitFor();
      assert.equal(await page.locator("[data-step].failed").getAttribute("data-step"), step);
      assert.match(await page.locator("[data-step].failed").innerText(), says);
    });
    await page.context().close();
  });
}

test("a broken line is not called a broken log", async () => {
  const page = await house.visit(script);
  await page.route(/\/receipt$/, (route) => route.abort());
  await page.goto(leaves.get("bid.placed").path);
  await page.locator(verdict, { hasText: "没有核对完" }).waitFor();
  await page.context().close();
});

test("what was seen once must still be there", async () => {
  const page = await house.visit(desk);
  const { path } = leaves.get("bid.placed");
  const look = async (words) => {
    await page.goto(path);
    await page.locator("[data-step=past]", { hasText: words }).waitFor();
    return JSON.parse(await page.evaluate(() => localStorage.getItem("sunlot-log")));
  };
  const keep = (kept) => page.evaluate((text) => localStorage.setItem("sunlot-log", text), JSON.stringify(kept));
  await seen(page, "past", async () => {
    const first = await look("第一次核对");
    await house.clock(new Date((await house.now()).getTime() + 60_000)); // one tick more
    let again = await look("均未改动");
    for (const old of oldSizes(again.size)) {
      await keep({ ...again, size: old, root: await rootAt(old) });
      again = await look(`上次看到的 ${old} 条均未改动`);
    }
    await keep({ ...first, root: "00".repeat(32) });
    await look("接不上");
    await keep({ ...again, size: again.size + 1_000_000 });
    await look("有记录被删除");
    await keep({ ...again, key: "00".repeat(32) });
    await look("不是同一个");
  });
  await page.context().close();
});

// oldSizes are the ends of whole and of broken subtrees, within tiles and beyond.
function oldSizes(size) {
  return [1, 2, 3, 64, 100, 255, 256, 257, size - 1, size].filter((n) => n <= size);
}

// rootAt is the root of the log's first leaves, computed from all of them.
async function rootAt(count) {
  const { hex, inner } = await shared("tree");
  let hashes = [];
  for (let tile = 0; tile * 256 < count; tile++) {
    const width = Math.min(256, count - tile * 256);
    const answer = await fetch(`${house.url}/log/tile/0/${String(tile).padStart(3, "0")}${width < 256 ? `.p/${width}` : ""}`);
    const body = new Uint8Array(await answer.arrayBuffer());
    for (let at = 0; at < body.length; at += 32) hashes.push(body.slice(at, at + 32));
  }
  while (hashes.length > 1) {
    hashes = hashes.filter((_, i) => i % 2 === 0).map((left, i) => (hashes[2 * i + 1] ? inner(left, hashes[2 * i + 1]) : left));
  }
  return hex(hashes[0]);
}
