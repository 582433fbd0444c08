// What a page measures time by: the phone's clock may be set while the page is open,
// and the steady one may stand still while the phone sleeps.

/** since begins to measure. Its answer says how many ms have passed, by the clock that
 * says more: it is safe to take the news for old, not to take the old for news. */
export function since(): () => number {
  const [steady, set] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - steady, Date.now() - set);
}

/** Served is the server's clock, carried on by the steady one; instants in ms. */
export class Served {
  private ahead: number;

  /** It begins with the time at which the server drew the page. */
  constructor(drawn: number) {
    this.ahead = drawn - arrived();
  }

  hear(now: number): void {
    this.ahead = now - performance.now();
  }

  get now(): number {
    return performance.now() + this.ahead;
  }
}

/** arrived is when the page came, by the steady clock. */
function arrived(): number {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return page?.responseStart ?? 0;
}
