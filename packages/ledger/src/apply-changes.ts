import { type GitHub, type Mutation, type MutationResult, remedyForRefusal } from "@patchpilot/github";
import { findRecord, type RecordKind, type Stored } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import { ensureOwnLabels } from "./ensure-labels.ts";
import { findHiddenLine, needsNewSignature, type RecordWrite, recordBody } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import { type Ledger, labelDifference } from "./read-incidents.ts";
import { movedOn } from "./reread.ts";
import { showStatus } from "./show-status.ts";

/** What became of the writes of one incident. */
export type AppliedChange = {
  readonly issue: number;
  readonly writes: number;
  /** Sentences on what was refused or is unknown; empty where all is well. */
  readonly problems: readonly string[];
  /** Sentences on labels that the repository lacks: they only show what the records say, so nothing waits for them. */
  readonly unlabelled: readonly string[];
};

type Step = { readonly what: string; readonly mutation: Mutation };

/**
 * Makes the changes true in batches of aliased mutations. Records come before the status, then labels, and all before a
 * close: what is written last is only a projection of what was written first.
 */
export async function applyChanges(
  github: GitHub,
  ledger: Ledger,
  changes: readonly IncidentChange[],
): Promise<AppliedChange[]> {
  const writable = changes.filter(({ incident }) => incident.records.newerVersion === undefined);
  const planned = writable.map((change) => ({
    change,
    records: planRecords(change, ledger),
  }));
  const stale = await movedOn(
    github,
    planned.flatMap(({ records }) => records).flatMap((record) => record.replaces ?? []),
  );
  const labelIds = await ensureOwnLabels(github, ledger.repository, labelsNeeded(writable));
  const plans = planned.map(({ change, records }) => ({
    change,
    ...planChange(change, records, stale, labelIds),
  }));
  const results = await github.mutate(plans.flatMap(({ steps }) => steps.map(({ mutation }) => mutation)));
  const applied = new Map(
    plans.map(({ change, steps, dropped }) => [
      change,
      {
        ...summarise(change.incident.number, steps, results.splice(0, steps.length), dropped),
        unlabelled: dropped.length > 0 ? [] : findUnlabelled(change, labelIds),
      },
    ]),
  );
  return changes.map(
    (change) =>
      applied.get(change) ?? { issue: change.incident.number, writes: 0, problems: [], unlabelled: [] },
  );
}

/** A record to write, or the sentence why it cannot be written. */
type PlannedRecord = {
  readonly kind: RecordKind;
  readonly step?: Step;
  readonly replaces?: Stored<unknown>;
  readonly fault?: string;
  /** It only shows what other records say. */
  readonly isProjection?: boolean;
};

/** The records of a change, and the status of the incident that follows from them. */
function planRecords(change: IncidentChange, ledger: Ledger): PlannedRecord[] {
  const shown = showStatus(change);
  const plan = (write: RecordWrite) => planRecord(change, write, ledger);
  const writes = change.records.map((write) =>
    write.kind === "incident" && shown !== undefined ? shown.write : write,
  );
  const status = shown?.isAlone ? plan(shown.write) : [];
  return [...writes.flatMap(plan), ...status.map((record) => ({ ...record, isProjection: true }))];
}

/** Labels and state only show what records say, so they wait where a record had to be dropped. */
function planChange(
  change: IncidentChange,
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
      ? [`#${issue}: record ${record.kind} changed meanwhile; the next run looks again.`]
      : [];
  });
  const written = records.flatMap((record) => {
    const waits = isStale(record) || (record.isProjection && dropped.length > 0);
    return record.step && !waits ? [record.step] : [];
  });
  const shown = dropped.length > 0 ? [] : [...planLabels(change, labelIds), ...planState(change)];
  const steps = [...written, ...shown, ...planDuplicates(change)];
  return change.incident.locked && steps.length > 0
    ? {
        steps: [],
        dropped: [
          `#${issue}: its conversation is locked, so nothing is written. Unlock it: the next run continues.`,
        ],
      }
    : { steps, dropped };
}

function planRecord({ incident }: IncidentChange, write: RecordWrite, ledger: Ledger): PlannedRecord[] {
  const { number, nodeId, records } = incident;
  const { kind } = write;
  const stored = findRecord(records, kind);
  try {
    if (stored !== undefined && isSame(stored, write, ledger, number)) return [];
    const body = recordBody(ledger, number, write, (stored?.seq ?? 0) + 1);
    const mutation: Mutation =
      stored === undefined
        ? { field: "addComment", input: { subjectId: nodeId, body }, select: "commentEdge { node { id } }" }
        : {
            field: "updateIssueComment",
            input: { id: stored.commentId, body },
            select: "issueComment { id }",
          };
    const step = { what: `record ${kind}`, mutation };
    return [{ kind, step, ...omitUndefined({ replaces: stored }) }];
  } catch (error) {
    // One record that is too large must not keep the others from being written.
    if (!(error instanceof RangeError)) throw error;
    return [{ kind, fault: error.message }];
  }
}

function isSame(stored: Stored<unknown>, write: RecordWrite, ledger: Ledger, issue: number): boolean {
  const line = findHiddenLine(stored.body);
  if (line === undefined || "reason" in line) return false;
  if (needsNewSignature(ledger.belief.signer, issue, line)) return false;
  return withoutMac(stored.body) === withoutMac(recordBody(ledger, issue, write, stored.seq));
}

/** Whoever holds no key cannot tell a good signature from none, and must not replace it. */
const withoutMac = (body: string): string => body.trimEnd().replace(/ mac=\S+(?= data=\S+ -->$)/, "");

const labelsNeeded = (changes: readonly IncidentChange[]): string[] =>
  changes.flatMap(({ incident, phase }) =>
    phase === undefined ? [] : labelDifference(incident.labels, phase).add,
  );

function planLabels(change: IncidentChange, labelIds: ReadonlyMap<string, string>): Step[] {
  const { labels, nodeId } = change.incident;
  if (change.phase === undefined) return [];
  const { add, remove } = labelDifference(labels, change.phase);
  const ids = (names: readonly string[]) => names.flatMap((name) => labelIds.get(name) ?? []);
  const step = (field: string, names: readonly string[]): Step[] => {
    const input = { labelableId: nodeId, labelIds: ids(names) };
    if (input.labelIds.length === 0) return [];
    return [{ what: `labels ${names.join(", ")}`, mutation: { field, input, select: "clientMutationId" } }];
  };
  return [...step("addLabelsToLabelable", add), ...step("removeLabelsFromLabelable", remove)];
}

function findUnlabelled(
  { incident, phase }: IncidentChange,
  labelIds: ReadonlyMap<string, string>,
): string[] {
  const { add } = phase === undefined ? { add: [] } : labelDifference(incident.labels, phase);
  return add
    .filter((name) => !labelIds.has(name))
    .map(
      (name) =>
        `#${incident.number}: the label ${name} is not set: the repository lacks it, and GitHub did not let it be made. Make it by hand, or give the job \`issues: write\`.`,
    );
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

function planDuplicates({ incident }: IncidentChange): Step[] {
  return incident.records.duplicates.map((subjectId) => ({
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
  return `was refused: "${result.message}"${remedy ? `. ${remedy.slice(0, -1)}` : ""}`;
}
