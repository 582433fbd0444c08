// What a bidder has confirmed without an answer so far, kept while his page is drawn
// anew. It binds him, so it is his own number's in that lot and of his visit.
import type { Offer } from "./offer";

/** Kept is an offer with the token of the visit in which it was confirmed: the server takes it in no other. */
export interface Kept {
  offer: Offer;
  own: string;
  token: string;
  at: number; // ms, by the phone's clock
}

const name = "sunlot-offer-";
const lapse = 2 * 60 * 1000; // ms after which an offer without an answer is not sent again

/** lapsed says whether an offer of that age may no longer be sent; an age below zero is
 * that of a clock which was set back, and nobody knows the true one. */
export function lapsed(age: number): boolean {
  return !(age >= 0 && age <= lapse);
}

function keyOf(lot: string, own: string): string {
  return `${name}${lot}-${own}`;
}

export function keep(lot: string, kept: Kept): void {
  try {
    sessionStorage.setItem(keyOf(lot, kept.own), JSON.stringify(kept));
  } catch {
    // a private window keeps nothing
  }
}

/** remembered is what that number has in the lot without an answer. */
export function remembered(lot: string, own: string): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(lot, own)) ?? "null") as Kept | null;
    return kept && kept.own === own && kept.token && kept.offer ? kept : undefined;
  } catch {
    return undefined; // no storage in this browser, or another's content
  }
}

/** forget drops what is kept of one lot, or of all, but for one number's. */
export function forget(lot = "", but = ""): void {
  try {
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(lot ? `${name}${lot}-` : name) && !(but && key === keyOf(lot, but)))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // no storage in this browser
  }
}
