// The program under test: its demo on a free loopback port, ended by its process id whatever
// happens. It must never be reached but through its address.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** World hours pass in seconds at this speed, and so the exceptions appear while one waits. */
const speed = 6;

export function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}

/** Starts the program; `stop()` ends it by its process id, as our own end does. */
export function startProgram(path, args, env = {}) {
  const child = spawn(resolve(root, path), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const gone = new Promise((done) => child.once("exit", done).once("error", done));
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);

  async function stop() {
    child.kill("SIGTERM");
    const late = setTimeout(killNow, 10_000);
    await gone;
    clearTimeout(late);
    process.removeListener("exit", killNow);
  }
  return { child, gone, stop, said: () => output };
}

/**
 * Starts `holdfast demo` and gives its address, the admin's password and `stop()`. The program ends
 * by itself after `lifetime` seconds, even when nobody is left to end it.
 */
export async function startDemo(path, waitMs, lifetime = 240, pace = speed) {
  const listen = `127.0.0.1:${await freePort()}`;
  const { child, gone, stop, said } = startProgram(
    path,
    ["demo", "--listen", listen, "--speed", String(pace)],
    { HOLDFAST_DEMO_SECONDS: String(lifetime) },
  );

  const ready = new Promise((found, failed) => {
    const read = () => {
      const password = /Sign in\s+admin\s+\/\s+(\S+)\n/.exec(said())?.[1];
      if (password) found(password);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void gone.then((why) => failed(new Error(`the program ended (${why}):\n${said()}`)));
    setTimeout(() => failed(new Error(`no sign-in was printed:\n${said()}`)), waitMs).unref();
  });
  try {
    return { url: `http://${listen}`, password: await ready, stop, said };
  } catch (error) {
    await stop();
    throw error;
  }
}
