import { diffArrays } from "diff";

/** Lines that give way to others, with their flags: whether they are tests'. */
export type Replaced = {
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly isTest: boolean;
};

/** One side of a file: its lines, and which of them are tests beside the code. */
export type Side = { readonly lines: readonly string[]; readonly isTest: readonly boolean[] };

/** A rewrite that differs in more lines than these is one change. */
const MOST_EDITS = 4_000;

/** Lines with their ends, so that they can be put together again byte by byte. */
export const splitLines = (text: string): string[] => (text === "" ? [] : text.split(/(?<=\n)/));

/** Cuts a file's change where lines are kept, and where tests begin or end. Pure. */
export function splitFile(base: Side, patched: Side): Replaced[] {
  const parts = diffArrays([...base.lines], [...patched.lines], { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: base.lines, count: base.lines.length },
    { removed: false, added: true, value: patched.lines, count: patched.lines.length },
  ];
  const found: Replaced[] = [];
  let [before, after] = [0, 0];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (part === undefined) break;
    if (!part.added && !part.removed) {
      [before, after] = [before + part.value.length, after + part.value.length];
      continue;
    }
    // Removed and added lines of one place stand beside each other, in either order.
    const next = parts[index + 1];
    const both = next !== undefined && (next.added || next.removed) ? [part, next] : [part];
    if (both.length > 1) index += 1;
    const removed = both.find((one) => one.removed)?.value.length ?? 0;
    const added = both.find((one) => one.added)?.value.length ?? 0;
    found.push(...cutAtTests(before, slice(base, before, removed), slice(patched, after, added)));
    [before, after] = [before + removed, after + added];
  }
  return found;
}

const slice = ({ lines, isTest }: Side, from: number, count: number): Side => ({
  lines: lines.slice(from, from + count),
  isTest: isTest.slice(from, from + count),
});

/** Lines one after the other that are all tests', or all not. */
type Run = { readonly lines: readonly string[]; readonly isTest: boolean };

function cutAtTests(at: number, removed: Side, added: Side): Replaced[] {
  const [gone, come] = [readRuns(removed), readRuns(added)];
  const cut: Replaced[] = [];
  let [place, g, c] = [at, 0, 0];
  while (g < gone.length || c < come.length) {
    const [before, after] = [gone[g], come[c]];
    const isPair = before !== undefined && after !== undefined && before.isTest === after.isTest;
    const takesGone =
      isPair || after === undefined || (before !== undefined && gone.length - g > come.length - c);
    const takesCome = isPair || !takesGone;
    const [out, into] = [takesGone ? before : undefined, takesCome ? after : undefined];
    cut.push({
      at: place,
      removed: out?.lines ?? [],
      added: into?.lines ?? [],
      isTest: (out ?? into)?.isTest ?? false,
    });
    place += out?.lines.length ?? 0;
    g += takesGone ? 1 : 0;
    c += takesCome ? 1 : 0;
  }
  return cut;
}

function readRuns({ lines, isTest }: Side): Run[] {
  const runs: { lines: string[]; isTest: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    const flag = isTest[index] ?? false;
    const last = runs.at(-1);
    if (last !== undefined && last.isTest === flag) last.lines.push(line);
    else runs.push({ lines: [line], isTest: flag });
  }
  return runs;
}
