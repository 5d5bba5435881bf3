import type { GitHub, Mutation, MutationResult } from "@patchpilot/github";
import type { Incident, Phase, RecordKind, Records, Stored } from "@patchpilot/incident";
import { ensureLabels } from "./ensure-labels.ts";
import { findHiddenLine, needsNewSignature, withoutHiddenLines, writeHiddenLine } from "./hidden-line.ts";
import { type Ledger, labelDifference } from "./read-incidents.ts";
import { movedOn } from "./reread.ts";

/** One record as it should stand: what a person reads, and the data of the hidden line. */
export type RecordWrite = { readonly kind: RecordKind; readonly text: string; readonly data: object };

/** Everything that one run wants to be true of one incident. What is true already is not written. */
export type Change = {
  readonly incident: Incident;
  readonly records: readonly RecordWrite[];
  /** The phase that the labels should show; undefined leaves them alone. */
  readonly phase?: Phase | undefined;
  readonly state?: "close-completed" | "close-not-planned" | "reopen";
};

/** What became of the writes of one incident. */
export type Applied = {
  readonly issue: number;
  readonly writes: number;
  /** Sentences on what was refused or is unknown; empty where all is well. */
  readonly problems: readonly string[];
};

type Step = { readonly issue: number; readonly what: string; readonly mutation: Mutation };

/** Comments stay under GitHub's 65,536 characters with room for the hidden line. */
const TEXT_LIMIT = 52_000;

/**
 * Makes the changes true in batches of aliased mutations. Records come before labels, and both before a close:
 * what is written last is only a projection of what was written first.
 */
export async function applyChanges(
  github: GitHub,
  ledger: Ledger,
  changes: readonly Change[],
): Promise<Applied[]> {
  const writable = changes.filter(({ incident }) => incident.records.newerVersion === undefined);
  const planned = writable.map((change) => ({ change, records: planRecords(change, ledger) }));
  const stale = await movedOn(
    github,
    planned.flatMap(({ records }) => records).flatMap((record) => record.replaces ?? []),
  );
  const labelIds = await ensureLabels(github, ledger.repository, labelsNeeded(writable));
  const plans = planned.map(({ change, records }) => planChange(change, records, stale, labelIds));
  const steps = plans.flatMap((plan) => plan.steps);
  const results = await github.mutate(steps.map((step) => step.mutation));
  const dropped = new Map(plans.map((plan) => [plan.issue, plan.dropped]));
  return changes.map(({ incident }) => {
    const { number } = incident;
    return summarise(number, steps, results, dropped.get(number) ?? []);
  });
}

/** A record to write, or the sentence why it cannot be written. */
type PlannedRecord = {
  readonly kind: RecordKind;
  readonly step?: Step;
  readonly replaces?: Stored<unknown>;
  readonly fault?: string;
};

/** Labels and state only show what records say, so they wait where a record had to be dropped. */
function planChange(
  change: Change,
  records: readonly PlannedRecord[],
  stale: ReadonlySet<string>,
  labelIds: ReadonlyMap<string, string>,
): { readonly issue: number; readonly steps: Step[]; readonly dropped: string[] } {
  const issue = change.incident.number;
  const isStale = ({ replaces }: PlannedRecord) => replaces !== undefined && stale.has(replaces.commentId);
  const dropped = records.flatMap((record) => {
    if (record.fault !== undefined) return [`#${issue}: ${record.fault}`];
    return isStale(record)
      ? [`#${issue}: record ${record.kind} changed meanwhile; the next run looks again.`]
      : [];
  });
  const written = records.flatMap((record) => (record.step && !isStale(record) ? [record.step] : []));
  const shown = dropped.length > 0 ? [] : [...planLabels(change, labelIds), ...planState(change)];
  return { issue, steps: [...written, ...shown, ...planDuplicates(change)], dropped };
}

function planRecords(change: Change, ledger: Ledger): PlannedRecord[] {
  return change.records.flatMap((write): PlannedRecord[] => {
    try {
      return planRecord(change, write, ledger);
    } catch (error) {
      // One record that is too large must not keep the others from being written.
      if (!(error instanceof RangeError)) throw error;
      return [{ kind: write.kind, fault: error.message }];
    }
  });
}

function planRecord({ incident }: Change, write: RecordWrite, ledger: Ledger): PlannedRecord[] {
  const { number, nodeId, records } = incident;
  const stored = storedRecord(records, write.kind);
  if (stored !== undefined && isSame(stored, write, ledger, number)) return [];
  const body = recordBody(ledger, number, write, (stored?.seq ?? 0) + 1);
  const mutation: Mutation =
    stored === undefined
      ? {
          field: "addComment",
          input: { subjectId: nodeId, body },
          select: "commentEdge { node { id } }",
        }
      : {
          field: "updateIssueComment",
          input: { id: stored.commentId, body },
          select: "issueComment { id }",
        };
  const step = { issue: number, what: `record ${write.kind}`, mutation };
  return [{ kind: write.kind, step, ...(stored === undefined ? {} : { replaces: stored }) }];
}

