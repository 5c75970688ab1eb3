// Makes the console open without a network: registers the service worker, asks the browser to keep
// what is stored, and knows when a newer version of the console has arrived.
import { useSyncExternalStore } from "react";

const lookEveryMs = 30 * 60_000;
const watchers = new Set<() => void>();
let newer = false;
let begun = false;

export function prepareOffline(): void {
  if (begun) return;
  begun = true;
  const storage = navigator.storage as StorageManager | undefined;
  void storage?.persist?.().catch(() => false);
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!import.meta.env.PROD || !workers) return;
  const had = workers.controller !== null;
  workers.addEventListener("controllerchange", () => {
    // The first worker of this browser brings nothing new.
    newer = had;
    for (const each of watchers) each();
  });
  workers
    .register("/sw.js", { updateViaCache: "none" })
    .then((registered) => {
      setInterval(() => void registered.update().catch(() => undefined), lookEveryMs);
    })
    // A browser that refuses works as long as the network does.
    .catch(() => undefined);
}

/** Whether this browser can work offline at all: it needs TLS, or loopback. */
export function canWorkOffline(): boolean {
  return globalThis.isSecureContext && "serviceWorker" in navigator;
}

function watch(told: () => void): () => void {
  watchers.add(told);
  return () => watchers.delete(told);
}

/** Whether a newer console is ready for the next load. */
export function useNewer(): boolean {
  return useSyncExternalStore(watch, () => newer);
}
