// The network between tablet and program: a proxy on loopback that passes everything on, is cut,
// loses an answer whose request arrived, or answers a request itself. With a folder it serves the
// console from there, under the program's own policy.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
const servers = /^\/(api|hooks|t|s|healthz|readyz|metrics)(\/|$)/;

/** `folder` is a built console, or nothing for the program's own. */
export async function startNetwork(upstream, folder) {
  const target = new URL(upstream);
  const network = {
    cut: false,
    /** POSTs whose answer is lost on the way back, one for each that is left. */
    losing: 0,
    /** Answers a POST instead of the program: (path, body) → {status, body} or nothing. */
    instead: null,
    /** The service worker comes as another build would bring it. */
    newerWorker: false,
    /** Every POST to an order or of a photo: its path and idempotency key. */
    posts: [],
  };
  const text = async (path) => (await fetch(upstream + path)).text();
  const policy = (await fetch(upstream)).headers.get("content-security-policy") ?? "";
  const open = new Set();

  function file(path, response) {
    const wanted = join(folder, normalize(path));
    const there = wanted.startsWith(folder) && existsSync(wanted) && statSync(wanted).isFile();
    if (!there && path.startsWith("/assets/")) return response.writeHead(404).end();
    const found = there ? wanted : join(folder, "index.html");
    response.writeHead(200, {
      "content-type": types[extname(found)] ?? "application/octet-stream",
      "content-security-policy": policy,
      "cache-control": path.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache",
    });
    return response.end(readFileSync(found));
  }

  async function newer(response) {
    const own = folder ? readFileSync(join(folder, "sw.js"), "utf8") : await text("/sw.js");
    response.writeHead(200, { "content-type": types[".js"], "cache-control": "no-cache" });
    response.end(`${own}\n// another build\n`);
  }

  async function pass(request, response) {
    const { url, method, headers } = request;
    if (network.cut) return request.socket.destroy();
    if (network.newerWorker && url === "/sw.js") return newer(response);
    if (folder && !servers.test(url)) return file(new URL(url, upstream).pathname, response);
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const counts = method === "POST" && /\/(commands|photos)/.test(url);
    if (counts) network.posts.push({ path: url, key: headers["idempotency-key"] });
    const own = counts && network.instead?.(url, body.toString());
    if (own) {
      response.writeHead(own.status, { "content-type": "application/problem+json" });
      return response.end(JSON.stringify(own.body));
    }
    const lost = counts && network.losing > 0;
    if (lost) network.losing -= 1;
    const further = ask(
      { host: target.hostname, port: target.port, path: url, method, headers },
      (answer) => {
        if (lost) {
          // It has happened there, and nobody here hears of it.
          answer.resume().once("end", () => request.socket.destroy());
          return;
        }
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    further.once("error", () => request.socket.destroy());
    response.once("close", () => further.destroy());
    return further.end(body);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));

  return Object.assign(network, {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Ends every connection and takes no further one. */
    goDown() {
      network.cut = true;
      for (const socket of open) socket.destroy();
    },
    comeBack() {
      network.cut = false;
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  });
}
