// Sixty ways to bring markup or script into a page through a text, which Go's
// tests type too. Each would leave the mark x9z as an element or attribute of its own, or set window.__x.
import { readFileSync } from "node:fs";

export const payloads = JSON.parse(readFileSync(new URL("payloads.json", import.meta.url), "utf8"));

// chunks puts as many payloads together as a field takes, beginning at another
// one for each field. What no line of text may hold is sent by itself, so that
// its refusal spares the others.
export function chunks(limit, first) {
  const turned = [...payloads.slice(first % payloads.length), ...payloads.slice(0, first % payloads.length)].filter((one) => one.length <= limit);
  const [odd, plain] = [turned.filter((one) => unreadable.test(one)), turned.filter((one) => !unreadable.test(one))];
  const full = [];
  for (const payload of plain) {
    const last = full.length - 1;
    if (last >= 0 && full[last].length + 1 + payload.length <= limit) full[last] += ` ${payload}`;
    else full.push(payload);
  }
  return [...full.slice(0, most), ...odd.slice(0, 2)];
}

const unreadable = /[\u0000-\u001f\u200b-\u202e]/;
const most = 4;
