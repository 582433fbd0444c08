// Sums are whole fen, areas whole hundredths of a mu, as on the server.

/** yuan writes a sum with two decimals and thousands marks: 1,544.00. */
export function yuan(fen: number | bigint): string {
  const digits = String(fen).padStart(3, "0");
  return digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",") + "." + digits.slice(-2);
}

/** yearly is the rent of a year in fen, rounded half up. The product may be
 * more than a double holds exactly. */
export function yearly(price: number, area: number): bigint {
  return (BigInt(price) * BigInt(area) + 50n) / 100n;
}
