// A little HTTP for the two loopback servers: bounded bodies and JSON answers.
import { createServer } from 'node:http';
import { stringify } from './json.mjs';

const max_body = 4 * 1024 * 1024;

/** Whole body as a Buffer; rejects above 4 MiB. */
export function read_body(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    request.on('data', (chunk) => {
      size += chunk.length;
      if (size > max_body) {
        reject(new RangeError('body too large'));
        request.destroy();
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Answer channel of one response: send, truncate half-way, or close without a word. */
export function reply_to(response, standing = {}) {
  const text_of = (body) => (typeof body === 'string' ? body : stringify(body));
  const merged = (length, headers) => {
    const all = { 'Content-Type': 'application/json; charset=utf-8', ...standing };
    for (const [name, value] of Object.entries(headers)) {
      const same = Object.keys(all).find((n) => n.toLowerCase() === name.toLowerCase());
      all[same ?? name] = value;
    }
    return { ...all, 'Content-Length': length };
  };
  return {
    send(status, body, headers = {}) {
      if (response.writableEnded || response.destroyed) return;
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(text_of(body));
      response.writeHead(status, merged(bytes.length, headers));
      response.end(bytes);
    },
    truncate(status, body) {
      const bytes = Buffer.from(text_of(body));
      response.writeHead(status, merged(bytes.length, {}));
      response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      setTimeout(() => response.destroy(), 20);
    },
    close() {
      response.socket?.destroy();
    },
  };
}

/** Server on 127.0.0.1 that hands each request to `handle`; resolves to {server, port}. */
export function listen(port, handle) {
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      const reply = reply_to(response);
      reply.send(error instanceof RangeError || error instanceof SyntaxError ? 400 : 500,
        { error: error.message });
    });
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ server, port: server.address().port }));
  });
}
