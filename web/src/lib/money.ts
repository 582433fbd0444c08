// Sums are whole fen, areas whole hundredths of a mu, as on the server.

/** yuan writes a sum with two decimals and thousands marks: 1,544.00. */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, "0");
  return digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",") + "." + digits.slice(-2);
}

/** yearly is the rent of a year in fen, rounded half up. The product of the highest
 * price and the largest area is more than a number holds exactly, so the area is
 * counted in two parts; browsers of old telephones have no larger numbers. */
export function yearly(price: number, area: number): number {
  const part = 10_000;
  return price * Math.floor(area / part) * (part / 100) + Math.floor((price * (area % part) + 50) / 100);
}
