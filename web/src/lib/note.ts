// The log's signed texts: the key, the checkpoint (C2SP signed-note and
// tlog-checkpoint) and a leaf's receipt (tlog-proof).
import { hashes, verify } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytes, hex, join, same, type Hash } from "./tree";

hashes.sha512 = sha512; // WebCrypto has no Ed25519 in older phones, and nothing at all over plain http

const ed25519 = 1; // the signature's kind
const text = new TextEncoder();

export interface Key {
  name: string;
  id: Uint8Array;
  key: Uint8Array;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Hash;
}

export interface Receipt {
  index: number;
  path: Hash[];
  checkpoint: string;
}

/** keyOf reads name+id+base64; undefined when the id is not the key's. */
export function keyOf(words: string): Key | undefined {
  const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)\n?$/.exec(words) ?? [];
  const raw = base64 ? bytes(base64) : undefined;
  if (!name || raw?.length !== 33 || raw[0] !== ed25519) return undefined;
  const own = sha256(join(text.encode(name + "\n"), raw)).slice(0, 4);
  return hex(own) === id ? { name, id: own, key: raw.slice(1) } : undefined;
}

/** receiptOf reads a tlog-proof@v1; undefined when it is malformed. */
export function receiptOf(words: string): Receipt | undefined {
  const cut = words.indexOf("\n\n");
  const lines = words.slice(0, Math.max(cut, 0)).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") return undefined;
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = numberOf(/^index (.*)$/.exec(lines.shift() ?? "")?.[1]);
  const path = lines.map(hashOf);
  if (index === undefined || path.some((hash) => !hash)) return undefined;
  return { index, path: path as Hash[], checkpoint: words.slice(cut + 2) };
}

/** checkpointOf reads a checkpoint without looking at its signature. */
export function checkpointOf(signed: string): Checkpoint | undefined {
  const [origin, size, root] = signed.split("\n");
  const [count, hash] = [numberOf(size), hashOf(root ?? "")];
  return origin && count !== undefined && hash ? { origin, size: count, root: hash } : undefined;
}

/** signedBy says whether the key signed the text, under the name that it says. */
export function signedBy(signed: string, key: Key): boolean {
  const cut = signed.lastIndexOf("\n\n");
  if (cut < 0 || signed.split("\n")[0] !== key.name) return false;
  const message = text.encode(signed.slice(0, cut + 1));
  return signed.slice(cut + 2).split("\n").some((line) => {
    const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const raw = base64 ? bytes(base64) : undefined;
    return name === key.name && raw?.length === 68 && same(raw.slice(0, 4), key.id) && isSignature(raw.slice(4), message, key.key);
  });
}

function isSignature(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  try {
    return verify(signature, message, key, { zip215: false });
  } catch {
    return false; // not a point of the curve
  }
}

function numberOf(words: string | undefined): number | undefined {
  return words !== undefined && /^(0|[1-9]\d{0,14})$/.test(words) ? Number(words) : undefined;
}

function hashOf(words: string): Hash | undefined {
  const raw = bytes(words);
  return raw?.length === 32 ? raw : undefined;
}
