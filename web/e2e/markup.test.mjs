// Sixty payloads go into the text fields of the forms that people see. Whatever
// comes back, and every page afterwards, has for the browser's own parser no
// element, attribute or address of theirs, and no script runs. Every form of
// every stage is filled with them in cmd/sunlot.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, House } from "./harness.mjs";
import { chunks, payloads } from "./payloads.mjs";
import { kindOf, own, walk } from "./walk.mjs";

let house;
before(async () => (house = await House.open()));
after(async () => house?.close());

let turn = 0; // how many fields were filled
const kept = new Map(); // by form and field: how many payloads were taken

test("there are sixty different payloads", () => assert.ok(new Set(payloads).size >= 60, `${new Set(payloads).size}`));

for (const who of ["nobody", "bidder1", "clerk2", "station"]) {
  test(`what ${who} types stays text`, async () => {
    const page = who === "nobody" ? await visit() : await enter(who);
    const found = [];
    const starts = who === "nobody" ? ["/", "/join", "/practice", "/login"] : ["/office", "/registrations", "/bids", "/contracts"];
    const { kinds } = await walk(page, starts, async () => [], who === "nobody" ? {} : { only: own });
    const done = new Set();
    for (const path of kinds.values()) found.push(...(await fill(page, path, done)));
    assert.deepEqual(found, []);
    await page.context().close();
  });
}

test("payloads were taken and are on the pages that follow", () => {
  const forms = [...kept].filter(([, count]) => count > 0).map(([name]) => name);
  assert.ok(forms.length >= 4, `only ${forms.join(", ")}`);
});

for (const who of ["nobody", "bidder1", "clerk2", "station", "leader", "supervision", "admin"]) {
  test(`no page of ${who} runs anything`, async (t) => {
    const page = who === "nobody" ? await visit() : await enter(who);
    const said = [];
    page.on("dialog", (dialog) => (said.push(dialog.message()), dialog.dismiss()));
    const look = async (at) => [...(await at.evaluate(foreign, null)), ...(await at.evaluate(() => [...window.__broken, ...(window.__x ? ["a payload ran"] : [])]))];
    const { found, kinds } = await walk(page, who === "nobody" ? ["/", "/nowhere"] : ["/office", "/registrations", "/bids", "/contracts"], look, who === "nobody" ? {} : { only: own });
    t.diagnostic(`${kinds.size} kinds of pages`);
    assert.deepEqual([...found, ...said], []);
    await page.context().close();
  });
}

async function enter(who) {
  const page = await house.login(who, desk);
  await page.context().addInitScript(watch);
  return page;
}

async function visit() {
  const page = await house.visit(desk);
  await page.context().addInitScript(watch);
  return page;
}

// watch is in each page before anything else.
function watch() {
  window.__broken = [];
  addEventListener("securitypolicyviolation", (event) => window.__broken.push(`the policy stopped ${event.blockedURI} ${event.sample}`));
}

// fill sends the forms of a page, one text field after the other full of payloads.
async function fill(page, path, done) {
  const found = [];
  await page.goto(path);
  const count = await page.locator("main form[method=post]").count();
  for (let i = 0; i < count; i++) {
    const form = await read(page, i);
    const name = form && kindOf(form.action);
    if (!form || done.has(name) || /logout|password|\/care|\/withdraw|\/end$/.test(form.action)) continue;
    done.add(name);
    for (const field of form.texts) {
      let now;
      for (const text of chunks(field.most, turn++ * 7)) {
        now ??= await again(page, path, i);
        if (!now) break; // the form has gone with its noun's state
        const answer = await page.request.post(now.action, { form: { ...now.values, [field.name]: text }, maxRedirects: 0 });
        const to = answer.headers().location;
        kept.set(`${name} ${field.name}`, (kept.get(`${name} ${field.name}`) ?? 0) + (to ? 1 : 0));
        if (to) now = undefined;
        const shown = to ? await page.request.get(to) : answer;
        if (shown.status() >= 500) found.push(`${name} ${field.name}: ${shown.status()} for ${text}`);
        found.push(...(await page.evaluate(foreign, await shown.text())).map((fault) => `${name} ${field.name}: ${fault}`));
      }
    }
  }
  return found;
}

