// The room: what the server drew goes on by itself.
import { Board, flash, write } from "./lib/board";
import type { Leaf } from "./lib/event";
import { Link, reload } from "./lib/link";
import { remaining } from "./lib/time";

const late = 5 * 60 * 1000; // in which a bid moves the end
const turns: Record<string, string[]> = { listed: ["lot.opened", "lot.failed"], bidding: ["lot.closed", "lot.failed"] };

function enter(room: HTMLElement): void {
  const state = room.dataset.state ?? "";
  const board = new Board(room);
  const target = (): number => (state === "listed" ? Date.parse(room.dataset.opens ?? "") : board.ends);
  const watch = countdown(room, state, target);
  const link = new Link(room.querySelector("[data-connection]"));
  link.follow({
    channel: room.dataset.channel ?? "",
    offset: Number(room.dataset.offset),
    epoch: room.dataset.epoch ?? "",
    event(leaf: Leaf) {
      if (turns[state]?.includes(leaf.kind)) reload();
      board.apply(leaf);
      if (leaf.kind !== "bid.placed") return;
      queueMicrotask(() => ["[data-price]", "[data-bids] tr"].forEach((at) => flash(room.querySelector(at))));
    },
    status(said) {
      watch(said.now);
      board.tick(said.now);
      write(room, "data-viewers", `${said.viewers} 人`);
    },
  });
  link.open();
}

/** countdown shows what is left by the server's clock, which the function it
 * answers is told now and then. */
function countdown(room: HTMLElement, state: string, target: () => number): (now: number) => void {
  let ahead: number | undefined; // how far the server's clock is ahead of the phone's, ms
  const [before, after] = state === "listed" ? ["距开始还有 ", "正在开始"] : ["", "正在截止"];
  const show = (): void => {
    if (ahead === undefined) return;
    const ms = target() - (Date.now() + ahead);
    write(room, "data-countdown", ms > 0 ? before + remaining(ms) : after);
    room.classList.toggle("closing", ms <= late);
    const closing = room.querySelector<HTMLElement>("[data-closing]");
    if (closing) closing.hidden = ms > 0;
    if (state === "bidding") say(ms);
  };
  const say = announcer();
  setInterval(show, 200);
  return (now) => {
    ahead = now - Date.now();
    show();
  };
}

const marks = [10, 5, 1]; // minutes left at which it is said aloud

/** announcer says what is left only when a mark is passed: a screen reader that
 * heard every second would read nothing else. */
function announcer(): (ms: number) => void {
  let said = marks.length + 1;
  return (ms) => {
    const passed = marks.filter((minutes) => ms <= minutes * 60_000).length;
    if (passed === said) return;
    if (passed > 0 && ms > 0) write(document.body, "data-left", `竞价还剩不到 ${marks[passed - 1]} 分钟`);
    said = passed;
  };
}

const room = document.querySelector<HTMLElement>("[data-room]");
if (room && room.dataset.state! in turns) enter(room);
