// How the console is built, served while it is written, and tested.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { firstFiles } from "./dev/chunks.ts";
import { serviceWorker } from "./dev/worker.ts";

const api = process.env["HOLDFAST_API"] ?? "http://127.0.0.1:8080";

const root = import.meta.dirname;

export default defineConfig({
  plugins: [react(), serviceWorker()],
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": api } },
  build: {
    target: "es2023",
    manifest: true,
    sourcemap: false,
    // Assets stay files: a data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // dev/budget.mjs bounds what the first page weighs.
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstFiles(root) }] } } },
  },
  test: { environment: "happy-dom", include: ["src/**/*_test.{ts,tsx}"] },
});
