// Reads `go test -json` and prints what `go test` would: a line a package, and
// all that a failed test or package said. How long each test took is added to the
// file named.
//
//   go test -json ./... | node .ci/gotest.mjs times.txt
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";

const said = new Map(); // by package and test, until it has passed
const times = [];
let failed = false;

for await (const line of createInterface({ input: process.stdin })) {
  let event;
  try {
    event = JSON.parse(line);
  } catch {
    console.log(line); // a build's complaint
    continue;
  }
  take(event);
}
appendFileSync(process.argv[2], times.map(([s, name]) => `${s.toFixed(1).padStart(7)} s  ${name}\n`).join(""));
process.exitCode = failed ? 1 : 0;

function take({ Action: action, Package: pkg, ImportPath: path, Test: test, Output: output, Elapsed: elapsed }) {
  const key = `${pkg ?? path} ${test ?? ""}`;
  if (action === "output" || action === "build-output") {
    said.set(key, (said.get(key) ?? "") + output);
    return;
  }
  if (action === "build-fail") {
    failed = true;
    process.stdout.write(said.get(key) ?? "");
    return;
  }
  if (!["pass", "fail", "skip"].includes(action)) return;
  const text = said.get(key) ?? "";
  said.delete(key);
  if (test) {
    if (!test.includes("/")) times.push([elapsed, `${pkg} ${test}`]);
    if (action === "fail") process.stdout.write(text);
    return;
  }
  failed ||= action === "fail";
  const closing = text.split("\n").filter((l) => /^(ok|FAIL|\?|---|panic:)\s/.test(l));
  process.stdout.write(action === "fail" ? text : closing.map((l) => `${l}\n`).join(""));
}
