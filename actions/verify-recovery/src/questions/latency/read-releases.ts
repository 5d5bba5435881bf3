import { WEEK } from "@patchpilot/time";
import type { OperationQuestion } from "../../ports.ts";
import { askSentry, type Dossier, findAnchor, type ProviderReply, type RunReading } from "../reading.ts";
import type { ReleaseSighting } from "../releases/order.ts";
import { learnReleases, placeFor } from "../releases/read.ts";
import type { Placements } from "../releases/traffic.ts";
import type { OperationHistory, ReleaseRequests, TimeSpan } from "../sources.ts";
import { ceilHour, floorHour } from "./count.ts";
import { holdsFix, type OperationReleases } from "./separate.ts";

type Tables = ReadonlyMap<number, readonly ReleaseRequests[]>;
type Known = {
  readonly dossier: Dossier;
  readonly rows: readonly ReleaseRequests[];
  readonly placements: Placements;
};

/** Releases of one operation that a search holds. */
const MOST_SEARCHED = 20;

/**
 * Which releases used the operations since their deploys, and the hours of those that hold the fix where others are in use:
 * one request for some twenty operations, and two for each ten that have to be separated.
 */
export async function learnOperationReleases(
  dossiers: readonly Dossier[],
  until: number,
  reading: RunReading,
): Promise<ProviderReply<ReadonlyMap<number, OperationReleases>>> {
  const nothing = { answered: true, value: new Map<number, OperationReleases>() } as const;
  const from = Math.min(...dossiers.map((dossier) => ceilHour(findAnchor(dossier))));
  if (reading.ports.readOperationReleases === undefined || !(from < until)) return nothing;
  const since = { from, until };
  const tables = await askTables(dossiers, since, reading);
  if (!tables.answered) return tables;
  const refused = await learnReleases(dossiers, (dossier) => listNames(tables.value, dossier), reading);
  if (refused !== undefined) return { answered: false, why: refused };
  const placed = await placeAll(dossiers, tables.value, reading);
  if (!placed.answered) return placed;
  const hours = await readFixedHours(placed.value, since, reading);
  if (!hours.answered) return hours;
  const value = placed.value.map(({ dossier, rows, placements }) => {
    const fixed = hours.value.get(dossier.case.issue);
    return [dossier.case.issue, { rows, placements, ...(fixed && { fixed }) }] as const;
  });
  return { answered: true, value: new Map(value) };
}

const askTables = (
  dossiers: readonly Dossier[],
  window: TimeSpan,
  { ports: { readOperationReleases: read }, troubles }: RunReading,
): Promise<ProviderReply<Tables>> =>
  askSentry(troubles, dossiers.flatMap(toQuestion), read && ((asked) => read(asked, window)));

const toQuestion = ({ case: { issue, operation } }: Dossier): OperationQuestion[] =>
  operation === undefined ? [] : [{ issue, operation }];

const listNames = (tables: Tables, { case: { issue } }: Dossier): string[] =>
  (tables.get(issue) ?? []).flatMap(({ release }) => release ?? []);

/**
 * Places the releases of all. A name without a commit is taken for one that came with the deploy, unless it was in use in the
 * week before the fixes were merged: that is asked only if there is such a name.
 */
async function placeAll(
  dossiers: readonly Dossier[],
  tables: Tables,
  reading: RunReading,
): Promise<ProviderReply<readonly Known[]>> {
  const known = dossiers.filter(({ case: { issue } }) => tables.has(issue));
  const first = known.map((dossier) => place(dossier, tables, [], reading));
  const isOpen = ({ placements }: Known) => [...placements.values()].some(({ by }) => by === "order");
  const open = first.filter(isOpen).map(({ dossier }) => dossier);
  if (open.length === 0) return { answered: true, value: first };
  const until = floorHour(Math.min(...open.map(findMerge)));
  const before = await askTables(open, { from: until - WEEK, until }, reading);
  if (!before.answered) return before;
  const told = open.filter(({ case: { issue } }) => before.value.has(issue));
  const placed = told.map((dossier) => {
    const earlier = listNames(before.value, dossier).map((release) => ({ release, at: until - WEEK }));
    return place(dossier, tables, earlier, reading);
  });
  return { answered: true, value: [...first.filter((one) => !isOpen(one)), ...placed] };
}

/** Names of before are needed to place others; what is placed are those that are in use since the deploy. */
function place(
  dossier: Dossier,
  tables: Tables,
  earlier: readonly ReleaseSighting[],
  reading: RunReading,
): Known {
  const names = listNames(tables, dossier);
  const late = names.map((release) => ({ release, at: findAnchor(dossier) }));
  const placements = placeFor(dossier, [...earlier, ...late], reading);
  return {
    dossier,
    rows: tables.get(dossier.case.issue) ?? [],
    placements: new Map([...placements].filter(([release]) => names.includes(release))),
  };
}

const findMerge = ({ facts: { fix } }: Dossier): number => (fix.kind === "merged" ? fix.at : fix.after);

/** Hours of the releases that hold the fix, of operations that others serve as well. */
async function readFixedHours(
  placed: readonly Known[],
  window: TimeSpan,
  { ports: { readOperations: read }, troubles }: RunReading,
): Promise<ProviderReply<ReadonlyMap<number, OperationHistory>>> {
  const questions = placed.flatMap((known): OperationQuestion[] => {
    const holding = known.rows.filter((row) => holdsFix(known, row));
    if (holding.length === 0 || holding.length === known.rows.length) return [];
    const releases = holding.flatMap(({ release }) => release ?? []).slice(0, MOST_SEARCHED);
    return toQuestion(known.dossier).map((question) => ({ ...question, releases }));
  });
  return askSentry(troubles, questions, read && ((asked) => read(asked, window)));
}
