// Follows the links of a demonstration as somebody: of pages that differ only
// in an id, the first.

// own is what a signed-in person has beside the public pages.
export const own = /^\/(office|votes|password|registrations|bids|contracts|lots\/[a-z2-7]+\/(bid|register))/;

const skip = /^\/(static|photos|files|documents|api|logout)\b|\/log\/tile|[?&]as=csv|\.(ics|atom)$/;

// kindOf is a path without what tells its pages apart.
export function kindOf(path) {
  return path.replace(/\?.*|#.*/g, "").replace(/[a-z2-7]{16}|[0-9a-f]{64}/g, ":id");
}

// walk visits each kind once and says of each what look found there.
export async function walk(page, starts, look, { only = /./, most = 60, apart = kindOf, at = "" } = {}) {
  const [kinds, queue, found] = [new Map(), [...starts], []];
  while (queue.length > 0 && kinds.size < most) {
    const path = queue.shift();
    const kind = apart(path);
    if (kinds.has(kind) || skip.test(path)) continue;
    kinds.set(kind, path);
    const answer = await page.goto(at + path);
    if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
    for (const fault of await look(page, path, answer)) found.push(`${path}: ${fault}`);
    const links = await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    queue.push(...links.filter((link) => only.test(link)));
  }
  return { kinds, found };
}
