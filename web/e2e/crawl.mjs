// Reads a running house as somebody in Chromium: follows every link, some pages
// of each kind, and says what it found there that our templates never write, what
// ran, and what the policy stopped. cmd/sunlot has typed payloads into every form
// before. Arguments: the address, the password of all, logins with commas between
// them (an empty one is nobody). Prints one JSON object.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { quiet } from "./harness.mjs";
import { kindOf } from "./walk.mjs";

const payloads = JSON.parse(readFileSync(new URL("payloads.json", import.meta.url), "utf8")).filter((one) => one.includes("<"));
const each = 3; // pages of a kind
const [url, password, logins] = process.argv.slice(2);
const said = { pages: 0, shown: 0, found: [] };
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell", args: quiet });
try {
  for (const login of logins.split(",")) await crawl(login);
} finally {
  await browser.close();
}
console.log(JSON.stringify(said));

async function crawl(login) {
  const context = await browser.newContext({ baseURL: url, locale: "zh-CN" });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const note = (path, fault) => said.found.push(`${login} ${path}: ${fault}`);
  page.on("dialog", (dialog) => (note(page.url(), `a dialog: ${dialog.message()}`), dialog.dismiss()));
  if (login) {
    await page.goto("/login");
    await page.getByLabel("登录名").fill(login);
    await page.getByLabel("密码").fill(password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("button", { name: "退出" }).waitFor();
  }
  const [queue, seen, kinds] = [["/", "/nowhere", ...(login ? ["/office"] : [])], new Set(), new Map()];
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = kindOf(path);
    if (seen.has(path) || (kinds.get(kind) ?? 0) >= each || /^\/(static|photos|files|documents|api|logout)\b|\/log\/(tile|key|checkpoint)|\/receipt$|as=csv|\.(ics|atom)$/.test(path)) continue;
    seen.add(path);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const answer = await page.goto(path);
    if (!answer?.headers()["content-type"]?.startsWith("text/html")) continue;
    said.pages++;
    for (const fault of await page.evaluate(foreign)) note(path, fault);
    for (const fault of await page.evaluate(() => [...window.__broken, ...(window.__x ? ["a payload ran"] : [])])) note(path, fault);
    const text = await page.evaluate(() => document.body.innerText + [...document.querySelectorAll("input, textarea")].map((at) => at.value).join());
    if (payloads.some((one) => text.includes(one))) said.shown++;
    queue.push(...(await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")))));
  }
  await context.close();
}

// watch is in each page before anything else.
function watch() {
  window.__broken = [];
  addEventListener("securitypolicyviolation", (event) => window.__broken.push(`the policy stopped ${event.blockedURI} ${event.sample}`));
}

// foreign lists what is in a page, read by the browser's own parser, that our
// templates never write.
function foreign() {
  const doc = document;
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
      if (/^on|x9z|[<"'`]/i.test(name) || name === "srcdoc") found.push(`the attribute ${name} of ${at.outerHTML.slice(0, 120)}`);
      const leads = /^(href|src|action|formaction|xlink:href|data|poster)$/i.test(name);
      if (leads && /^[\s\u0000-\u0020]*(javascript|vbscript|data):/i.test(value) && !value.startsWith("data:image/png")) found.push(`the address ${value.slice(0, 80)}`);
      if (leads && /x9z/.test(value)) found.push(`the address ${value.slice(0, 80)}`);
    }
  }
  return found;
}
