/** Leaf is an event as it stands in the public log. */
export interface Leaf {
  seq: number;
  at: string;
  kind: string;
  facts: { bidder?: string; price?: number; match?: boolean; ends_at?: string; extended?: boolean; received?: string };
}

/** Bid is a price that the server has accepted; instants in ms, price in fen. */
export interface Bid {
  seq: number;
  at: number;
  bidder: string;
  price: number;
  match: boolean;
  ends: number;
  extended: boolean;
}

/** bidOf reads a bid.placed; any other event is none. */
export function bidOf(leaf: Leaf): Bid | undefined {
  if (leaf.kind !== "bid.placed") return undefined;
  const { bidder = "", price = 0, match = false, ends_at = "", extended = false, received = leaf.at } = leaf.facts;
  return { seq: leaf.seq, at: Date.parse(received), bidder, price, match, ends: Date.parse(ends_at), extended };
}
