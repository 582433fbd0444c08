// The first page's cards of what is being bid for move with the bids.
import { drawLeader, flash, write } from "./lib/board";
import { bidOf, type Bid, type Leaf } from "./lib/event";
import { Link } from "./lib/link";
import { datetime } from "./lib/time";
import { yuan } from "./lib/money";

function draw(card: HTMLElement, bid: Bid): void {
  write(card, "data-price", yuan(bid.price));
  write(document, `data-price-of="${card.dataset.channel}"`, yuan(bid.price)); // the same lot among the notices
  drawLeader(card, bid.bidder, "领先");
  write(card, "data-bids", String(Number(card.querySelector("[data-bids]")?.textContent) + 1));
  ends(card, bid.ends);
  flash(card.querySelector("[data-price]"));
}

function ends(card: HTMLElement, at: number): void {
  const time = card.querySelector<HTMLTimeElement>("[data-ends]");
  if (time) time.dateTime = new Date(at).toISOString();
  write(card, "data-ends", datetime(at));
}

function close(card: HTMLElement): void {
  write(card, "data-state-chip", "竞价已结束");
  card.classList.remove("live");
}

function follow(link: Link, card: HTMLElement): void {
  link.follow({
    channel: card.dataset.channel ?? "",
    offset: Number(card.dataset.offset),
    epoch: card.dataset.epoch ?? "",
    event(leaf: Leaf) {
      const bid = bidOf(leaf);
      if (bid) draw(card, bid);
      if (leaf.kind === "lot.resumed") ends(card, Date.parse(leaf.facts.ends_at ?? ""));
      if (leaf.kind === "lot.closed" || leaf.kind === "lot.failed") close(card);
    },
  });
}

const cards = document.querySelectorAll<HTMLElement>(".card[data-channel]");
if (cards.length > 0) {
  const link = new Link(document.querySelector("[data-connection]"));
  cards.forEach((card) => follow(link, card));
  link.open();
}
