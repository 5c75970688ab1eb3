// Fails when the scripts of a first load (the queue) weigh more than the budget, gzipped.
import { readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 260_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

const files = new Set();
function visit(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) visit(next);
}
visit("index.html");
visit("src/pages/queue/QueuePage.tsx");

const bytes = [...files]
  .filter((file) => file.endsWith(".js"))
  .reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0);
rmSync(new URL(".vite", dist), { recursive: true });
console.log(`first load: ${(bytes / 1000).toFixed(1)} kB of ${budget / 1000} kB gzip`);
if (bytes > budget) process.exit(1);
