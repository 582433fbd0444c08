// The same geometry as the server's drawing, in the chart's own units.
const width = 600;
const height = 180;

export interface Point {
  at: number;
  price: number;
}

/** Chart is a price that goes up in steps between two instants. */
export class Chart {
  points: Point[] = [];

  constructor(private readonly from: number, public until: number, private readonly start: number) {}

  /** highest is the newest price, or the start. */
  get highest(): number {
    return this.points[this.points.length - 1]?.price ?? this.start;
  }

  /** top is where the drawing ends, at least one yuan above the start. */
  private get top(): number {
    return Math.max(this.highest, this.start + 100);
  }

  /** axis is the prices that the chart names, from the top down. */
  get axis(): number[] {
    return [this.top, this.start + Math.trunc((this.top - this.start) / 2), this.start];
  }

  /** middle is the instant in the middle of the time that it shows. */
  get middle(): number {
    return this.from + Math.trunc((this.until - this.from) / 2);
  }

  /** path is the d of the line: level until a bid, then up. */
  get path(): string {
    const steps = this.points.map((p) => `H${this.x(p.at)}V${this.y(p.price)}`);
    return `M0 ${this.y(this.start)}${steps.join("")}H${width}`;
  }

  private x(at: number): number {
    const whole = this.until - this.from;
    return whole <= 0 ? 0 : Math.min(Math.max(Math.trunc(((at - this.from) * width) / whole), 0), width);
  }

  private y(price: number): number {
    return height - Math.trunc(((price - this.start) * (height - 10)) / (this.top - this.start));
  }
}
