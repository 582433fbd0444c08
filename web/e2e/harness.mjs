// Starts the program with a demonstration of its own and opens pages in
// Debian's Chromium. What it starts it stops, and its data are gone afterwards.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const out = join(root, "web", "e2e", "out");

// phone is the villager's: 390 pixels wide and without JavaScript.
export const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false };
export const desk = { viewport: { width: 1280, height: 900 } };

export const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on("error", fail).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function passwordsIn(text) {
  return Object.fromEntries([...text.matchAll(/^ {2}(\S+) +(\S+) +\S+$/gm)].map(([, login, password]) => [login, password]));
}

// built is the program: the one that e2e/run.mjs has built for all files, or one
// built in the folder.
function built(folder) {
  const given = process.env.SUNLOT_E2E_PROGRAM;
  const program = given ?? join(folder, "sunlot");
  if (!given) execFileSync("go", ["build", "-o", program, "./cmd/sunlot"], { cwd: root, stdio: "inherit" });
  return program;
}

// House is a running demonstration and a browser, which may be given flags of
// its own. It begins on a copy of the county that e2e/run.mjs has founded, if
// there is one.
export class House {
  static async open(flags = []) {
    const house = new House();
    house.folder = mkdtempSync(join(tmpdir(), "sunlot-e2e-"));
    const program = (house.program = built(house.folder));
    const founded = process.env.SUNLOT_E2E_DATA;
    if (founded) cpSync(founded, join(house.folder, "data"), { recursive: true });
    const [port, roomPort] = [await freePort(), await freePort()];
    house.url = `http://127.0.0.1:${port}`;
    house.room = `http://127.0.0.1:${roomPort}`; // the reading room's
    house.said = "";
    house.passwords = house.officers = {}; // by login, as the demonstration prints them
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("SUNLOT_")));
    house.process = spawn(program, ["demo"], {
      cwd: house.folder,
      env: { ...env, SUNLOT_ADDR: `127.0.0.1:${port}`, SUNLOT_URL: house.url, SUNLOT_ORIGIN: "sunlot.test/log", SUNLOT_DATA: join(house.folder, "data"),
        SUNLOT_GUARD: join(house.folder, "guard"), // a founded folder runs as many copies
        SUNLOT_LEADS_ADDR: `127.0.0.1:${roomPort}`, SUNLOT_LEADS_URL: house.room },
    });
    for (const stream of [house.process.stdout, house.process.stderr]) {
      stream.on("data", (part) => (house.said += part));
    }
    try {
      await house.ready();
      const [here, room = ""] = house.said.split("\n受理室（"); // whose people have accounts of their own
      house.passwords = passwordsIn(here);
      house.officers = passwordsIn(room);
      house.browser = await chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell", args: [...quiet, ...flags] });
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  // ready waits until the program answers.
  async ready() {
    for (let i = 0; i < 900; i++) {
      if (this.process.exitCode !== null) throw new Error(`sunlot stopped:\n${this.said}`);
      try {
        if ((await fetch(`${this.url}/healthz`)).ok) return;
      } catch {
        // not listening yet
      }
      await new Promise((wake) => setTimeout(wake, 100));
    }
    throw new Error(`sunlot did not answer within 90 seconds:\n${this.said}`);
  }

  // now is the demonstration's clock.
  async now() {
    return new Date((await (await fetch(`${this.url}/api/demo/clock`)).json()).now);
  }

  // clock moves the demonstration's clock forward.
  async clock(to) {
    const answer = await fetch(`${this.url}/api/demo/clock`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ now: to }),
    });
    if (!answer.ok) throw new Error(`the clock did not move: ${await answer.text()}`);
  }

  // stop ends the program, which leaves its data whole.
  async stop() {
    if (this.process.exitCode === null) {
      const ended = new Promise((done) => this.process.once("exit", done));
      this.process.kill("SIGTERM");
      await ended;
    }
  }

  async close() {
    await this.browser?.close();
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // visit opens a page of one's own: nobody's cookies are shared.
  async visit(how = desk) {
    const context = await this.browser.newContext({ ...how, baseURL: this.url, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
    context.setDefaultTimeout(10_000);
    return context.newPage();
  }

  // login opens a page as somebody, by the form that people use; enter does so
  // in the reading room.
  login(name, how = desk) {
    return this.#enter(this.url, name, this.passwords[name], how);
  }

  enter(name, how = desk) {
    return this.#enter(this.room, name, this.officers[name], how);
  }

  async #enter(at, name, password, how) {
    const page = await this.visit(how);
    await page.goto(`${at}/login`);
    await page.getByLabel("登录名").fill(name);
    await page.getByLabel("密码").fill(password);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("button", { name: "退出" }).waitFor();
    return page;
  }
}

// main follows a link of those that stand above every page.
export function main(page, name) {
  return page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name, exact: true }).click();
}

// menu follows a link of what somebody works with; from the pages that everybody reads
// the way leads over the desk.
export async function menu(page, name) {
  const own = page.getByRole("navigation", { name: "办理" });
  if ((await own.count()) === 0) await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: /^工作台$|^我的$/ }).click();
  await own.getByRole("link", { name, exact: true }).click();
}

// picture keeps what a page looks like under web/e2e/out.
export async function picture(page, name) {
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
}

// seen runs a step and keeps a picture of the page when it fails.
export async function seen(page, name, step) {
  try {
    return await step();
  } catch (error) {
    await picture(page, `failed-${name}`).catch(() => {});
    throw new Error(`${name}, at ${page.url()}: ${error.message}`, { cause: error });
  }
}

// wide says by how many pixels a page is wider than its screen.
export function wide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const spoken = new Set(["button", "checkbox", "combobox", "link", "radio", "searchbox", "slider", "textbox"]);

// nameless lists the controls and links that a screen reader cannot name, of
// which a page has more than a few.
export async function nameless(page, few = 3) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const controls = nodes.filter((node) => !node.ignored && spoken.has(node.role?.value));
  if (controls.length <= few) throw new Error(`only ${controls.length} controls`);
  return controls.filter((node) => !node.name?.value.trim()).map((node) => node.role.value);
}
