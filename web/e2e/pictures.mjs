// Draws each page that the demonstration links to, at 390 and 1280 pixels, for
// eyes to look at: the public ones once, then each person's own. Says which
// fail and which are wider than their screen.
import { rmSync } from "node:fs";
import { desk, House, out, phone, picture, wide } from "./harness.mjs";

const most = 40; // pages per visitor
const starts = { nobody: ["/", "/nowhere"] };
const own = /^\/(office|votes|password|registrations|bids|contracts|lots\/[a-z2-7]+\/bid)/;
const skip = /^\/(static|photos|files|documents|api|logout)|\/(tile|receipt|checkpoint|key)/;

rmSync(out, { recursive: true, force: true });
const house = await House.open();
try {
  for (const login of Object.keys(house.passwords)) starts[login] = ["/office", "/password"];
  for (const [who, begin] of Object.entries(starts)) {
    for (const [width, how] of Object.entries({ 390: { ...phone, javaScriptEnabled: true }, 1280: desk })) {
      const page = who === "nobody" ? await house.visit(how) : await house.login(who, how);
      await walk(page, begin, `${who}-${width}`);
      await page.context().close();
    }
  }
} finally {
  await house.close();
}

// walk draws pages in the order in which they are linked; of pages that differ
// only in an id it draws the first.
async function walk(page, begin, name) {
  const kinds = new Set();
  const queue = [...begin];
  while (queue.length > 0 && kinds.size < most) {
    const path = queue.shift();
    const kind = path.split("?")[0].split("/").map((part) => (/^[a-z2-7]{16}$|^[0-9a-f]{64}$/.test(part) ? "id" : part)).join("/");
    if (kinds.has(kind) || skip.test(path)) continue;
    kinds.add(kind);
    const answer = await page.goto(path);
    const over = await wide(page);
    const file = `${name}${kind.replaceAll("/", "_")}`;
    await picture(page, file);
    if (answer.status() >= 400 || over > 0) console.log(`${file}: status ${answer.status()}, ${over} pixels too wide`);
    const links = await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    queue.push(...links.filter((link) => begin[0] === "/" || own.test(link)));
  }
}
