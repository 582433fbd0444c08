import { Chart } from "./chart";
import { bidOf, type Bid, type Leaf } from "./event";
import { yearly, yuan } from "./money";
import { clock, exactly } from "./time";
import { fill } from "./fill";

const fewRows = 50; // as many as the server draws at first

/** write puts text into a part of the page, if it is there. */
export function write(root: ParentNode, part: string, text: string): void {
  const at = root.querySelector(`[${part}]`);
  if (at && at.textContent !== text) at.textContent = text;
}

/** writeAll puts text into all parts of that name. */
export function writeAll(root: ParentNode, part: string, text: string): void {
  root.querySelectorAll(`[${part}]`).forEach((at) => at.textContent !== text && (at.textContent = text));
}

/** drawLeader says who leads, or who has won. */
export function drawLeader(root: ParentNode, bidder: string, word: string): void {
  const number = document.createElement("b");
  number.setAttribute("data-leader", "");
  number.textContent = bidder;
  const said = document.createElement("span");
  said.setAttribute("data-leader-word", "");
  said.textContent = word;
  fill(root.querySelector("[data-leader-line]"), number, " 号", said);
}

/** flash draws the eye to what has just changed. */
export function flash(at: Element | null): void {
  at?.classList.remove("new");
  requestAnimationFrame(() => at?.classList.add("new"));
}

function rowOf(bid: Bid, unit: string): HTMLTableRowElement {
  const row = document.createElement("tr");
  row.dataset.seq = String(bid.seq);
  const time = document.createElement("time");
  time.dateTime = new Date(bid.at).toISOString();
  time.textContent = exactly(bid.at);
  const how = (bid.match ? "行使优先权（同价）" : "加价") + (bid.extended ? "，顺延" : "");
  for (const [label, content] of [["收到时间", time], ["竞买号", bid.bidder], [`单价（${unit}）`, yuan(bid.price)], ["方式", how]] as const) {
    const cell = row.insertCell();
    cell.dataset.label = label;
    cell.append(content);
  }
  const price = row.cells[2]!;
  price.classList.add("number");
  price.dataset.unit = unit;
  return row;
}

/** Board draws a lot's price, sums, end, chart and bids into the server's page. */
export class Board {
  head: number; // seq of the newest event that is drawn
  ends: number;
  private readonly chart: Chart;
  private readonly mostRows: number; // older ones are a link away
  private readonly factor: number; // how many hundredths of the price a period comes to
  private readonly periods: number;
  private fresh: Bid[] = []; // not drawn yet
  private count: number;
  private now = 0; // by the server's clock
  private over = false;
  private resumed = false; // the newest event gave lost time back
  private drawing = false;

  constructor(private readonly root: HTMLElement) {
    const d = root.dataset;
    this.factor = Number(d.factor);
    this.periods = Number(d.periods);
    this.head = Number(d.offset ?? 0);
    this.ends = Date.parse(d.ends ?? "");
    this.chart = new Chart(Date.parse(d.opens ?? ""), this.ends, Number(d.start));
    const rows = [...root.querySelectorAll<HTMLElement>("[data-bids] tr")].reverse();
    this.mostRows = Math.max(fewRows, rows.length);
    const course = root.querySelector<HTMLElement>("[data-course]")?.dataset.course?.split(" ").map((p) => p.split(",").map(Number));
    this.chart.points = course
      ? course.map(([at, price]) => ({ at: at!, price: price! }))
      : rows.map((row) => ({ at: Date.parse(row.querySelector("time")?.dateTime ?? ""), price: Number(row.dataset.price) }));
    this.count = Number.parseInt(root.querySelector("[data-count]")?.textContent ?? "0", 10);
  }

  /** clear goes back to the opening, with the end that was set then. */
  clear(ends: number): void {
    this.head = this.count = 0;
    this.over = false;
    this.ends = ends;
    this.chart.points = [];
    this.fresh = [];
    fill(this.root.querySelector("[data-bids]"));
    fill(this.root.querySelector("[data-leader-line]"), "起始价，暂无报价");
    this.later();
  }

  /** apply takes events in their order, each once; what is drawn already is passed over. */
  apply(leaf: Leaf): void {
    if (leaf.seq <= this.head) return;
    this.head = leaf.seq;
    this.over ||= leaf.kind === "lot.closed";
    const bid = bidOf(leaf);
    if (bid) {
      this.chart.points.push(bid);
      this.fresh.push(bid);
      this.count++;
      this.ends = bid.ends;
    }
    this.resumed = leaf.kind === "lot.resumed";
    if (this.resumed) this.ends = Date.parse(leaf.facts.ends_at ?? "");
    if (bid || this.resumed || leaf.kind === "lot.closed") this.later();
  }

  /** later draws once for all events that come in one breath. */
  private later(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private draw(): void {
    const last = this.fresh[this.fresh.length - 1];
    const price = this.chart.highest;
    const rent = yearly(price, this.factor);
    write(this.root, "data-price", yuan(price));
    write(this.root, "data-yearly", yuan(rent));
    write(this.root, "data-whole", yuan(rent * this.periods));
    write(this.root, "data-count", `${this.count} 次`);
    if (last) drawLeader(this.root, last.bidder, "领先");
    if (this.over) write(this.root, "data-leader-word", "成交");
    this.rows();
    this.end(last?.extended === true);
    this.line();
    write(this.root, "data-highest", yuan(price));
    const begun = this.root.querySelector<HTMLElement>("[data-begun]");
    if (begun) begun.hidden = this.chart.points.length === 0;
    this.fresh = [];
  }

  /** tick says what time it is: the price's line has come that far. */
  tick(now: number): void {
    this.now = now;
    this.line();
  }

  private line(): void {
    const newest = this.chart.points[this.chart.points.length - 1]?.at ?? 0;
    this.chart.until = this.over ? this.ends : Math.min(Math.max(this.now, newest), this.ends);
    this.root.querySelector("[data-line]")?.setAttribute("d", this.chart.path);
    const names = this.root.querySelectorAll("[data-axis]");
    this.chart.axis.forEach((price, i) => names[i] && (names[i]!.textContent = yuan(price)));
    write(this.root, "data-axis-middle", clock(this.chart.middle));
    write(this.root, "data-axis-until", clock(this.chart.until));
  }

  private rows(): void {
    const body = this.root.querySelector("[data-bids]");
    if (!body || this.fresh.length === 0) return;
    this.root.querySelector("[data-no-bids]")?.remove();
    body.closest("table")?.removeAttribute("hidden"); // without a row it has nothing to head
    const unit = this.root.dataset.unit ?? "";
    body.prepend(...this.fresh.map((bid) => rowOf(bid, unit)).reverse());
    while (body.childElementCount > this.mostRows) body.lastElementChild?.remove();
  }

  private end(extended: boolean): void {
    const time = this.root.querySelector<HTMLTimeElement>("[data-end]");
    if (time) time.dateTime = new Date(this.ends).toISOString();
    write(this.root, "data-end", exactly(this.ends).slice(0, -4));
    const why = this.resumed ? "服务中断的时间已补回，" : extended ? "最后五分钟内有人报价，" : "";
    write(this.root, "data-extended", why && `${why}截止顺延至 ${exactly(this.ends).slice(-12, -4)}`);
  }
}
