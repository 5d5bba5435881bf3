/** One change of one place. */
export interface Mutant {
  /** Stable while the line does not change: it names the file, the text of the line, the change, and which of several alike. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly mutator: string;
  /** The number by which the changed code knows it; another one after every change of the part. */
  readonly id: string;
}

/** How a mutant ended. `timeout` is one that hung or used up the memory; no test that counts runs an `uncovered` one. */
export type MutantEnding = "killed" | "timeout" | "survived" | "uncovered";

/** A place where code is changed, before it has a name. */
export interface Change {
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly id: string;
  readonly lineText: string;
  readonly before: string;
  readonly after: string;
}

/** Names changes to find one again after lines moved. Changes alike in one file are numbered in their order. */
export function nameMutants(changes: readonly Change[]): Mutant[] {
  const seen = new Map<string, number>();
  return changes.map(({ file, line, mutator, id, lineText, before, after }) => {
    const plain = `${file} | ${shorten(lineText)} | ${mutator}: ${shorten(before)} => ${shorten(after)}`;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return { name: count === 1 ? plain : `${plain} (${count})`, file, line, mutator, id };
  });
}

/** One line, and of a long text both ends: changes to whole blocks are named by how they begin and end. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 120 ? line : `${line.slice(0, 80)} … ${line.slice(-37)}`;
}
