// A long form keeps what is typed by itself, two seconds after the typing stops,
// and says so. Without this the button beside the sending one does it.

const pause = 2000; // ms
const most = 60_000; // bytes that a browser sends while the page goes away

function keep(said: HTMLElement, form: HTMLFormElement): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let dirty = false;

  async function save(leaving = false): Promise<void> {
    clearTimeout(waiting);
    running?.abort();
    running = new AbortController();
    dirty = false;
    const body = typed(form, said.dataset.draft ?? "");
    try {
      const answer = await fetch("/office/drafts", {
        method: "POST", body, headers: { Accept: "application/json" }, redirect: "error",
        signal: leaving ? undefined : running.signal, keepalive: leaving && body.toString().length < most,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      said.textContent = `已存 ${((await answer.json()) as { saved: string }).saved}`;
    } catch (error) {
      if ((error as Error).name === "AbortError") return;
      dirty = true;
      said.textContent = "暂存未成功，请检查网络，或者点“暂存”。";
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  });
  // What is being sent needs no draft any more.
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    running?.abort();
    dirty = false;
  });
  addEventListener("pagehide", () => {
    if (dirty) void save(true);
  });
}

// typed is the form without its files, which go with the form alone.
function typed(form: HTMLFormElement, name: string): URLSearchParams {
  const body = new URLSearchParams();
  new FormData(form).forEach((value, key) => {
    if (typeof value === "string") body.append(key, value);
  });
  body.set("draft", name);
  return body;
}

document.querySelectorAll<HTMLElement>("[data-draft]").forEach((said) => {
  const form = said.closest("form");
  if (form) keep(said, form);
});
