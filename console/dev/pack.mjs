// Puts a packed copy beside every text file of the built page: the program sends that to whoever
// takes it, and packs nothing itself.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);

for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|html|svg)$/.test(name)) continue;
  const plain = readFileSync(new URL(name, dist));
  const packed = gzipSync(plain, { level: 9 });
  // A small file saves no packet on its way.
  if (packed.length < plain.length - 500) writeFileSync(new URL(`${name}.gz`, dist), packed);
}
