// What somebody did that waits in this page to be sent, whoever keeps it; sent before a sign-out.

export interface Keeper {
  /** Sends what waits and can be sent; resolves once every answer is here or has been given up. */
  settle: () => Promise<void>;
  /** Lets go of what is left: its person has said so. */
  letGo: () => void;
  /** How much is here that the server has not recorded. */
  left: () => number;
}

const keepers = new Set<Keeper>();
const watchers = new Set<() => void>();

export function keepsUnsent(keeper: Keeper): () => void {
  keepers.add(keeper);
  return () => keepers.delete(keeper);
}

/** A keeper says that what it has changed. */
export function unsentChanged(): void {
  for (const changed of watchers) changed();
}

export function watchUnsent(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export function unsent(): number {
  return [...keepers].reduce((sum, keeper) => sum + keeper.left(), 0);
}

export function letUnsentGo(): void {
  for (const keeper of keepers) keeper.letGo();
}

/** Sends everything that waits; gives how much is left because the server refused or was silent. */
export async function settleUnsent(): Promise<number> {
  await Promise.all([...keepers].map((keeper) => keeper.settle()));
  return unsent();
}
