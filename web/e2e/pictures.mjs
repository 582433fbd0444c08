// Draws each page that the demonstration links to, at 390 and 1280 pixels, for
// eyes to look at: the public ones once, then each person's own, and a handful in
// the dark and in large type. Says which fail, which are wider than their screen
// (or than one of 320 pixels), and what is too small to tap.
import { rmSync } from "node:fs";
import { desk, House, out, phone, picture, wide } from "./harness.mjs";
import { kindOf, own, walk } from "./walk.mjs";

const widths = { 390: { ...phone, javaScriptEnabled: true }, 1280: desk };
const searches = ["/search?q=", "/search?q=%E8%8C%B6%E5%9B%AD", "/search?q=%E6%B2%A1%E6%9C%89"]; // nothing asked, found, not found
const few = ["/", "/tenders", "/tenders/:id", "/lots/:id", "/lots/:id/result", "/lots/:id/contract", "/villages/:id", "/projects/:id", "/report", "/log/leaves/:id", "/nowhere", "/search?q=茶园"];

rmSync(out, { recursive: true, force: true });
const house = await House.open();
try {
  for (const [width, how] of Object.entries(widths)) {
    const page = await house.visit(how);
    const kinds = await draw(page, `nobody-${width}`, ["/", "/nowhere", "/join", ...searches], { most: 150 });
    await wrong(page, `nobody-${width}-wrong`, kinds.values());
    await report(page, `nobody-${width}`);
    for (const [face, ways] of Object.entries({ dark: { colorScheme: "dark" }, care: {} })) {
      const other = await house.visit({ ...how, ...ways });
      if (face === "care") {
        await other.goto("/");
        await other.getByRole("button", { name: "关怀版" }).click();
        await other.locator("html.care").waitFor();
      }
      for (const kind of few) if (kinds.has(kind)) await draw(other, `${face}-${width}`, [kinds.get(kind)], { most: 1 });
      await other.context().close();
    }
    await page.context().close();
    for (const login of Object.keys(house.passwords)) {
      const page = await house.login(login, how);
      const kinds = await draw(page, `${login}-${width}`, ["/office", "/password"], { only: own, most: 120 });
      await wrong(page, `${login}-${width}-wrong`, [...kinds.values()].filter((path) => own.test(path)));
      await page.context().close();
    }
    for (const login of Object.keys(house.officers)) {
      const page = await house.enter(login, how);
      await draw(page, `${login}-${width}`, ["/", "/keys", "/password"], { at: house.room });
      await page.context().close();
    }
  }
} finally {
  await house.close();
}

// draw follows the links and keeps a picture of each kind of page, of which one
// with a question of its own is another kind; it gives the pages by kind.
async function draw(page, name, starts, more) {
  const kind = (path) => kindOf(path) + decodeURIComponent(path.match(/\?\w+=[^&#]*/)?.[0] ?? "").replace(/[a-z2-7]{16}/g, ":id");
  const look = async (page, path, answer) => {
    await picture(page, file(name, kind(path)));
    const faults = answer.status() >= 400 ? [`status ${answer.status()}`] : [];
    return [...faults, ...(await measured(page))];
  };
  const { kinds, found } = await walk(page, starts, look, { ...more, apart: kind });
  for (const fault of found) console.log(`${name} ${fault}`);
  return kinds;
}

function file(name, kind) {
  return `${name}${kind.replace(/[^\p{L}\p{N}_-]+/gu, "_")}`;
}

async function measured(page) {
  const [faults, size] = [[], page.viewportSize()];
  for (const width of size.width < 400 ? [size.width, 320] : [size.width]) {
    await page.setViewportSize({ ...size, width });
    const over = await wide(page);
    if (over > 0) faults.push(`${over} pixels too wide at ${width}`);
  }
  await page.setViewportSize(size);
  return size.width < 400 ? [...faults, ...(await page.evaluate(small))] : faults;
}

// small lists what stands alone and answers to less than a finger's height; a
// link in a line of text is as high as its line.
function small() {
  const most = 44;
  const tall = (at, y, x) => [-1, 1].every((way) => at.contains(document.elementFromPoint(x, y + way * (most / 2 - 1))));
  const all = document.querySelectorAll("a[href], button, select, summary, textarea, input:not([type=hidden])");
  return [...new Set([...all].flatMap((at) => {
    const box = /radio|checkbox/.test(at.type) ? (at.closest("label") ?? at.labels?.[0] ?? at) : at;
    box.scrollIntoView({ block: "center", behavior: "instant" });
    const { width, height, top, left } = box.getBoundingClientRect();
    const inText = at.localName === "a" && getComputedStyle(at).display === "inline";
    const words = (at.textContent || at.name || at.id).trim().slice(0, 20);
    const low = height < most - 0.5 && !tall(box, top + height / 2, left + width / 2);
    return inText || width < 2 || !low ? [] : [`${at.localName}.${at.className} ${words} is ${Math.round(height)} pixels high`];
  }))];
}

// wrong sends each form empty that asks for something and does nothing then.
async function wrong(page, name, paths) {
  for (const path of paths) {
    const asks = /\/(new|edit|register|bid|login|password|report|record)$/.test(path);
    if (!asks) continue;
    await page.goto(path);
    const form = page.locator("main form:not([action*=withdraw])").last();
    if ((await form.count()) === 0) continue;
    await form.evaluate((form) => {
      form.noValidate = true;
      for (const at of form.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea")) at.value = "";
      form.requestSubmit();
    });
    await page.waitForLoadState();
    await picture(page, file(name, kindOf(path)));
    for (const fault of await measured(page)) console.log(`${name} ${path}: ${fault}`);
  }
}

// report seals one, for the pages that nothing links to: the code, what became of
// it, and in the reading room the report.
async function report(page, name) {
  await page.goto("/report");
  await page.getByLabel("不清楚").check();
  await page.getByLabel("问题类别").selectOption({ index: 1 });
  await page.getByLabel("问题经过").fill("去年鱼塘的租金没有入账。");
  await page.getByLabel("您的联系方式").fill("王五，村东头第三家");
  await page.getByRole("button", { name: "密封并提交" }).click();
  await page.locator("code.figure").waitFor();
  for (const kind of ["/report/taken", "/report/followed"]) {
    await picture(page, file(name, kind));
    for (const fault of await measured(page)) console.log(`${name} ${kind}: ${fault}`);
    if (kind.endsWith("followed")) return;
    await page.getByLabel("请把查询码再输一遍").fill(await page.locator("code.figure").innerText());
    await page.getByRole("button", { name: "核对" }).click();
    await page.getByText("查询码正确").waitFor();
  }
}
