// Single hashes of the log's tree, read out of its tiles (C2SP tlog-tiles).
import { inner, type Hash, type Nodes } from "./tree";

const height = 8;
const width = 1 << height;

/** tilesAt gives the nodes of a tree of that size, each tile asked for once. */
export function tilesAt(address: string, size: number): Nodes {
  const kept = new Map<string, Promise<Uint8Array>>();
  return async (level, n) => {
    const row = Math.floor(level / height);
    const count = 2 ** (level - row * height); // hashes of the row below the node
    const first = n * count;
    const tile = Math.floor(first / width);
    const all = Math.floor(size / 2 ** (row * height));
    const path = pathOf(row, tile, Math.min(width, all - tile * width));
    let body = kept.get(path);
    if (!body) kept.set(path, (body = load(address + path)));
    const bytes = await body;
    const at = first % width;
    return fold(Array.from({ length: count }, (_, i) => bytes.slice((at + i) * 32, (at + i + 1) * 32)));
  };
}

function fold(row: Hash[]): Hash {
  while (row.length > 1) row = row.filter((_, i) => i % 2 === 0).map((left, i) => inner(left, row[2 * i + 1]!));
  return row[0]!;
}

function pathOf(row: number, n: number, w: number): string {
  let path = String(n % 1000).padStart(3, "0");
  for (n = Math.floor(n / 1000); n > 0; n = Math.floor(n / 1000)) path = `x${String(n % 1000).padStart(3, "0")}/${path}`;
  return `${row}/${path}${w < width ? `.p/${w}` : ""}`;
}

async function load(address: string): Promise<Uint8Array> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
