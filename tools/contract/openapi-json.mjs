// Writes contract/openapi.json from contract/openapi.yaml, for serving and for embedding.
// With --check it only says, by its exit code, whether the file is as it should be.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { parse } = createRequire(join(root, "console", "package.json"))("yaml");

const source = readFileSync(join(root, "contract", "openapi.yaml"), "utf8");
const target = join(root, "contract", "openapi.json");
const text = JSON.stringify(parse(source)) + "\n";

if (process.argv.includes("--check")) {
  let before = "";
  try {
    before = readFileSync(target, "utf8");
  } catch {
    // No file is as wrong as a stale one.
  }
  if (before !== text) {
    console.error("contract/openapi.json is stale: run node tools/contract/openapi-json.mjs");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
