// What differs between two texts, line by line: the shortest way from one to the other (Myers), in
// pieces with some lines around each change. Bounded: texts too different are told as replaced.

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** Its number in the old and the new text, where it stands in them. */
  before?: number;
  after?: number;
}

export interface FileDiff {
  file: string;
  state: "added" | "removed" | "changed";
  added: number;
  removed: number;
  /** Lines that changed with those around them; between two pieces, lines are left out. */
  pieces: DiffLine[][];
}

/** Steps to look for the shortest way; beyond, everything between counts as replaced. */
const mostSteps = 1_500;

function linesOf(text: string): string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

/** The old and new indices of lines that stay, in order. */
function kept(a: string[], b: string[]): [number, number][] {
  const offset = Math.min(a.length + b.length, mostSteps) + 1;
  const far = new Int32Array(2 * offset + 1);
  const trace: Int32Array[] = [];
  for (let steps = 0; steps < offset; steps += 1) {
    trace.push(far.slice(offset - steps - 1, offset + steps + 2));
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && far[offset + k - 1]! < far[offset + k + 1]!);
      let x = down ? far[offset + k + 1]! : far[offset + k - 1]! + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      far[offset + k] = x;
      if (x >= a.length && y >= b.length) return walkedBack(trace, a.length, b.length);
    }
  }
  return [];
}

function walkedBack(trace: Int32Array[], ax: number, by: number): [number, number][] {
  const found: [number, number][] = [];
  let x = ax;
  let y = by;
  for (let steps = trace.length - 1; steps >= 0; steps -= 1) {
    const far = trace[steps]!;
    const at = (k: number) => far[k + steps + 1]!;
    const k = x - y;
    const down = k === -steps || (k !== steps && at(k - 1) < at(k + 1));
    const beforeK = down ? k + 1 : k - 1;
    const beforeX = steps === 0 ? 0 : at(beforeK);
    const beforeY = steps === 0 ? 0 : beforeX - beforeK;
    while (x > beforeX && y > beforeY) {
      x -= 1;
      y -= 1;
      found.push([x, y]);
    }
    x = beforeX;
    y = beforeY;
  }
  return found.reverse();
}

/** Every line of both texts, in order. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const same: [number, number][] = [];
  for (let i = 0; i < head; i += 1) same.push([i, i]);
  const middle = kept(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  for (const [x, y] of middle) same.push([x + head, y + head]);
  for (let i = tail; i > 0; i -= 1) same.push([a.length - i, b.length - i]);
  same.push([a.length, b.length]);
  const lines: DiffLine[] = [];
  let x = 0;
  let y = 0;
  for (const [keptX, keptY] of same) {
    for (; x < keptX; x += 1) lines.push({ kind: "removed", text: a[x]!, before: x + 1 });
    for (; y < keptY; y += 1) lines.push({ kind: "added", text: b[y]!, after: y + 1 });
    if (x < a.length) lines.push({ kind: "same", text: a[x]!, before: x + 1, after: y + 1 });
    x += 1;
    y += 1;
  }
  return lines;
}

/** Changes with `around` lines before and after each. */
export function pieces(lines: DiffLine[], around = 3): DiffLine[][] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, at) => {
    if (line.kind === "same") return;
    near.fill(1, Math.max(0, at - around), at + around + 1);
  });
  const found: DiffLine[][] = [];
  lines.forEach((line, at) => {
    if (!near[at]) return;
    if (at === 0 || !near[at - 1]) found.push([]);
    found.at(-1)!.push(line);
  });
  return found;
}

/** Every file that differs, in order of name. */
export function diffFiles(
  before: Record<string, string>,
  after: Record<string, string>,
): FileDiff[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((file) => {
    const was = before[file];
    const is = after[file];
    if (was === is) return [];
    const lines = diffLines(was ?? "", is ?? "");
    const state = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    return {
      file,
      state,
      added: lines.filter((line) => line.kind === "added").length,
      removed: lines.filter((line) => line.kind === "removed").length,
      pieces: pieces(lines),
    } as const;
  });
}
