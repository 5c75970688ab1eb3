// Puts the service worker beside the built page, with the list of this build's files and a name for
// the build that changes when any of them does.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const source = new URL("../src/station/worker.js", import.meta.url);
const files = ["/index.html", "/favicon.svg"];

export function serviceWorker(): Plugin {
  return {
    name: "holdfast-service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const hashed = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
        const all = [...files, ...hashed.sort().map((name) => `/${name}`)];
        const text = readFileSync(source, "utf8");
        const build = createHash("sha256").update(text).update(all.join("\n")).digest("hex");
        this.emitFile({
          type: "asset",
          fileName: "sw.js",
          source: text
            .replace('"BUILD"', JSON.stringify(build.slice(0, 16)))
            .replace('["FILES"]', JSON.stringify(all)),
        });
      },
    },
  };
}
