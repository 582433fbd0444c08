// What the islands work out by themselves must be what the server would write.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { build } from "esbuild";

// shared loads a module that the islands share.
async function shared(name) {
  const { outputFiles } = await build({ entryPoints: [new URL(`../src/lib/${name}.ts`, import.meta.url).pathname], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

test("sums are rounded half up and never lose a fen", async () => {
  const { yearly, yuan } = await shared("money");
  const rents = [[36000, 3200, 1152000], [333, 150, 500], [333, 149, 496], [1, 49, 0], [1, 50, 1], [0, 3200, 0],
    [1_000_000_000, 100_000_000, 1_000_000_000_000_000], [999_999_999, 99_999_999, 999_999_989_000_000], [999_999_937, 12_345_678, 123_456_772_222_223]];
  for (const [price, area, rent] of rents) {
    assert.equal(yearly(price, area), rent, `${price} × ${area}`);
    assert.equal(BigInt(yearly(price, area)), (BigInt(price) * BigInt(area) + 50n) / 100n);
  }
  const sums = { 0: "0.00", 5: "0.05", 10: "0.10", 99999: "999.99", 100000: "1,000.00", 123456789: "1,234,567.89" };
  for (const [fen, words] of Object.entries(sums)) assert.equal(yuan(Number(fen)), words);
});

test("the browsers of old telephones know what the islands use", async () => {
  const dist = new URL("../static/dist/", import.meta.url);
  for (const name of (await readdir(dist)).filter((f) => f.endsWith(".js"))) {
    const code = await readFile(new URL(name, dist), "utf8");
    assert.deepEqual(code.match(/globalThis|replaceChildren|toggleAttribute|fromEntries|replaceAll|matchAll|allSettled|\b\d+n\b/g) ?? [], [], name);
  }
});

test("instants are Beijing's to the millisecond, whatever the zone", async () => {
  const { exactly, datetime, remaining } = await shared("time");
  assert.equal(exactly(Date.parse("2026-11-24T16:00:00.007Z")), "2026年11月25日 00:00:00.007");
  assert.equal(exactly(Date.parse("2026-12-31T15:59:59.999Z")), "2026年12月31日 23:59:59.999");
  assert.equal(datetime(Date.parse("2026-11-25T02:00:00Z")), "2026年11月25日 10:00");
  const left = { 1: "1秒", 1000: "1秒", 1001: "2秒", 59_001: "1分00秒", 300_000: "5分00秒", 3_600_000: "1小时00分00秒", 172_800_000: "2天0小时" };
  for (const [ms, words] of Object.entries(left)) assert.equal(remaining(Number(ms)), words, ms);
});

test("the price's line is level until a bid, then up", async () => {
  const { Chart } = await shared("chart");
  const chart = new Chart(0, 3_600_000, 36000);
  assert.equal(chart.path, "M0 180H600");
  chart.points.push({ at: 1, price: 36000 }, { at: 1_199_999, price: 36077 });
  assert.equal(chart.path, "M0 180H0V180H199V50H600");
  chart.points.push({ at: 9_000_000, price: 40000 });
  assert.equal(chart.path, "M0 180H0V180H199V177H600V10H600");
  assert.deepEqual(chart.axis, [40000, 38000, 36000]);
  assert.equal(chart.middle, 1_800_000);
  chart.until = 0;
  assert.equal(chart.path, "M0 180H0V180H0V177H0V10H600");
});

test("sums in capitals are the server's", async () => {
  const { capital } = await shared("capital");
  const go = await readFile(new URL("../../internal/money/capital_test.go", import.meta.url), "utf8");
  const cases = [...go.matchAll(/^\t\t(\d[\d_]*): +"([^"]+)",$/gm)];
  assert.ok(cases.length > 30, `only ${cases.length} cases are read from the server's test`);
  for (const [, fen, words] of cases) assert.equal(capital(Number(fen.replaceAll("_", ""))), words, fen);
});

test("a bidder's standing is told from what everybody hears and his own number", async () => {
  const { Standing } = await shared("standing");
  const room = { start: "30000", terms: '{"step":1000,"most_steps":10}', leads: "", leading: "30000", ranks: "8001:2 8002:1 " };
  const bid = (bidder, price) => ({ seq: 1, at: 0, bidder, price, match: false, ends: 0, extended: false });
  const own = new Standing(room, "8001", false);
  assert.deepEqual([own.leads, own.overtaken, own.matches, own.raised(1), own.raised(2), own.most, own.words(1)], [false, false, false, 30000, 31000, 40000, "起始价"]);
  assert.ok(own.allows(30000, false) && !own.allows(29999, false) && !own.allows(40001, false) && !own.allows(30000, true));
  own.take(bid("8001", 30000));
  assert.deepEqual([own.leads, own.overtaken, own.allows(31000, false)], [true, false, false]);
  own.take(bid("8003", 32000));
  assert.deepEqual([own.leads, own.overtaken, own.matches, own.raised(1), own.words(2)], [false, true, true, 33000, "加价 2 档"]);
  assert.ok(own.allows(32000, true) && !own.allows(32000, false) && own.allows(42000, false) && !own.allows(42001, false));
  own.take(bid("8002", 32000));
  assert.ok(!own.matches, "a better right is not overtaken at the same price");
});

// asking runs send against a server that answers each sending by the next of the
// statuses, 0 for none, and answers what it says and how often it was asked.
async function asking(t, statuses, may = () => true) {
  const { send } = await shared("offer");
  const asked = [];
  t.mock.method(globalThis, "fetch", async (_, { headers }) => {
    asked.push(headers["Idempotency-Key"]);
    const status = statuses[asked.length - 1];
    if (!status) throw new TypeError("no line");
    const said = status === 200 ? { price: 1 } : { error: { code: status === 503 ? "unavailable" : "invalid", message: "不行" } };
    return new Response(JSON.stringify(said), { status });
  });
  globalThis.addEventListener ??= (_, wake) => setTimeout(wake, 1); // the line is back at once
  const answer = await send("lot", "token", { id: "one", price: 1, match: false }, (times) => may(times, asked));
  return [answer, asked.length];
}

test("an offer is asked about until the server has decided, and not beyond its leave", async (t) => {
  assert.deepEqual(await asking(t, [503, 0, 200]), [{ taken: { price: 1 } }, 3]);
  assert.deepEqual(await asking(t, [422]), [{ refused: "不行", login: false }, 1]);
  assert.deepEqual(await asking(t, [401]), [{ refused: "不行", login: true }, 1]);
  assert.deepEqual(await asking(t, [0, 401]), [{ login: true }, 2], "the first may count");
  assert.deepEqual(await asking(t, [0, 429, 200]), [{ taken: { price: 1 } }, 3]);
  let leave = 2;
  assert.deepEqual(await asking(t, [0, 200], () => leave-- > 0), [{}, 1], "its time was over after the pause");
});

test("an age is told by the clock that says more, and none that cannot be is sent", async (t) => {
  const { since } = await shared("clock");
  const { lapsed } = await shared("kept");
  let [steady, set] = [1000, 1000];
  t.mock.method(performance, "now", () => steady);
  t.mock.method(Date, "now", () => set);
  const age = since();
  [steady, set] = [6000, -3_600_000];
  assert.equal(age(), 5000);
  set = 61_000;
  assert.equal(age(), 60_000);
  assert.deepEqual([-1, 0, 120_000, 120_001, NaN].map(lapsed), [true, false, false, true, true]);
});
