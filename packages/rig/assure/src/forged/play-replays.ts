import { type Random, seededRandom } from "@patchpilot/bench/draws";
import type { GitHubComment } from "@patchpilot/github";
import { claimFact, gateFact, listSequences, type Records, type Sequences } from "@patchpilot/incident";
import { explainOlder, knownSequences, readRecords } from "@patchpilot/ledger";
import type { Tally } from "../figure.ts";
import { drawHistory, HOME_ID, ISSUE, KEYS, ownComment, pick, type WrittenRecord, whole } from "./history.ts";
import { digest } from "./play-forgeries.ts";

/** The part of the ledger that says whether anything may rest on records, by what refs know of them. */
export type AgeJudge = (records: Records, known: Sequences) => string | undefined;

const read = (comments: readonly GitHubComment[]): Records =>
  readRecords(ISSUE, comments, { signer: { repositoryId: HOME_ID, keys: KEYS }, trusted: [] });

/**
 * Puts back an older state of a record whose comment is gone or was edited, so many times, on an issue with a claim or a closed
 * gate that was written after a later state. `believed`: something may rest on it. Three controls: without what the refs know
 * it counts; beside the newer comment it does not, whatever refs know; and the newest state is no older one.
 */
export function playReplays(count: number, seed: number, judge: AgeJudge = explainOlder): Tally {
  const counts = { believed: 0, "control believed": 0, "refused beside": 0, "newest refused": 0 };
  const faults: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const random = seededRandom(seed + at);
    const { target, others } = drawRewritten(random);
    const later = whole(random, 1, target.states.length - 1);
    const put = whole(random, 0, later - 1);
    const shown = (state: number): GitHubComment => ownComment(target.states[state] ?? "", 900);
    const known = asRefsKnow(target.kind, read([...others, shown(later)]), random);
    const isOlder = (records: Records): boolean => judge(records, known) !== undefined;
    const back = read([...others, shown(put)]);
    if (!isOlder(back)) {
      counts.believed += 1;
      if (faults.length < 8)
        faults.push(`state ${put + 1} of ${target.kind} was believed; seed ${seed + at}`);
    }
    if (digest(readRecords, [...others, shown(put)], KEYS) !== digest(readRecords, others, KEYS))
      counts["control believed"] += 1;
    const beside = [...others, target.comment];
    if (digest(readRecords, [...beside, shown(put)], KEYS) === digest(readRecords, beside, KEYS))
      counts["refused beside"] += 1;
    if (isOlder(read(beside))) counts["newest refused"] += 1;
  }
  return { sample: count, counts, worst: {}, faults };
}

/** Kinds that a closed gate knows, too. */
const AT_THE_GATE = /^(?:attempt\/\d+|dispatch|report)$/;

/** What a claim or a gate says of the records that were read when it was written, through its text and back. */
function asRefsKnow(kind: string, records: Records, random: Random): Sequences {
  const sequences = listSequences(records);
  const through = (fact: object): unknown => JSON.parse(JSON.stringify(fact));
  if (AT_THE_GATE.test(kind) && random() < 0.5) {
    const fact = gateFact.parse(through({ state: "closed", outcome: "failed", at: "", records: sequences }));
    return knownSequences([], { state: "present", oid: "g1", fact });
  }
  const claim = { state: "refused", cause: "acceptance/e1", episode: 1, losses: 0, run: "1" };
  const fact = claimFact.parse(through({ ...claim, records: sequences }));
  const claims = [{ issue: ISSUE, attempt: 1, oid: "c1", fact }];
  // A later claim of a version that knew nothing takes nothing back.
  const silent = { issue: ISSUE, attempt: 2, oid: "c2", fact: claimFact.parse(through(claim)) };
  return knownSequences(random() < 0.5 ? claims : [...claims, silent]);
}

/** A record that was written at least twice, and the comments of the others. */
function drawRewritten(random: Random): { readonly target: WrittenRecord; readonly others: GitHubComment[] } {
  for (;;) {
    const { written } = drawHistory(random);
    const rewritten = written.filter(({ states }) => states.length > 1);
    if (rewritten.length === 0) continue;
    const target = pick(random, rewritten);
    return { target, others: written.flatMap((each) => (each === target ? [] : [each.comment])) };
  }
}
