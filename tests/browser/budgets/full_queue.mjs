// The program on a store with very many open cases, made by `holdfast store fill` and kept in
// build/test/ for the next hours. Then they become overdue, and a program that starts on it has
// every one of them to escalate first.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort, root, startProgram } from "../program.mjs";

const fillMs = 400_000;
const freshMs = 2 * 3_600_000;
const startMs = 120_000;

function filled(path, cases) {
  const kept = join(root, `build/test/queue-${cases}`);
  if (existsSync(kept) && Date.now() - statSync(kept).birthtimeMs < freshMs) return kept;
  rmSync(kept, { recursive: true, force: true });
  const made = `${kept}.new`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  const many = String(cases);
  const fill = ["store", "fill", "--orders", many, "--open", many, "--cases", many];
  const run = spawnSync(resolve(root, path), [...fill, "--data", made], {
    cwd: root,
    encoding: "utf8",
    timeout: fillMs,
  });
  assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
  renameSync(made, kept);
  return kept;
}

/** Its address, the admin's password and `stop()`. */
export async function startFullQueue(path, cases) {
  const kept = filled(path, cases);
  const folder = mkdtempSync(join(tmpdir(), "holdfast-queue-"));
  cpSync(kept, folder, { recursive: true });
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const running = startProgram(path, ["serve", "--data", folder, "--listen", listen]);
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  let ended = false;
  void running.gone.then(() => (ended = true));
  const end = Date.now() + startMs;
  while (!ended && Date.now() < end) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    const password = /sign in as admin with (\S+)/.exec(running.said())?.[1];
    if (ready && password) return { url, password, stop };
    await new Promise((done) => setTimeout(done, 200));
  }
  await stop();
  // A store that this program does not take is made anew next time.
  if (ended) rmSync(kept, { recursive: true, force: true });
  return assert.fail(`the program on a full queue did not start:\n${running.said()}`);
}
