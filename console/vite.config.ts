// How the console is built, served while it is written, and tested.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { serviceWorker } from "./dev/worker.ts";

const api = process.env["HOLDFAST_API"] ?? "http://127.0.0.1:8080";

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
  },
  test: { environment: "happy-dom", include: ["src/**/*_test.{ts,tsx}"] },
});
