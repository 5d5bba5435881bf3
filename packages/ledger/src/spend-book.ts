import { type GitHub, type RefState, type RepositoryName, readRefs } from "@patchpilot/github";
import { type SpendEntry, spendEntry } from "@patchpilot/incident";
import * as z from "zod";
import { type FactBase, isRace, readFacts, spendRef, writeFacts } from "./fact-commits.ts";

/** What the attempts of one month have reserved or spent, by their names, such as `12-a1`. */
export type SpendBook = {
  /** In UTC, as `2026-11`. */
  readonly month: string;
  /** The commit that a change must follow; undefined: there is no such ref. */
  readonly oid: string | undefined;
  /** `unreadable`: the ref is not one that PatchPilot wrote. */
  readonly entries: ReadonlyMap<string, SpendEntry> | "unreadable";
};

export type SpendEntries = ReadonlyMap<string, SpendEntry>;

/** What an attempt is called in a book. */
export const nameSpend = (issue: number, attempt: number): string => `${issue}-a${attempt}`;

/** The month of an instant in milliseconds, in UTC. */
export const nameMonth = (now: number): string => new Date(now).toISOString().slice(0, 7);

const factsSchema = z.looseObject({ spend: z.record(z.string(), z.record(z.string(), spendEntry)) });

/** Reads a book from its ref. Pure. */
export function toSpendBook(month: string, ref: RefState | undefined): SpendBook {
  if (ref === undefined) return { month, oid: undefined, entries: new Map() };
  const entries = factsSchema.safeParse(readFacts(ref.message)).data?.spend[month];
  return { month, oid: ref.oid, entries: entries ? new Map(Object.entries(entries)) : "unreadable" };
}

/** Reads the book of a month by itself. */
export async function readSpendBook(
  github: GitHub,
  repository: RepositoryName,
  month: string,
): Promise<SpendBook> {
  const ref = spendRef(month);
  return toSpendBook(month, (await readRefs(github, repository, [ref])).get(ref));
}

/** `raced`: another run has changed the book. `unknown`: the reply was lost, so it has to be read. */
export type SpendResult = {
  readonly state: "done" | "raced" | "refused" | "unknown";
  readonly oid: string;
  readonly message: string;
};

/** Puts entries in place of those of a book, as long as nobody has changed it. */
export async function writeSpendBook(
  github: GitHub,
  repository: RepositoryName & { readonly nodeId: string },
  base: FactBase,
  { month, oid: from }: SpendBook,
  entries: SpendEntries,
): Promise<SpendResult> {
  const { oid, results } = await writeFacts(
    github,
    repository,
    {
      title: `PatchPilot spend in ${month}`,
      facts: { spend: { [month]: Object.fromEntries(entries) } },
      base,
    },
    [{ name: spendRef(month), from }],
  );
  const [result] = results;
  if (result === undefined || result.state === "unknown")
    return { state: "unknown", oid, message: result?.message ?? "GitHub did not answer." };
  if (result.state === "done") return { state: "done", oid, message: "" };
  return { state: isRace(result.message) ? "raced" : "refused", oid, message: result.message };
}

const FOREIGN = "it is there, and PatchPilot did not write it; delete it";

/** Writes of one change: replies may be lost and other runs first, but not for ever. */
const TRIES = 3;

export type SpendChange = {
  readonly book: SpendBook;
  /** Why the book does not say it; undefined: it does. */
  readonly fault?: Pick<SpendResult, "state" | "message">;
};

/**
 * Changes a book from what it says now, and again from what it says then if another run was first, or if a reply was lost:
 * what is in it already is not written.
 * @param change the new entries; undefined: there is nothing to change
 */
export async function changeSpendBook(
  known: SpendBook,
  change: (entries: SpendEntries) => SpendEntries | undefined,
  ask: {
    readonly write: (book: SpendBook, entries: SpendEntries) => Promise<SpendResult>;
    readonly read: (month: string) => Promise<SpendBook>;
  },
): Promise<SpendChange> {
  let book = known;
  let fault: SpendChange["fault"];
  for (let tries = 0; ; tries += 1) {
    if (book.entries === "unreadable") return { book, fault: { state: "refused", message: FOREIGN } };
    const entries = change(book.entries);
    if (entries === undefined) return { book };
    if (fault !== undefined && tries === TRIES) return { book, fault };
    const { state, oid, message } = await ask.write(book, entries);
    if (state === "done") return { book: { ...book, oid, entries } };
    fault = { state, message };
    book = await ask.read(book.month);
  }
}
