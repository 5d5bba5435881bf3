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
 * Places the releases of all. A name without a commit is taken for one that came with the deploy, unless it was in use before:
 * that is asked only if there is such a name.
 */
async function placeAll(
  dossiers: readonly Dossier[],
  tables: Tables,
  reading: RunReading,
): Promise<ProviderReply<readonly Known[]>> {
  const placed: Known[] = [];
  const open: Dossier[] = [];
  for (const dossier of dossiers.filter(({ case: { issue } }) => tables.has(issue))) {
    const known = place(dossier, tables, [], reading);
    if ([...known.placements.values()].some(({ by }) => by === "order")) open.push(dossier);
    else placed.push(known);
  }
  for (const group of Map.groupBy(open, findAnchor).values()) {
    const earlier = await readEarlier(group, reading);
    if (!earlier.answered) return earlier;
    for (const [dossier, sightings] of earlier.value) placed.push(place(dossier, tables, sightings, reading));
  }
  return { answered: true, value: placed };
}

/**
 * The names of before one deploy: those of the week before the merges, and those that came between merge and deploy, if that
 * took an hour. An operation of which Sentry does not say it is left out.
 */
async function readEarlier(
  dossiers: readonly Dossier[],
  reading: RunReading,
): Promise<ProviderReply<readonly (readonly [Dossier, readonly ReleaseSighting[]])[]>> {
  const merge = floorHour(Math.min(...dossiers.map(findMerge)));
  const deploy = floorHour(Math.max(...dossiers.map(findAnchor)));
  const before = await askTables(dossiers, { from: merge - WEEK, until: merge }, reading);
  if (!before.answered) return before;
  const isSlow = merge < deploy;
  const between = isSlow ? await askTables(dossiers, { from: merge, until: deploy }, reading) : before;
  if (!between.answered) return between;
  const value = dossiers.flatMap((dossier) => {
    const { issue } = dossier.case;
    if (!before.value.has(issue) || !between.value.has(issue)) return [];
    const sight = (tables: Tables, at: number) =>
      listNames(tables, dossier).map((release) => ({ release, at }));
    const late = isSlow ? sight(between.value, Math.max(merge, findMerge(dossier))) : [];
    return [[dossier, [...sight(before.value, merge - WEEK), ...late]] as const];
  });
  return { answered: true, value };
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
