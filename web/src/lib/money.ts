// Sums are whole fen; a factor is how many hundredths of a price a period comes to, as on the server.

/** yuan writes a sum with two decimals and thousands marks: 1,544.00. */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, "0");
  return digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",") + "." + digits.slice(-2);
}

/** yearly is what a price comes to in a period, in fen, rounded half up. The product of the highest
 * price and the largest factor is more than a number holds exactly, so the factor is
 * counted in two parts; browsers of old telephones have no larger numbers. */
export function yearly(price: number, factor: number): number {
  const part = 10_000;
  return price * Math.floor(factor / part) * (part / 100) + Math.floor((price * (factor % part) + 50) / 100);
}
