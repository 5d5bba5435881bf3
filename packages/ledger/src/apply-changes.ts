import {
  type GitHub,
  type Mutation,
  type MutationResult,
  remedyForRefusal,
  repositoryName,
} from "@patchpilot/github";
import { type Incident, joinSequences, type Sequences, UMBRELLA_LABEL } from "@patchpilot/incident";
import { ensureOwnLabels } from "./ensure-labels.ts";
import type { IncidentChange } from "./incident-change.ts";
import { type NoticePlan, openNotifier, type Telling } from "./notices.ts";
import { explainOlder } from "./older-records.ts";
import { findUnlabelled, isRelabelled, labelsNeeded, planLabels } from "./plan-labels.ts";
import {
  type Draft,
  draftProjection,
  draftRecords,
  numberRecord,
  type PlannedRecord,
  type Step,
} from "./plan-records.ts";
import type { Ledger } from "./read-incidents.ts";
import { type Again, readAgain } from "./reread.ts";

/** What became of the writes of one incident. */
export type AppliedChange = {
  readonly issue: number;
  readonly writes: number;
  /** Sentences on what was refused or is unknown; empty where all is well. */
  readonly problems: readonly string[];
  /**
   * Sentences on labels that the repository lacks, and on mentions that are missing: they only show what the records say,
   * so nothing waits for them.
   */
  readonly unlabelled: readonly string[];
};

/**
 * Makes the changes true in batches of aliased mutations. Records come before the status, then labels, and all before a
 * close: what is written last is only a projection of what was written first.
 * @param telling whom to tell if it becomes a person's turn by these changes, or is over; undefined: nobody
 */
export async function applyChanges(
  github: GitHub,
  ledger: Ledger,
  changes: readonly IncidentChange[],
  telling?: Telling,
): Promise<AppliedChange[]> {
  const writable = changes.filter(({ incident }) => incident.records.newerVersion === undefined);
  const drafted = writable.map((change) => ({ change, drafts: draftRecords(change, ledger) }));
  const notifier = telling && (await openNotifier(github, ledger, telling));
  const outlooks = notifier?.lookAhead(writable) ?? [];
  const announcing = outlooks.flatMap(({ notice, change }) => (notice ? [change.incident] : []));
  const again = await readAgain(github, repositoryName(ledger.repository.nameWithOwner), {
    records: drafted.flatMap(({ drafts }) => drafts).flatMap(({ replaces }) => replaces ?? []),
    issues: announcing,
    labelled: writable.filter(isRelabelled).map(({ incident }) => incident),
    attempts: countAttempts(drafted, announcing),
  });
  const announced = await notifier?.tell(outlooks, again);
  const known = drafted.map((each) => ({ ...each, ...judgeAge(each.change, again) }));
  const sound = known.flatMap(({ change, older }) => (older === undefined ? [change] : []));
  const labelIds = await ensureOwnLabels(github, ledger.repository, labelsNeeded(sound));
  const plans = known.map((each) => ({
    change: each.change,
    ...planWhole(each, announced?.get(each.change), ledger, again, labelIds),
  }));
  const results = await github.mutate(plans.flatMap(({ steps }) => steps.map(({ mutation }) => mutation)));
  const applied = new Map(
    plans.map(({ change, steps, dropped }) => [
      change,
      {
        ...summarise(change.incident.number, steps, results.splice(0, steps.length), dropped),
        unlabelled: [
          ...(dropped.length > 0 ? [] : findUnlabelled(change, labelIds)),
          ...(announced?.get(change)?.warnings ?? []),
        ],
      },
    ]),
  );
  return changes.map(
    (change) =>
      applied.get(change) ?? { issue: change.incident.number, writes: 0, problems: [], unlabelled: [] },
  );
}

/** A change with the records that it needs. */
type Drafted = { readonly change: IncidentChange; readonly drafts: readonly Draft[] };
/** How often its records were written at least; `older`: why nothing may rest on them. */
type Age = { readonly sequences: Sequences; readonly older: string | undefined };

/** Of the incidents whose records are about to lead to something, the highest attempt that they mention. */
const countAttempts = (drafted: readonly Drafted[], announcing: readonly Incident[]): Map<number, number> =>
  new Map(
    drafted
      .filter(
        ({ change: { incident, state }, drafts }) =>
          // What is accepted for the first time has no claims.
          (incident.phase !== undefined || incident.labels.includes(UMBRELLA_LABEL)) &&
          (state !== undefined || announcing.includes(incident) || drafts.length > 0),
      )
      .map(({ change: { incident } }) => [incident.number, Math.max(0, ...incident.records.attempts.keys())]),
  );

function judgeAge({ incident, known }: IncidentChange, again: Again): Age {
  const sequences = joinSequences([known, again.known.get(incident.number)]);
  return { sequences, older: explainOlder(incident.records, sequences) };
}

