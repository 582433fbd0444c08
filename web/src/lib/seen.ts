// What this browser last saw of the log, so that what was seen cannot be taken
// back from it unnoticed.

export interface Seen {
  origin: string;
  key: string; // in hex
  size: number;
  root: string; // in hex
}

const name = "sunlot-log";

export function remembered(): Seen | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? "null") as Seen | null;
    return kept && Number.isSafeInteger(kept.size) && kept.size > 0 ? kept : undefined;
  } catch {
    return undefined; // no storage in this browser, or another's content
  }
}

export function remember(seen: Seen): void {
  try {
    localStorage.setItem(name, JSON.stringify(seen));
  } catch {
    // a private window keeps nothing
  }
}
