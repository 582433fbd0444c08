// What the measures of the face share: a Chromium that other programs can be
// led to by its port, and the public pages of a demonstration by kind.
import puppeteer from "puppeteer";
import { freePort, House } from "../harness.mjs";

// Face is a running demonstration and a browser with a debugging port.
export class Face {
  static async open() {
    const face = new Face();
    face.port = await freePort();
    face.house = await House.open([`--remote-debugging-port=${face.port}`]);
    try {
      face.browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${face.port}`, defaultViewport: null });
      face.kinds = await kindsOf(face.house.url);
    } catch (error) {
      await face.close();
      throw error;
    }
    return face;
  }

  async close() {
    await this.browser?.disconnect();
    await this.house.close();
  }

  // visit opens a page with nobody's cookies, on a phone.
  async visit({ care = false, dark = false, scripts = true } = {}) {
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 390, height: 844, deviceScaleFactor: 1, isMobile: true, hasTouch: true });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
    await page.setJavaScriptEnabled(scripts);
    if (care) await context.setCookie({ name: "__Host-care", value: "yes", domain: "127.0.0.1", path: "/", secure: true });
    return page;
  }

  // path is the first page of a kind.
  path(kind) {
    const path = this.kinds.get(kind);
    if (!path) throw new Error(`no page of the kind ${kind} among ${[...this.kinds.keys()].join(" ")}`);
    return path;
  }
}

// kindsOf lists the public pages: of those that differ only in an id, the first.
async function kindsOf(url) {
  const [kinds, queue] = [new Map(), ["/", "/nowhere"]];
  while (queue.length > 0 && kinds.size < 80) {
    const path = queue.shift();
    const kind = kindOf(path);
    if (kinds.has(kind) || /^\/(static|photos|documents|api)\b/.test(path)) continue;
    const answer = await fetch(url + path, { redirect: "manual" });
    if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
    kinds.set(kind, path);
    for (const [, link] of (await answer.text()).matchAll(/<a [^>]*href="(\/[^"#]*)/g)) queue.push(link.replaceAll("&amp;", "&"));
  }
  return kinds;
}

// kindOf is a path without what tells its pages apart.
export function kindOf(path) {
  return path.replace(/\?.*|#.*/g, "").replace(/[a-z2-7]{16}|[0-9a-f]{64}/g, ":id");
}
