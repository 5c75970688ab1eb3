// A built console in front of the program: its files from a folder, everything else from the
// program, with the program's own headers. For a console that is not embedded yet.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** Serves `dist` before the program at `behind`; gives the address and `stop()`. */
export async function standInFront(dist, behind) {
  const policy = (await fetch(behind)).headers.get("content-security-policy") ?? "";

  function file(path, response) {
    const asked = join(dist, normalize(path));
    const found = existsSync(asked) && statSync(asked).isFile() ? asked : join(dist, "index.html");
    response.writeHead(200, {
      "content-type": types[extname(found)] ?? "application/octet-stream",
      "content-security-policy": policy,
    });
    createReadStream(found).pipe(response);
  }

  function pass(from, to) {
    const { method, headers, url } = from;
    const own = { ...headers, host: new URL(behind).host };
    if (own.origin) own.origin = behind;
    const onward = request(new URL(url, behind), { method, headers: own }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on("error", () => to.destroy());
    to.on("close", () => onward.destroy());
    from.pipe(onward);
  }

  const server = createServer((from, to) => {
    const path = new URL(from.url, behind).pathname;
    if (/^\/(?:api|hooks|t|s|healthz|readyz|metrics)(?:\/|$)/.test(path)) pass(from, to);
    else file(path, to);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}
