// A badge that says 正在记入日志 asks until its leaf is in the log, ever more rarely,
// and gives up after some minutes: the next visit to the page shows it anyway.

interface Standing {
  in_chain: boolean;
  index: number;
}

const first = 800; // ms
const longest = 15000;
const tries = 20;

async function watch(badge: HTMLElement, address: string): Promise<void> {
  let wait = first;
  for (let i = 0; i < tries; i++) {
    await new Promise((wake) => setTimeout(wake, wait));
    wait = Math.min(wait * 1.6, longest);
    const standing = await ask(address);
    if (standing?.in_chain) {
      show(badge, standing.index);
      return;
    }
  }
}

async function ask(address: string): Promise<Standing | undefined> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as Standing) : undefined;
  } catch {
    return undefined; // out of reach for the moment
  }
}

function show(badge: HTMLElement, index: number): void {
  badge.classList.add("in-chain");
  badge.removeAttribute("data-poll");
  const words = badge.querySelector(".words");
  if (words) words.textContent = `已记入日志 第${index}条`;
}

document.querySelectorAll<HTMLElement>("[data-poll]").forEach((badge) => {
  const address = badge.dataset.poll;
  if (address) void watch(badge, address);
});
