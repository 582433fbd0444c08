// The log's Merkle tree (RFC 6962): hashes, the path from a leaf to the root,
// and the path from an older root to a newer one.
import { sha256 } from "@noble/hashes/sha2.js";

export type Hash = Uint8Array;

const text = new TextEncoder();

export function leafHash(leaf: string): Hash {
  return sha256(join(Uint8Array.of(0), text.encode(leaf)));
}

export function inner(left: Hash, right: Hash): Hash {
  return sha256(join(Uint8Array.of(1), left, right));
}

export function fingerprint(words: string): string {
  return hex(sha256(text.encode(words)));
}

export function join(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** bytes reads base64; undefined when it is none. */
export function bytes(base64: string): Uint8Array | undefined {
  try {
    const plain = atob(base64);
    return btoa(plain) === base64 ? Uint8Array.from(plain, (c) => c.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/** split is the greatest power of two below n: where a tree of n leaves parts. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** climb is the root that a leaf's path leads to; undefined for a path of another
 * length than the place has. */
export function climb(index: number, size: number, leaf: Hash, path: Hash[]): Hash | undefined {
  if (size === 1) return index === 0 && path.length === 0 ? leaf : undefined;
  const last = path[path.length - 1];
  if (!last || index >= size) return undefined;
  const k = split(size);
  const rest = path.slice(0, -1);
  const below = index < k ? climb(index, k, leaf, rest) : climb(index - k, size - k, leaf, rest);
  return below && (index < k ? inner(below, last) : inner(last, below));
}

/** Nodes gives the hash over 2^level leaves, the nth of its level. */
export type Nodes = (level: number, n: number) => Promise<Hash>;

/** grow computes two roots from the same nodes: of the first old leaves and of
 * all size leaves. When both are the signed ones, the older tree is the newer
 * one's beginning. */
export async function grow(old: number, size: number, nodes: Nodes): Promise<[Hash, Hash]> {
  return walk(0, size, old, nodes) as Promise<[Hash, Hash]>;
}

/** walk is the roots over [begin, end): of what lies below cut, and of all. */
async function walk(begin: number, end: number, cut: number, nodes: Nodes): Promise<[Hash | undefined, Hash]> {
  const count = end - begin;
  if ((cut >= end || cut <= begin) && isPower(count)) {
    const all = await nodes(Math.log2(count), begin / count);
    return [cut >= end ? all : undefined, all];
  }
  const k = begin + split(count);
  const [oldLeft, left] = await walk(begin, k, cut, nodes);
  const [oldRight, right] = await walk(k, end, cut, nodes);
  const old = oldLeft && oldRight ? inner(oldLeft, oldRight) : oldLeft;
  return [old, inner(left, right)];
}

function isPower(n: number): boolean {
  return Number.isInteger(Math.log2(n));
}
