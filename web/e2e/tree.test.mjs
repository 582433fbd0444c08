// The proof page's tree against whole trees that are computed plainly: every
// place of small ones, and a large one read out of its tiles over a socket.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { test } from "node:test";
import { build } from "esbuild";

async function shared(...names) {
  const contents = names.map((name) => `export * from "./${name}";`).join("\n");
  const resolveDir = new URL("../src/lib", import.meta.url).pathname;
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

const { climb, grow, hex, leafHash: ours, tilesAt } = await shared("tree", "tiles");

// RFC 6962's definitions, word for word, by another's hash.
const hashed = (...parts) => new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());
const leafHash = (leaf) => hashed(Buffer.of(0), Buffer.from(leaf));
const inner = (left, right) => hashed(Buffer.of(1), left, right);
function rootOf(leaves) {
  if (leaves.length === 1) return leaves[0];
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return inner(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

function pathOf(index, leaves) {
  if (leaves.length === 1) return [];
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return index < k ? [...pathOf(index, leaves.slice(0, k)), rootOf(leaves.slice(k))] : [...pathOf(index - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}

test("each leaf's path leads to the root, and no other does", () => {
  assert.deepEqual(ours("塘"), leafHash("塘"));
  for (let size = 1; size <= 20; size++) {
    const leaves = Array.from({ length: size }, (_, i) => leafHash(`${i}`));
    const root = hex(rootOf(leaves));
    for (let i = 0; i < size; i++) {
      const path = pathOf(i, leaves);
      const at = (index, from, way) => hex(climb(index, from, leaves[i], way) ?? new Uint8Array());
      assert.equal(at(i, size, path), root, `${i} of ${size}`);
      assert.notEqual(at(i + 1, size, path), root, `${i} as ${i + 1} of ${size}`);
      assert.equal(at(i, size, [...path, leaves[0]]), "", `${i} of ${size} with a hash too many`);
      if (size > 1) assert.equal(at(i, size, path.slice(1)), "", `${i} of ${size} with a hash too few`);
    }
  }
});

test("an older root and the newer come out of the tiles of a large tree", async () => {
  const size = 66_000; // three rows of tiles
  const leaves = Array.from({ length: size }, (_, i) => leafHash(`${i}`));
  const rows = [leaves, above(leaves), above(above(leaves))];
  const asked = new Set();
  const server = createServer((request, response) => {
    const [, row, path, , width] = /^\/(\d+)\/([x\d/]+)(\.p\/(\d+))?$/.exec(request.url);
    const tile = Number(path.replace(/[x/]/g, ""));
    asked.add(request.url);
    const hashes = rows[row].slice(tile * 256, tile * 256 + Number(width ?? 256));
    response.writeHead(hashes.length === Number(width ?? 256) ? 200 : 404, { "Access-Control-Allow-Origin": "*" });
    response.end(Buffer.concat(hashes));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const root = hex(rootOf(leaves));
    for (const old of [1, 2, 255, 256, 257, 300, 511, 65_535, 65_536, 65_537, 65_800, size - 1, size]) {
      asked.clear();
      const [before, now] = await grow(old, size, tilesAt(`http://127.0.0.1:${server.address().port}/`, size));
      assert.deepEqual([hex(before), hex(now)], [hex(rootOf(leaves.slice(0, old))), root], `${old} of ${size}`);
      assert.ok(asked.size <= 6, `${old}: ${[...asked]}`);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

// above is the row of full tiles' roots.
function above(row) {
  return Array.from({ length: Math.floor(row.length / 256) }, (_, i) => rootOf(row.slice(i * 256, i * 256 + 256)));
}
