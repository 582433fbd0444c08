// In a chat's window nothing can be downloaded, printed or opened beside: what
// people keep is on the page, and is a picture to press long.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { House, phone, seen, wide } from "./harness.mjs";
import { own, walk } from "./walk.mjs";

let house;
before(async () => (house = await House.open()));
after(async () => house?.close());

const script = { ...phone, javaScriptEnabled: true };

test("no page needs a download, a printer, a window of its own or a blob", async () => {
  for (const who of ["nobody", ...Object.keys(house.passwords)]) {
    const page = who === "nobody" ? await house.visit(script) : await house.login(who, script);
    const starts = who === "nobody" ? ["/", "/nowhere"] : ["/office", "/registrations", "/bids", "/contracts", "/password"];
    const { found, kinds } = await walk(page, starts, needs, who === "nobody" ? {} : { only: own });
    assert.deepEqual(found, [], who);
    assert.ok(kinds.size > (who === "nobody" ? 15 : 3), `${who}: only ${[...kinds.keys()]}`);
    await page.context().close();
  }
});

// needs lists what a page asks for that a chat's window has not.
async function needs(page) {
  const found = await page.evaluate(() => [...document.querySelectorAll("a[download]:not([href*='as=csv']), [target], [href^='blob:'], [src^='blob:'], iframe, object, embed")].map((at) => at.outerHTML.slice(0, 200)));
  const links = await page.locator("a[href^='/']").evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute("href")))]);
  for (const link of links) {
    const kind = link.replace(/[a-z2-7]{16}|[0-9a-f]{64}/g, ":id");
    // Originals of papers and exports of lists are for who has a computer; what
    // they say is on the page.
    if (asked.has(kind) || /^\/files\/|[?&]as=csv/.test(link)) continue;
    asked.add(kind);
    const headers = (await page.request.head(link, { maxRedirects: 0 })).headers();
    const shown = /^(text\/|image\/|application\/json)/.test(headers["content-type"] ?? "text/");
    if (headers["content-disposition"] || !shown) found.push(`${link} is ${headers["content-type"]} ${headers["content-disposition"] ?? ""}`);
  }
  return found;
}
const asked = new Set();

test("no island opens a window, makes a blob or prints", () => {
  const folder = new URL("../src/", import.meta.url);
  const texts = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);
  assert.ok(texts.length > 10, `only ${texts.length} files`);
  for (const [name, text] of texts) assert.doesNotMatch(text, /window\.open|open\("|createObjectURL|new Blob|\.print\(|\.download\b/, name);
});

// picture makes a page's picture and says what is in it.
async function picture(page) {
  await page.getByRole("button", { name: "生成图片" }).first().click();
  const image = page.locator(".picture img").first();
  await image.waitFor();
  assert.match(await image.getAttribute("src"), /^data:image\/png;base64,/);
  return image.evaluate(async (at) => {
    await at.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [at.naturalWidth, at.naturalHeight];
    const pen = canvas.getContext("2d");
    pen.drawImage(at, 0, 0);
    const dark = (x, y, w, h) => {
      const { data } = pen.getImageData(x, y, w, h);
      let n = 0;
      for (let i = 0; i < data.length; i += 4) n += data[i] + data[i + 1] + data[i + 2] < 200 ? 1 : 0;
      return n / (w * h);
    };
    const { naturalWidth: w, naturalHeight: h } = at;
    return { width: w, height: h, words: dark(48, 48, w - 96, h - 460), code: dark(w / 2 - 150, h - 370, 300, 300), alt: at.alt };
  });
}

// whole says what a picture of a section must be.
function whole(found, words) {
  assert.equal(found.width, 750);
  assert.ok(found.height > 600, JSON.stringify(found));
  assert.ok(found.words > 0.01 && found.words < 0.3, `words: ${JSON.stringify(found)}`);
  assert.ok(found.code > 0.2 && found.code < 0.6, `code: ${JSON.stringify(found)}`);
  for (const word of words) assert.ok(found.alt.includes(word), `${word} is not in ${found.alt}`);
}

test("a notice to pass on is a picture", async () => {
  const page = await house.visit(script);
  await seen(page, "picture-share", async () => {
    await page.goto("/");
    await page.locator("main a[href^='/tenders/']").first().click();
    await page.getByRole("link", { name: "转发到群、广播" }).click();
    const title = await page.locator("[data-picture]").getAttribute("data-title");
    whole(await picture(page), [title, "租期", "扫码"]);
    assert.ok((await wide(page)) <= 0);
    assert.match(await page.locator("main").innerText(), /手机上不能打印/);
  });
  await page.context().close();
});

test("a result is a picture", async () => {
  const page = await house.visit(script);
  await seen(page, "picture-result", async () => {
    await page.goto("/results");
    await page.locator("main a[href$='/result']").first().click();
    whole(await picture(page), ["成交结果", "年租金", "公示期"]);
  });
  await page.context().close();
});

test("a registration's and a bid's receipts are on the page and are pictures", async () => {
  const page = await house.login("bidder1", script);
  await seen(page, "picture-receipts", async () => {
    await page.goto("/registrations");
    await page.locator("main a[href^='/registrations/']").first().click();
    const kept = JSON.parse(await page.locator("[data-picture] pre code").textContent());
    assert.deepEqual(kept, await (await page.request.get(`${page.url()}/proof`)).json());
    whole(await picture(page), ["报名凭证", "报名时间", "凭证校验码"]);
    const lot = (await (await fetch(`${house.url}/`)).text()).match(/\/lots\/([a-z2-7]{16})/)[1];
    await page.goto(`/lots/${lot}/bid`);
    const button = (name) => page.getByRole("button", { name });
    const press = (name) => Promise.all([page.waitForEvent("load"), button(name).click()]);
    // Another's offer may come in between: then it is asked for anew. A leader is not asked.
    let received = false;
    for (let tries = 0; tries < 5 && !received && (await button("下一步").count()); tries++) {
      await page.getByLabel(/加价 5 档|起始价/).first().check();
      await press("下一步");
      if (!(await button("确认报价").count())) continue;
      await press("确认报价");
      received = (await page.getByText("报价已收到").count()) > 0;
      assert.ok(received || (await button("下一步").count()), "an offer was confirmed and is neither received nor asked for anew");
    }
    assert.ok(received || !(await button("下一步").count()), "five offers were asked for and none received");
    whole(await picture(page), ["报价凭证", "单价", "服务器收到的时间"]);
  });
  await page.context().close();
});
