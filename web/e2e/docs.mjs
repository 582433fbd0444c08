// Draws the few pictures of the READMEs from a running demonstration into
// docs/pictures, small enough to be kept with the sources.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { House } from "./harness.mjs";

const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "docs", "pictures");
const most = 120 * 1024; // bytes

// What is drawn: its name, how the page is reached, and on which screen.
const pictures = [
  ["village", { width: 1000, height: 900 }, (page) => follow(page, "/villages", "/villages/")],
  ["tender", { width: 1000, height: 900 }, (page) => follow(page, "/", "/tenders/")],
  ["live", { width: 390, height: 844 }, live],
  ["proof", { width: 390, height: 1000 }, proof],
];

if (execFileSync("fc-list", [":lang=zh"]).length === 0) throw new Error("no font has Chinese signs: apt-get install fonts-noto-cjk");
mkdirSync(folder, { recursive: true });
const house = await House.open();
try {
  for (const [name, viewport, reach] of pictures) {
    const page = await house.visit({ viewport, deviceScaleFactor: 1 });
    await reach(page);
    console.log(`${name}.jpg ${await draw(page, join(folder, `${name}.jpg`))} bytes`);
    await page.context().close();
  }
} finally {
  await house.close();
}

async function follow(page, from, to) {
  await page.goto(from);
  await page.locator(`main a[href^='${to}']`).first().click();
  await page.locator("h1").waitFor();
}

async function live(page) {
  await follow(page, "/", "/lots/");
  await page.locator("[data-countdown]", { hasText: "秒" }).waitFor();
}

async function proof(page) {
  await follow(page, "/results", "/lots/");
  await page.locator("a.proof").first().click();
  await page.getByText("核对通过").waitFor();
}

// draw lowers the quality until the picture is small enough.
async function draw(page, path) {
  for (let quality = 82; quality >= 40; quality -= 6) {
    await page.screenshot({ path, type: "jpeg", quality });
    if (statSync(path).size <= most) return statSync(path).size;
  }
  throw new Error(`${path} is larger than ${most} bytes`);
}
