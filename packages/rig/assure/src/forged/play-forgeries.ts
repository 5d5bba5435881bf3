import { type Random, seededRandom } from "@patchpilot/bench/draws";
import type { GitHubComment } from "@patchpilot/github";
import { readRecords } from "@patchpilot/ledger";
import type { Tally } from "../figure.ts";
import { FORGERIES, type Forgery } from "./forgeries.ts";
import { drawHistory, HOME_ID, ISSUE, KEYS, pick } from "./history.ts";

/** The part of the ledger that is asked what it believes. */
export type RecordReader = typeof readRecords;

const names = Object.keys(FORGERIES);

/**
 * Forges so many records, of every kind in turn, beside what PatchPilot wrote or in place of one of its comments, and asks
 * the ledger's reader what it believes: nothing may differ from what it believes without the forgery. Each forgery has a
 * control: the same, with the guard that refuses it taken away.
 */
export function playForgeries(count: number, seed: number, read: RecordReader = readRecords): Tally {
  const counts: Record<string, number> = { believed: 0, kinds: names.length };
  const faults: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = names[at % names.length] as string;
    const number = seed + at;
    const { isBelieved, isControlBelieved } = playForgery(
      FORGERIES[name] as Forgery,
      seededRandom(number),
      read,
    );
    if (isBelieved) {
      counts["believed"] = (counts["believed"] ?? 0) + 1;
      if (faults.length < 8) faults.push(`a record ${name} was believed; seed ${number}`);
    }
    const key = `control ${name}`;
    counts[key] = (counts[key] ?? 0) + (isControlBelieved ? 1 : 0);
  }
  return { sample: count, counts, worst: {}, faults };
}

function playForgery({ guard, forge, isBeside }: Forgery, random: Random, read: RecordReader) {
  const { written } = drawHistory(random);
  const target = pick(random, written);
  const isInstead = isBeside !== true && random() < 0.4;
  const { comment, control } = forge(target, random);
  const rest = written.flatMap((each) => (isInstead && each === target ? [] : [each.comment]));
  const place = Math.floor(random() * (rest.length + 1));
  const believe = (added: readonly GitHubComment[], keys: readonly string[] = KEYS) =>
    digest(read, [...rest.slice(0, place), ...added, ...rest.slice(place)], keys);
  const before = believe([]);
  return {
    isBelieved: believe([comment]) !== before,
    isControlBelieved: believe([control], guard === "signature" ? [] : KEYS) !== before,
  };
}

/** What the reader believes of an issue, in one text: every record with its comment, and whether a newer version wrote. */
export function digest(
  read: RecordReader,
  comments: readonly GitHubComment[],
  keys: readonly string[],
): string {
  const belief = { signer: { repositoryId: HOME_ID, keys }, trusted: [] };
  const { rejected: _, duplicates: __, ...believed } = read(ISSUE, comments, belief);
  return JSON.stringify(believed, (___, value: unknown) => (value instanceof Map ? [...value] : value));
}