/** With what is said of the incident: who sees what led to a turn sees that it was said, too. */
function planWhole(
  { change, drafts, sequences, older }: Drafted & Age,
  { notice, outdated }: NoticePlan = { outdated: [], warnings: [] },
  ledger: Ledger,
  { moved, labels }: Again,
  labelIds: ReadonlyMap<string, string>,
) {
  const { number, records: read } = change.incident;
  if (older !== undefined) return { steps: [], dropped: [`#${number}: ${older}.`] };
  const notices = notice ? draftProjection(change, notice, ledger) : [];
  // What is accepted just now begins with its own comment.
  const isKnown = read.incident !== undefined;
  const inOrder = isKnown ? [...notices, ...drafts] : [...drafts, ...notices];
  const records = inOrder.map((draft) => numberRecord(change, draft, ledger, sequences));
  return planChange({ ...change, outdated, labels: labels.get(number) }, records, moved, labelIds);
}

/** What is known of the issue just before it is written. `labels` undefined: not read again. */
type Whole = IncidentChange & {
  readonly outdated: readonly string[];
  readonly labels: readonly string[] | undefined;
};

/** Labels and state only show what records say, so they wait where a record had to be dropped. */
function planChange(
  change: Whole,
  records: readonly PlannedRecord[],
  stale: ReadonlySet<string>,
  labelIds: ReadonlyMap<string, string>,
): { readonly steps: Step[]; readonly dropped: string[] } {
  const issue = change.incident.number;
  const isStale = ({ replaces }: PlannedRecord) => replaces !== undefined && stale.has(replaces.commentId);
  const dropped = records.flatMap((record) => {
    // Who rewrote the status meanwhile saw other records than this run: the next one looks at both.
    if (record.isProjection) return [];
    if (record.fault !== undefined) return [`#${issue}: ${record.fault}`];
    return isStale(record)
      ? [`#${issue}: record ${record.kind} changed in the meantime; the next run looks again.`]
      : [];
  });
  const written = records.flatMap((record) => {
    const waits = isStale(record) || (record.isProjection && dropped.length > 0);
    return record.step && !waits ? [record.step] : [];
  });
  const shown =
    dropped.length > 0 ? [] : [...planLabels(change, change.labels, labelIds), ...planState(change)];
  const steps = [...written, ...shown, ...planHiding(change)];
  return change.incident.locked && steps.length > 0
    ? {
        steps: [],
        dropped: [
          `#${issue}: its conversation is locked, so nothing is written. Unlock it: the next run continues.`,
        ],
      }
    : { steps, dropped };
}

function planState(change: IncidentChange): Step[] {
  const { open, nodeId } = change.incident;
  const done = change.state === "reopen" ? open : !open;
  if (change.state === undefined || done) return [];
  const stateReason = change.state === "close-completed" ? "COMPLETED" : "NOT_PLANNED";
  const mutation: Mutation =
    change.state === "reopen"
      ? { field: "reopenIssue", input: { issueId: nodeId }, select: "issue { id }" }
      : { field: "closeIssue", input: { issueId: nodeId, stateReason }, select: "issue { id }" };
  return [{ what: change.state, mutation }];
}

function planHiding({ incident, outdated }: Whole): Step[] {
  const hide = (what: string, classifier: string) => (subjectId: string) => ({
    what,
    mutation: {
      field: "minimizeComment",
      input: { subjectId, classifier },
      select: "minimizedComment { isMinimized }",
    },
  });
  return [
    ...incident.records.duplicates.map(hide("minimise a duplicate record", "DUPLICATE")),
    ...outdated.map(hide("minimise what is over", "OUTDATED")),
  ];
}

function summarise(
  issue: number,
  steps: readonly Step[],
  results: readonly MutationResult[],
  dropped: readonly string[],
): Omit<AppliedChange, "unlabelled"> {
  return {
    issue,
    writes: results.filter(({ state }) => state === "done").length,
    problems: [
      ...dropped,
      ...results.flatMap((result, index) =>
        result.state === "done" ? [] : [`#${issue}: ${steps[index]?.what} ${describeFate(result)}.`],
      ),
    ],
  };
}

/** Everything that is written here is an issue's: GraphQL does not name the permission, so it is named here. */
function describeFate(result: Exclude<MutationResult, { state: "done" }>): string {
  if (result.state === "unknown") return `may not have arrived (${result.message})`;
  const missing = result.type === "FORBIDDEN" ? "The job's `permissions:` need `issues: write`." : undefined;
  const remedy = remedyForRefusal(result.message) ?? missing;
  return `was refused by GitHub: "${result.message}"${remedy ? `. ${remedy.slice(0, -1)}` : ""}`;
}
