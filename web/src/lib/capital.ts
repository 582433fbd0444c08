// A sum in the numerals that cannot be altered by a stroke, as the server writes it.
const digits = "零壹贰叁肆伍陆柒捌玖";
const places: [size: number, name: string][] = [[1e8, "亿"], [1e4, "万"], [1000, "仟"], [100, "佰"], [10, "拾"]];

/** capital writes whole fen, at most what a number holds exactly, below zero never. */
export function capital(fen: number): string {
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  let said = yuan > 0 ? numeral(yuan) + "元" : jiao === 0 && rest === 0 ? "零元" : "";
  if (jiao > 0) said += digits[jiao] + "角";
  else if (rest > 0 && yuan > 0) said += "零";
  if (rest > 0) said += digits[rest] + "分";
  return jiao === 0 && rest === 0 ? said + "整" : said;
}

function numeral(n: number): string {
  for (const [size, name] of places) {
    if (n < size) continue;
    const [head, rest] = [numeral(Math.floor(n / size)) + name, n % size];
    if (rest === 0) return head;
    return head + (rest < size / 10 ? "零" : "") + numeral(rest);
  }
  return digits[n] ?? "";
}
