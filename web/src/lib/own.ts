// What a bidder sees of his own: whether he leads, and his raise in two taps. All that
// the room hears is public; which of it is his, the page decides by his own number.
import { Alarm } from "./alarm";
import { write } from "./board";
import { capital } from "./capital";
import { since } from "./clock";
import type { Bid } from "./event";
import { fill } from "./fill";
import { forget, keep, lapsed, remembered } from "./kept";
import { yearly, yuan } from "./money";
import { newOffer, send, type Offer, type Receipt } from "./offer";
import { Sheet } from "./sheet";
import { Standing } from "./standing";
import { exactly } from "./time";

const settling = 400; // ms in which a second tap is taken for a tremble
const steps = [1, 2, 5];

interface Asked {
  price: number;
  match: boolean;
  age: () => number; // ms
}

/** receiptOf reads from the room what the lost answer would have said. */
function receiptOf(bid: Bid): Receipt {
  return { price: bid.price, at: new Date(bid.at).toISOString(), ends_at: new Date(bid.ends).toISOString(), extended: bid.extended };
}

/** Own keeps the bidder's block, sheet or check true, and sends what he confirms. */
export class Own {
  private readonly standing: Standing;
  private readonly alarm: Alarm;
  private readonly sheet: Sheet;
  private readonly block: HTMLElement | null;
  private asked: Asked | undefined; // shown to be confirmed
  private sent: Offer | undefined; // confirmed, without an answer so far
  private doubtful: Offer | undefined; // lapsed, and nobody knows whether it counts
  private closing = false;
  private asOf = ""; // the time of the day that all this is of, while the server is not heard

  constructor(private readonly room: HTMLElement) {
    this.standing = new Standing(room.dataset, room.dataset.own ?? "", room.dataset.bid === "yes");
    this.sheet = new Sheet(room, this.standing);
    this.block = room.querySelector("[data-block]");
    this.alarm = new Alarm(room.querySelector("[data-sound]"));
    if (this.block) this.prepare(this.block);
    this.draw();
    this.remind();
  }

  /** take hears an accepted bid, anybody's. */
  take(bid: Bid): void {
    const led = this.standing.leads;
    this.standing.take(bid);
    const made = this.sent ?? this.doubtful;
    if (this.standing.leads && made?.price === bid.price && made.match === bid.match) this.taken(made, receiptOf(bid));
    if (this.asked && !this.standing.allows(this.asked.price, this.asked.match)) this.tooLate(this.asked);
    this.draw();
    if (led && this.standing.overtaken) this.alarm.ring(); // last: what is seen does not depend on what is heard
  }

  /** time says whether the end has come: nothing is offered any more. */
  time(over: boolean): void {
    if (over === this.closing) return;
    this.closing = over;
    this.draw();
  }

  /** of says of what time of the day the page is, or nothing while it is live. */
  of(time: string): void {
    if (time === this.asOf) return;
    this.asOf = time;
    this.draw();
  }

  private at<E extends HTMLElement = HTMLElement>(part: string): E | null {
    return this.block?.querySelector<E>(`[${part}]`) ?? null;
  }