// again reads the form as a fresh page has it: its number and its version are new.
async function again(page, path, i) {
  const answer = await page.request.get(path);
  return page.evaluate(formOf, [await answer.text(), i]);
}

const read = (page, i) => page.content().then((html) => page.evaluate(formOf, [html, i]));

// formOf is a form's address, what it would send, and its text fields.
function formOf([html, i]) {
  const form = new DOMParser().parseFromString(html, "text/html").querySelectorAll("main form[method=post]")[i];
  if (!form || form.enctype === "never") return undefined;
  const plausible = { login: () => `u${Math.random().toString(36).slice(2, 10)}`, phone: () => "13800000000", account: () => "622200001111", password: () => "a long enough secret", again: () => "a long enough secret", year: () => "2031" };
  const [values, texts] = [{}, []];
  for (const at of form.elements) {
    if (!at.name || at.type === "file" || at.type === "submit" && at.name in values) continue;
    if ((at.type === "radio" || at.type === "checkbox") && at.name in values && !at.checked) continue;
    const numeric = ["decimal", "numeric", "tel"].includes(at.inputMode);
    const typed = at.type === "textarea" || at.type === "text" || at.type === "search";
    if (at.tagName === "SELECT") values[at.name] = at.value || [...at.options].find((option) => option.value)?.value || "";
    else if (at.type === "date") values[at.name] = at.value || "2026-12-01";
    else if (typed) values[at.name] = at.value || (plausible[at.name]?.() ?? (numeric ? "1" : "文字"));
    else if (at.type === "password") values[at.name] = plausible.password();
    else values[at.name] = at.value;
    if (typed && !numeric && !texts.some((one) => one.name === at.name)) texts.push({ name: at.name, most: at.maxLength > 0 ? at.maxLength : 400 });
  }
  return { action: form.getAttribute("action"), values, texts };
}

// foreign lists what is in a page, read by the browser's own parser, that our
// templates never write.
function foreign(html) {
  const doc = html === null ? document : new DOMParser().parseFromString(html, "text/html");
  const known = new Set(("html head meta title link script body a aside header footer main nav section article div span p b i small code pre time dl dt dd ul ol li h1 h2 h3 h4 " +
    "table caption thead tbody tr th td form fieldset legend label input textarea select option optgroup button output img figure figcaption svg path details summary strong em br hr noscript").split(" "));
  const found = [];
  for (const at of doc.querySelectorAll("*")) {
    const tag = at.localName;
    const drawn = tag !== "svg" && tag !== "path" || at.closest("figure.chart");
    if (!known.has(tag) || !drawn) found.push(`the element ${at.outerHTML.slice(0, 120)}`);
    if (tag === "script" && (!/^\/static\/[0-9a-f]{16}\/dist\/[a-z]+\.js$/.test(at.getAttribute("src") ?? "") || at.textContent)) found.push(`the script ${at.outerHTML.slice(0, 120)}`);
    if (tag === "link" && !/^\/static\//.test(at.getAttribute("href"))) found.push(`the link ${at.outerHTML}`);
    if (tag === "meta" && at.httpEquiv) found.push(`the meta ${at.outerHTML}`);
    for (const { name, value } of at.attributes) {
      if (/^on|x9z|[<"'`]/i.test(name) || name === "style" && html !== null || name === "srcdoc") found.push(`the attribute ${name} of ${at.outerHTML.slice(0, 120)}`);
      const leads = /^(href|src|action|formaction|xlink:href|data|poster)$/i.test(name);
      if (leads && /^[\s\u0000-\u0020]*(javascript|vbscript|data):/i.test(value) && !value.startsWith("data:image/png")) found.push(`the address ${value.slice(0, 80)}`);
      if (leads && /x9z/.test(value)) found.push(`the address ${value.slice(0, 80)}`);
    }
  }
  return found;
}
