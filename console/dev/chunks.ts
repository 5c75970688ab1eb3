// What the first page needs, in two files: the libraries, which change seldom, and ours. All of it
// is asked for at once, as the page's own address is read, and nothing in a second round.

/** What the first page stands on: the frame, and the queue within it. */
const roots = ["/src/main.tsx", "/src/pages/queue/QueuePage.tsx"];

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

/** All that these modules import, and what that imports. */
function closure(start: string[], modules: Modules): Set<string> {
  const found = new Set(start);
  for (const id of found) {
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  }
  return found;
}

/** The name of a module's file: none where it is of a page that is fetched when it is opened. */
export function firstFiles(root: string) {
  let first: Set<string> | undefined;
  return (id: string, modules: Modules): string | null => {
    first ??= closure(
      roots.map((each) => root + each),
      modules,
    );
    if (!first.has(id) || id === root + roots[0]) return null;
    return id.includes("/node_modules/") ? "libraries" : "queue";
  };
}