  private prepare(block: HTMLElement): void {
    block.querySelectorAll<HTMLElement>("[data-plain]").forEach((e) => (e.hidden = true));
    const on = (part: string, act: () => void): void => this.at(part)?.addEventListener("click", act);
    on("data-raise", () => this.ask(this.standing.raised(1), false));
    on("data-match", () => this.ask(this.standing.price, true));
    on("data-confirm", () => this.confirm());
    on("data-back", () => this.back(""));
    block.addEventListener("keydown", (event) => event.key === "Escape" && this.asked && this.back(""));
    fill(this.at("data-steps"), ...steps.map((n) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "small quiet";
      button.dataset.steps = String(n);
      button.addEventListener("click", () => this.ask(this.standing.raised(n), false));
      return button;
    }));
  }

  /** ask shows what an offer means: the first tap. */
  private ask(price: number, match: boolean): void {
    const first = !this.asked;
    this.asked = { price, match, age: this.asked?.age ?? since() };
    this.answer("");
    this.draw();
    if (first) this.at("data-panel")?.focus();
  }

  private back(words: string): void {
    const inside = this.at("data-panel")?.contains(document.activeElement);
    this.asked = undefined;
    this.draw();
    this.answer(words);
    if (inside) this.at("data-raise")?.focus();
  }

  private tooLate(asked: Asked): void {
    this.back(`刚才 ${this.standing.leader} 号报了 ${yuan(this.standing.price)} 元，您要报的 ${yuan(asked.price)} 元没有报出。`);
  }

  /** confirm sends it: the second tap. */
  private confirm(): void {
    const asked = this.asked;
    if (!asked || this.sent || asked.age() < settling) return;
    this.asked = undefined;
    const offer = newOffer(asked.price, asked.match);
    keep(this.lot, { offer, own: this.standing.own, token: this.token, at: Date.now() });
    void this.send(offer, this.token);
  }

  /** send sends it under the visit in which it was confirmed; age, in ms, is above zero for what an earlier page has sent. */
  private async send(offer: Offer, token: string, age = 0): Promise<void> {
    const passed = since();
    this.sent = offer;
    this.doubtful = undefined;
    this.answer(`正在报 ${yuan(offer.price)} 元……`);
    this.draw();
    const may = (times: number): boolean => {
      if (this.sent !== offer || lapsed(age + passed())) return false;
      if (times > 0) this.answer("没有收到回音，正在用同一编号再发，不会报两次。");
      return true;
    };
    const answer = await send(this.lot, token, offer, may, age > 0 ? 1 : 0);
    if (this.sent !== offer) return; // the room has told of it already
    if (answer.taken) this.taken(offer, answer.taken);
    else if (answer.refused !== undefined) this.refused(answer.refused, answer.login === true);
    else this.unknown(offer, answer.login === true);
    this.draw();
  }

  private taken(offer: Offer, receipt: Receipt): void {
    this.settled();
    this.asked = undefined;
    const end = receipt.extended ? `截止顺延至 ${exactly(Date.parse(receipt.ends_at)).slice(-12, -4)}。` : "";
    const right = offer.match ? "行使优先权（同价），" : "";
    this.answer(`报价已收到：${yuan(receipt.price)} 元，${right}${exactly(Date.parse(receipt.at)).slice(-12)} 收到，不能撤回。${end}`);
  }

  /** unknown says where to look for what nobody has told; the room may tell it later. */
  private unknown(offer: Offer, login: boolean): void {
    this.settled();
    this.doubtful = offer;
    this.answer(`一直没有回音，不知道 ${yuan(offer.price)} 元这一笔报上没有，现在不再发。`
      + `请刷新本页，看“逐笔报价”里有没有 ${this.standing.own} 号的这一笔；有，就是已经收到，不能撤回。`);
    if (login) this.login();
  }

  private refused(words: string, login: boolean): void {
    this.settled();
    this.answer(`没有报上：${words}`);
    if (login) this.login();
  }

  private login(): void {
    const link = document.createElement("a");
    link.href = `/login?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = "登录";
    this.at("data-answer")?.append(" ", link);
  }

  private answer(words: string): void {
    write(this.room, "data-answer", words);
  }

  private get token(): string {
    return this.room.dataset.token ?? "";
  }

  private get lot(): string {
    return (this.room.dataset.channel ?? "").slice("lot:".length);
  }

  private draw(): void {
    const { standing } = this;
    const idle = !this.asked && !this.sent && !this.closing;
    const stood = standing.leads ? "您领先" : standing.overtaken ? "已被超过" : "您还没有报价";
    write(this.room, "data-standing", this.closing ? "正在截止" : this.asOf ? `${this.asOf} 时${stood}` : stood);
    write(this.room, "data-rival", standing.leads || !standing.leader ? "" : `${standing.leader} 号领先`);
    write(this.room, "data-own-price", yuan(standing.price));
    this.room.classList.toggle("leads", standing.leads && !this.asOf);
    this.room.classList.toggle("overtaken", standing.overtaken && !this.asOf);
    this.room.classList.toggle("stale", this.asOf !== "");
    this.alarm.say(standing.overtaken && !this.closing && !this.asOf ? "已被超过" : "");
    this.sheet.draw(this.closing, this.asOf);
    this.show("data-raise", idle && standing.allows(standing.raised(1), false), `报价 ${yuan(standing.raised(1))} 元`);
    this.show("data-match", idle && standing.matches, `同价 ${yuan(standing.price)} 元`);
    if (this.closing) this.asked = undefined;
    const panel = this.at("data-panel");
    if (panel) panel.hidden = !this.asked;
    if (this.asked) this.check(this.asked);
  }

  private show(part: string, shown: boolean, words: string): void {
    const button = this.at(part);
    if (!button) return;
    button.hidden = !shown;
    if (button.textContent !== words) button.textContent = words;
  }

  /** check draws the offer with all that it comes to. */
  private check({ price, match }: Asked): void {
    const rent = yearly(price, Number(this.room.dataset.factor));
    const whole = rent * Number(this.room.dataset.periods);
    write(this.room, "data-asked", yuan(price));
    write(this.room, "data-asked-words", (match ? "行使优先权（同价），" : "") + capital(price));
    write(this.room, "data-asked-yearly", `${yuan(rent)} 元（${capital(rent)}）`);
    write(this.room, "data-asked-whole", `${yuan(whole)} 元（${capital(whole)}）`);
    write(this.room, "data-confirm", match ? `确认行使优先权（同价）${yuan(price)} 元` : `确认报价 ${yuan(price)} 元`);
    this.room.querySelectorAll<HTMLElement>("button[data-steps]").forEach((button) => {
      const n = Number(button.dataset.steps);
      button.textContent = this.standing.words(n);
      button.hidden = match || this.standing.raised(n) > this.standing.most;
      button.setAttribute("aria-pressed", String(!match && this.standing.raised(n) === price));
    });
  }

  private settled(): void {
    this.sent = this.doubtful = undefined;
    forget(this.lot);
  }

  /** remind sends again what had no answer when the page was drawn anew. */
  private remind(): void {
    forget(this.lot, this.standing.own);
    const last = this.block ? remembered(this.lot, this.standing.own) : undefined;
    if (!last) return;
    const age = Date.now() - last.at;
    if (lapsed(age)) this.unknown(last.offer, false);
    else void this.send(last.offer, last.token, Math.max(age, 1));
  }
}
