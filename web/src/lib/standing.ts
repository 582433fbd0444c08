import type { Bid } from "./event";

const limit = 1_000_000_000; // fen; no price is higher

/** Standing is where one bidder stands in a rising auction, by what everybody hears.
 * The server decides what may be offered; this only spares a tap that it would refuse. */
export class Standing {
  leader: string; // empty while nobody has bid
  price: number; // the leading one, else the start; in fen
  bid: boolean; // whether this bidder ever has
  private readonly start: number;
  private readonly step: number;
  private readonly mostSteps: number;
  private readonly ranks: Record<string, number> = {};

  constructor(room: DOMStringMap, readonly own: string, bid: boolean) {
    const terms = JSON.parse(room.terms || "{}") as { step?: number; most_steps?: number };
    this.start = Number(room.start);
    this.step = terms.step ?? 0;
    this.mostSteps = terms.most_steps ?? 0;
    this.leader = room.leads ?? "";
    this.price = this.leader ? Number(room.leading) : this.start;
    this.bid = bid;
    for (const pair of (room.ranks ?? "").split(" ")) {
      const [bidder, rank] = pair.split(":");
      if (bidder) this.ranks[bidder] = Number(rank);
    }
  }

  take(bid: Bid): void {
    this.leader = bid.bidder;
    this.price = bid.price;
    this.bid = this.bid || bid.bidder === this.own;
  }

  get leads(): boolean {
    return this.leader === this.own;
  }

  get overtaken(): boolean {
    return this.bid && !this.leads;
  }

  /** matches says whether the bidder's right lets him lead at the same price. */
  get matches(): boolean {
    const [own, other] = [this.ranks[this.own] ?? 0, this.ranks[this.leader] ?? 0];
    return this.leader !== "" && !this.leads && own > 0 && (other <= 0 || own < other);
  }

  /** raised is the price after so many steps; the first of all is the start itself. */
  raised(steps: number): number {
    return this.leader ? this.price + this.step * steps : this.start + this.step * (steps - 1);
  }

  get most(): number {
    return Math.min(this.price + this.step * this.mostSteps, limit);
  }

  /** allows says whether an offer would still do. */
  allows(price: number, match: boolean): boolean {
    if (this.leads) return false;
    return match ? this.matches && price === this.price : price >= this.raised(1) && price <= this.most;
  }

  /** words says how many steps that is, and the sum that they come to if it is given. */
  words(steps: number, sum = ""): string {
    const more = this.leader ? steps : steps - 1;
    if (more === 0) return `起始价 ${sum}`.trim();
    return `加价 ${more} 档` + (sum && `，报 ${sum}`);
  }
}
