// The replay of a lot: the same events that the room heard, read from the public
// record and drawn by the same code, at the visitor's speed.
import { Board } from "./lib/board";
import type { Leaf } from "./lib/event";
import { exactly } from "./lib/time";
import { fill } from "./lib/fill";

const speeds = [1, 20, 100];

// labelled puts a control into its label.
function labelled(words: string, control: HTMLElement): HTMLElement {
  const label = document.createElement("label");
  label.append(words, control);
  return label;
}

class Replay {
  private readonly board: Board;
  private readonly from: number;
  private readonly to: number;
  private at: number;
  private speed = 20;
  private timer = 0;
  private readonly slider = document.createElement("input");
  private readonly button = document.createElement("button");
  private readonly clock = document.createElement("output");

  constructor(root: HTMLElement, private readonly leaves: Leaf[]) {
    this.board = new Board(root);
    this.from = Date.parse(leaves[0]?.at ?? "");
    this.to = Date.parse(leaves[leaves.length - 1]?.at ?? "");
    this.at = this.to; // as the page was drawn; playing begins anew
    fill(root.querySelector("[data-controls]"), this.controls());
    this.show();
  }

  private controls(): HTMLElement {
    const box = document.createElement("div");
    box.className = "controls";
    this.button.type = "button";
    this.button.textContent = "播放";
    this.button.addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    const choice = document.createElement("select");
    for (const s of speeds) choice.add(new Option(`${s}×`, String(s), s === this.speed, s === this.speed));
    choice.addEventListener("change", () => (this.speed = Number(choice.value)));
    Object.assign(this.slider, { type: "range", min: String(this.from), max: String(this.to), step: "1" });
    this.slider.addEventListener("input", () => {
      this.at = Number(this.slider.value);
      this.show();
    });
    box.append(this.button, labelled("播放速度", choice), labelled("回放到", this.slider), this.clock);
    return box;
  }

  private play(): void {
    if (this.at >= this.to) this.at = this.from;
    this.button.textContent = "暂停";
    let before = performance.now();
    this.timer = window.setInterval(() => {
      const now = performance.now();
      this.at = Math.min(this.at + (now - before) * this.speed, this.to);
      before = now;
      this.show();
      if (this.at >= this.to) this.pause();
    }, 100);
  }

  private pause(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.button.textContent = "播放";
  }

  // show draws the board as it was at this moment; going back begins anew.
  private show(): void {
    const happened = this.leaves.filter((l) => Date.parse(l.at) <= this.at);
    if ((happened[happened.length - 1]?.seq ?? 0) < this.board.head || this.board.head === 0) {
      const opened = this.leaves.find((l) => l.kind === "lot.opened");
      this.board.clear(Date.parse(opened?.facts.ends_at ?? ""));
    }
    happened.forEach((l) => this.board.apply(l));
    this.board.tick(this.at);
    this.slider.value = String(this.at);
    this.slider.setAttribute("aria-valuetext", exactly(this.at));
    this.clock.textContent = exactly(this.at);
  }
}

// read fetches the leaves up to the closing, a thousand at a time: what follows
// it belongs to the result.
async function read(channel: string): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  for (;;) {
    const after = leaves[leaves.length - 1]?.seq ?? 0;
    const answer = await fetch(`/api/v1/streams/${channel}/events?after=${after}&limit=1000`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the record answered ${answer.status}`);
    const got = ((await answer.json()) as { leaves: string[] }).leaves;
    for (const text of got) {
      const leaf = JSON.parse(text) as Leaf;
      leaves.push(leaf);
      if (leaf.kind === "lot.closed") return leaves;
    }
    if (got.length === 0) return leaves;
  }
}

const root = document.querySelector<HTMLElement>("[data-replay]");
if (root) {
  read(root.dataset.channel ?? "").then((leaves) => leaves.length > 0 && new Replay(root, leaves), () => {
    const place = root.querySelector("[data-controls]");
    if (place) place.textContent = "记录暂时读不到，下面是完整的逐笔报价。刷新可以再试。";
  });
}