/** The whole comment: text, cut if it must be, and the hidden line as the last line. */
export function recordBody(
  ledger: Pick<Ledger, "belief">,
  issue: number,
  write: RecordWrite,
  seq: number,
): string {
  const inert = withoutHiddenLines(write.text);
  // `toWellFormed`: the cut may split a character, and GitHub would then show another text than was written.
  const text =
    inert.length > TEXT_LIMIT ? `${inert.slice(0, TEXT_LIMIT).toWellFormed()}\n\n(shortened)` : inert;
  return `${text}\n\n${writeHiddenLine(ledger.belief.signer, { issue, kind: write.kind, seq }, write.data)}`;
}

/** Finds a record by its kind. */
export function storedRecord(records: Records, kind: RecordKind): Stored<unknown> | undefined {
  if (kind === "incident") return records.incident;
  if (kind === "impact") return records.impact;
  if (kind === "dispatch") return records.dispatch;
  const [name, number] = kind.split("/");
  if (name === "plan") return records.plans?.get(Number(number));
  if (name === "plan") return records.plans?.get(Number(number));
  return name === "attempt" ? records.attempts.get(Number(number)) : records.recoveries.get(Number(number));
}

function isSame(stored: Stored<unknown>, write: RecordWrite, ledger: Ledger, issue: number): boolean {
  const line = findHiddenLine(stored.body);
  if (line === undefined || "reason" in line) return false;
  if (needsNewSignature(ledger.belief.signer, issue, line)) return false;
  return withoutMac(stored.body) === withoutMac(recordBody(ledger, issue, write, stored.seq));
}

/** Whoever holds no key cannot tell a good signature from none, and must not replace it. */
const withoutMac = (body: string): string => body.trimEnd().replace(/ mac=\S+(?= data=\S+ -->$)/, "");

const labelsNeeded = (changes: readonly Change[]): string[] =>
  changes.flatMap(({ incident, phase }) =>
    phase === undefined ? [] : labelDifference(incident.labels, phase).add,
  );

function planLabels(change: Change, labelIds: ReadonlyMap<string, string>): Step[] {
  const { labels, number, nodeId } = change.incident;
  if (change.phase === undefined) return [];
  const { add, remove } = labelDifference(labels, change.phase);
  const ids = (names: readonly string[]) => names.flatMap((name) => labelIds.get(name) ?? []);
  const step = (field: string, names: readonly string[]): Step[] =>
    ids(names).length === 0
      ? []
      : [
          {
            issue: number,
            what: `labels ${names.join(", ")}`,
            mutation: {
              field,
              input: { labelableId: nodeId, labelIds: ids(names) },
              select: "clientMutationId",
            },
          },
        ];
  return [...step("addLabelsToLabelable", add), ...step("removeLabelsFromLabelable", remove)];
}

function planState(change: Change): Step[] {
  const { open, nodeId, number } = change.incident;
  const done = change.state === "reopen" ? open : !open;
  if (change.state === undefined || done) return [];
  const stateReason = change.state === "close-completed" ? "COMPLETED" : "NOT_PLANNED";
  const mutation: Mutation =
    change.state === "reopen"
      ? { field: "reopenIssue", input: { issueId: nodeId }, select: "issue { id }" }
      : { field: "closeIssue", input: { issueId: nodeId, stateReason }, select: "issue { id }" };
  return [{ issue: number, what: change.state, mutation }];
}

function planDuplicates({ incident }: Change): Step[] {
  return incident.records.duplicates.map((subjectId) => ({
    issue: incident.number,
    what: "minimise a duplicate record",
    mutation: {
      field: "minimizeComment",
      input: { subjectId, classifier: "DUPLICATE" },
      select: "minimizedComment { isMinimized }",
    },
  }));
}

function summarise(
  issue: number,
  steps: readonly Step[],
  results: readonly MutationResult[],
  dropped: readonly string[],
): Applied {
  const own = steps.flatMap((step, index) => {
    const result = results[index];
    return step.issue === issue && result !== undefined ? [{ step, result }] : [];
  });
  return {
    issue,
    writes: own.filter(({ result }) => result.state === "done").length,
    problems: [
      ...dropped,
      ...own.flatMap(({ step, result }) =>
        result.state === "done" ? [] : [`#${issue}: ${step.what} ${fateOf(result)}.`],
      ),
    ],
  };
}

/** Everything that is written here is an issue's: GraphQL does not name the permission, so it is named here. */
function fateOf(result: Exclude<MutationResult, { state: "done" }>): string {
  if (result.state === "unknown") return `may not have arrived (${result.message})`;
  const remedy = result.type === "FORBIDDEN" ? "; the job's `permissions:` need `issues: write`" : "";
  return `was refused (${result.message}${remedy})`;
}
