// The room: what the server drew goes on by itself.
import { Board, flash, write, writeAll } from "./lib/board";
import { Served, since } from "./lib/clock";
import { bidOf, type Bid, type Leaf } from "./lib/event";
import { Link, reload } from "./lib/link";
import { forget } from "./lib/kept";
import { Own } from "./lib/own";
import { exactly, remaining } from "./lib/time";

const late = 5 * 60 * 1000; // in which a bid moves the end
const turns: Record<string, string[]> = { listed: ["lot.opened", "lot.failed"], bidding: ["lot.closed", "lot.failed"] };

/** Part is what a mode makes of a bidder's own part of the room. */
interface Part {
  take(bid: Bid): void;
  time(over: boolean): void;
  of(time: string): void;
}

/** parts are those of the modes, by their names. A mode without one has the page as the
 * server drew it, which says that it is of before as soon as something happens. */
const parts: Record<string, (room: HTMLElement) => Part> = { "ascending/1": (room) => new Own(room) };

function enter(room: HTMLElement): void {
  const state = room.dataset.state ?? "";
  const board = new Board(room);
  const part = parts[room.dataset.mode ?? ""];
  const own = room.dataset.own && state === "bidding" ? part?.(room) : undefined;
  if (!room.dataset.own) forget((room.dataset.channel ?? "").slice("lot:".length));
  const target = (): number => (state === "listed" ? Date.parse(room.dataset.opens ?? "") : board.ends);
  const watch = countdown(room, state, target, (over) => own?.time(over), (time) => own?.of(time));
  let changed = false;
  const link = new Link(room.querySelector("[data-connection]"));
  link.follow({
    channel: room.dataset.channel ?? "",
    offset: Number(room.dataset.offset),
    epoch: room.dataset.epoch ?? "",
    event(leaf: Leaf) {
      if (turns[state]?.includes(leaf.kind)) reload();
      if (!part && state === "bidding" && leaf.seq > board.head) changed = true;
      board.apply(leaf);
      const bid = bidOf(leaf);
      if (!bid) return;
      own?.take(bid);
      queueMicrotask(() => ["[data-price]", "[data-bids] tr"].forEach((at) => flash(room.querySelector(at))));
    },
    status(said) {
      watch(said.now);
      board.tick(said.now);
      write(room, "data-viewers", `${said.viewers} 人`);
      const asOf = room.querySelector<HTMLElement>("[data-asof]");
      if (changed && asOf) asOf.hidden = false;
    },
  });
  link.open();
}

/** countdown shows what is left by the server's clock, which the function it
 * answers is told now and then, and says whether the time is over. */
function countdown(
  room: HTMLElement, state: string, target: () => number, over: (is: boolean) => void, of: (time: string) => void,
): (now: number) => void {
  const drawn = Date.parse(room.dataset.now ?? "");
  const clock = new Served(drawn);
  const [before, after] = state === "listed" ? ["距开始还有 ", "正在开始"] : ["", "正在截止"];
  const show = (): void => {
    const ms = target() - clock.now;
    writeAll(room, "data-countdown", ms > 0 ? before + remaining(ms) : after);
    over(ms <= 0);
    room.classList.toggle("closing", ms <= late);
    const closing = room.querySelector<HTMLElement>("[data-closing]");
    if (closing) closing.hidden = ms > 0;
    if (state === "bidding") say(ms);
  };
  const say = announcer();
  const stale = freshness(room, drawn, of);
  setInterval(show, 200);
  return (now) => {
    clock.hear(now);
    stale(now);
    show();
  };
}

const silence = 6000; // ms; the server speaks every two seconds

/** freshness says of when the page is while the server is not heard: on the page, and
 * to of, which is told nothing once it is. The function it answers is told the server's
 * time whenever it speaks. */
function freshness(room: HTMLElement, drawn: number, of: (time: string) => void): (now: number) => void {
  const said = room.querySelector<HTMLElement>("[data-asof]");
  let [silent, last] = [since(), drawn];
  setInterval(() => {
    if (silent() < silence) return;
    const time = exactly(last).slice(-12, -4);
    of(time);
    if (!said) return;
    write(said, "data-asof-time", time);
    said.hidden = false;
  }, 1000);
  return (now) => {
    [silent, last] = [since(), now];
    of("");
    if (said) said.hidden = true;
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
