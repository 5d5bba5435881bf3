import { type Amounts, attemptKey, judgeSpend, type SpendSource } from "@patchpilot/incident";
import { changeSpendBook, nameSpend, type SpendBook, type SpendEntries } from "@patchpilot/ledger";
import { type EndedSpend, judgeStray, listEndedSpend, listStrays } from "../decide/ended-spend.ts";
import type { Settled } from "../decide/settle.ts";
import { countsSpend, toBooked } from "../decide/spend.ts";
import type { DispatchSettings } from "../facts.ts";
import type { DispatchPorts, RefHome } from "../ports.ts";
import type { LeftWorkReader } from "../read/left-work.ts";
import { readSpendEvidence } from "../read/spend-evidence.ts";

/** What settling spending needs beside what it settles. */
export type SpendDesk = {
  readonly ports: DispatchPorts;
  readonly settings: DispatchSettings;
  readonly left: LeftWorkReader;
  readonly repositoryId: number;
  /** Where the sums are; undefined: an empty repository. */
  readonly home: RefHome | undefined;
  /** Sentences on what could not be written; the run says them. */
  readonly unwritten: Set<string>;
};

/** What an attempt has spent; `unused`: it never opened, so its entry goes. */
type Finding = {
  readonly month: string;
  readonly name: string;
  readonly spent: (Amounts & { readonly by: SpendSource }) | "unused";
};

/** Writes what the attempts have spent whose end this run sees. Nothing is asked where nothing is reserved. */
export async function settleSpend(
  settled: readonly Settled[],
  books: readonly SpendBook[],
  desk: SpendDesk,
): Promise<readonly SpendBook[]> {
  if (!countsSpend(desk.settings.spend)) return books;
  const ended = listEndedSpend(settled, toBooked(books), desk.settings);
  return writeFindings(await judgeEnded(ended, books, desk), books, desk);
}

/**
 * The same for attempts that no run looks at any more: their incident was closed, or a run died between two writes. It
 * is asked for only where a cap is reached.
 */
export async function settleStrays(
  settled: readonly Settled[],
  books: readonly SpendBook[],
  desk: SpendDesk,
): Promise<readonly SpendBook[]> {
  const strays = listStrays(toBooked(books), settled);
  if (strays.length === 0) return books;
  const { ports, repositoryId, settings } = desk;
  const keys = strays.map(({ issue, attempt }) => attemptKey(repositoryId, issue, attempt));
  const known = strays.map(({ issue, attempt }): [number, number] => [issue, attempt]);
  const facts = {
    repositoryId,
    gates: await ports.readGates(keys),
    claims: await ports.readClaims(new Map(known), new Map()),
  };
  const judged = strays.map((stray) => ({ stray, end: judgeStray(stray, facts, settings) }));
  const ended = judged.flatMap(({ end }) => (end === undefined || end === "unused" ? [] : [end]));
  const unused = judged.flatMap(({ stray, end }): Finding[] =>
    end === "unused" ? [{ month: stray.month, name: nameEnded(stray), spent: "unused" }] : [],
  );
  return writeFindings([...(await judgeEnded(ended, books, desk)), ...unused], books, desk);
}

const nameEnded = ({ issue, attempt }: Pick<EndedSpend, "issue" | "attempt">): string =>
  nameSpend(issue, attempt);

async function judgeEnded(
  ended: readonly EndedSpend[],
  books: readonly SpendBook[],
  { settings, left, repositoryId }: SpendDesk,
): Promise<Finding[]> {
  const booked = toBooked(books);
  const findings = await Promise.all(
    ended.map(async (each): Promise<Finding[]> => {
      const reserved = booked.get(each.month)?.get(nameEnded(each));
      const evidence = await readSpendEvidence(each, repositoryId, left);
      if (reserved === undefined || evidence === undefined) return [];
      const spent = judgeSpend(evidence, reserved, settings.spend.prices);
      return [{ month: each.month, name: nameEnded(each), spent }];
    }),
  );
  return findings.flat();
}

/** What another run has settled meanwhile stays as it is; what GitHub does not take now is written once a cap is reached. */
async function writeFindings(
  findings: readonly Finding[],
  books: readonly SpendBook[],
  { ports, home, unwritten }: SpendDesk,
): Promise<readonly SpendBook[]> {
  if (home === undefined || findings.length === 0) return books;
  const after: SpendBook[] = [];
  for (const book of books) {
    const own = findings.filter(({ month }) => month === book.month);
    const { book: changed, fault } = await changeSpendBook(book, (entries) => enter(entries, own), {
      read: ports.readSpendBook,
      write: (from, entries) => ports.writeSpendBook(home, from, entries),
    });
    after.push(changed);
    if (fault !== undefined) unwritten.add(describeUnwritten(book.month, fault.message));
  }
  return after;
}

const describeUnwritten = (month: string, why: string | undefined): string =>
  `What attempts of ${month} have spent could not be written (${why ?? "other runs write as well"}). What they had reserved counts; once that reaches a cap, a run writes what they spent.`;

function enter(entries: SpendEntries, findings: readonly Finding[]): SpendEntries | undefined {
  const open = findings.filter(({ name }) => entries.get(name)?.by === "reserved");
  if (open.length === 0) return undefined;
  const after = new Map(entries);
  for (const { name, spent } of open) {
    const at = entries.get(name)?.at ?? "";
    if (spent === "unused") after.delete(name);
    else after.set(name, { at, ...spent });
  }
  return after;
}
