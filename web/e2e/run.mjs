// Runs the browser's tests: the program is built once and the demonstration
// founded once for all files, which then run beside each other, each on a copy.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { House } from "./harness.mjs";

const folder = mkdtempSync(join(tmpdir(), "sunlot-e2e-run-"));
const data = join(folder, "data");
try {
  const house = await House.open();
  const program = join(folder, "sunlot");
  cpSync(join(house.folder, "sunlot"), program);
  await house.stop();
  cpSync(join(house.folder, "data"), data, { recursive: true });
  await house.close();
  const files = process.argv.slice(2).length > 0 ? process.argv.slice(2) : readdirSync("e2e").filter((name) => name.endsWith(".test.mjs")).sort().map((name) => `e2e/${name}`);
  const tests = spawn(process.execPath, ["--test", "--test-timeout=300000", "--test-concurrency=2", ...files],
    { stdio: "inherit", env: { ...process.env, SUNLOT_E2E_PROGRAM: program, SUNLOT_E2E_DATA: data } });
  process.exitCode = await new Promise((done) => tests.once("exit", (code) => done(code ?? 1)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
