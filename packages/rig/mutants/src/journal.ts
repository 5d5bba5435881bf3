import { existsSync, readFileSync } from "node:fs";

/** How a mutant is tried: in modules as they are, which is quick, or in ones that are loaded anew with the mutant on. */
export type MutantTrial = "loaded" | "fresh";

/** What the worker notes, one line of JSON each: nothing is lost if a mutant takes it down. */
export type Note =
  /** `ms`: what the test file takes without any change. */
  | { readonly t: "covered"; readonly file: string; readonly ids: readonly string[]; readonly ms: number }
  | { readonly t: "try"; readonly file: string; readonly id: string }
  | { readonly t: "survived"; readonly how: MutantTrial; readonly file: string; readonly id: string }
  | { readonly t: "killed" | "timeout"; readonly file: string; readonly id: string; readonly by: string }
  | { readonly t: "done"; readonly how: MutantTrial; readonly file: string }
  | { readonly t: "broken"; readonly file: string; readonly why: string }
  | { readonly t: "end" };

/** What is known after the notes so far. */
export interface MutantJournal {
  readonly covered: ReadonlySet<string>;
  /** Which mutants each test file runs, as `file id`. */
  readonly coveredBy: ReadonlySet<string>;
  /** Milliseconds that each test file takes without any change. */
  readonly took: ReadonlyMap<string, number>;
  readonly noticed: ReadonlyMap<string, "killed" | "timeout">;
  /** Mutants that a test file ran and did not notice, as `how file id`. */
  readonly unnoticed: ReadonlySet<string>;
  /** Test files on which every mutant was tried, as `how file`. */
  readonly done: ReadonlySet<string>;
  /** A trial that has no outcome: if the worker is gone, this mutant took it down. */
  readonly pending: { readonly file: string; readonly id: string } | undefined;
  /** A test that fails without any change. */
  readonly broken: string | undefined;
  readonly ended: boolean;
}

export function readJournal(path: string): MutantJournal {
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  return sumUpNotes(lines.flatMap(parseNote));
}

export function sumUpNotes(notes: readonly Note[]): MutantJournal {
  const covered = new Set<string>();
  const coveredBy = new Set<string>();
  const took = new Map<string, number>();
  const noticed = new Map<string, "killed" | "timeout">();
  const unnoticed = new Set<string>();
  const done = new Set<string>();
  let pending: MutantJournal["pending"];
  let broken: string | undefined;
  for (const note of notes) {
    if (note.t === "covered") {
      took.set(note.file, note.ms);
      for (const id of note.ids) covered.add(id);
      for (const id of note.ids) coveredBy.add(`${note.file} ${id}`);
    }
    if (note.t === "killed" || note.t === "timeout") noticed.set(note.id, note.t);
    if (note.t === "survived") unnoticed.add(`${note.how} ${note.file} ${note.id}`);
    if (note.t === "done") done.add(`${note.how} ${note.file}`);
    if (note.t === "broken") broken = `${note.file}: ${note.why}`;
    if (note.t !== "covered") pending = note.t === "try" ? { file: note.file, id: note.id } : undefined;
  }
  return {
    covered,
    coveredBy,
    took,
    noticed,
    unnoticed,
    done,
    pending,
    broken,
    ended: notes.at(-1)?.t === "end",
  };
}

/** A last line may be cut off where the worker died. */
function parseNote(line: string): Note[] {
  try {
    return [JSON.parse(line) as Note];
  } catch {
    return [];
  }
}
