import { signatureOfName } from "@patchpilot/evidence";
import {
  type AttemptRecord,
  addRecords,
  attemptKey,
  foldIncident,
  type Incident,
  type IncidentRecord,
  LABELS,
  NO_RECORDS,
  type Phase,
  phaseLabel,
  type RecordKind,
  type RecoveryRecord,
  UMBRELLA_LABEL,
} from "@patchpilot/incident";
import { recordBody } from "@patchpilot/ledger";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators";
import { statusText } from "@patchpilot/status";
import { BENCH_NAMES, type BenchStage } from "./stage.ts";

const BELIEF = {
  signer: { repositoryId: BENCH_NAMES.repositoryId, keys: [BENCH_NAMES.stateKey] },
  trusted: [],
};

/** Opens an issue as Sentry does and writes the record that intake writes. @returns the issue's number */
export function addBenchIncident(
  stage: BenchStage,
  title: string,
  change: Partial<IncidentRecord> = {},
): number {
  const { number } = stage.world.as("sentry[bot]").openIssue({ title, body: "Sentry Issue" });
  const at = stage.clock.iso();
  const data: IncidentRecord = {
    phase: "accepted",
    phaseAt: at,
    key: `sentry:acme/${number}`,
    kind: "error",
    fingerprint: `f${number}`,
    title,
    severity: "high",
    confidence: 0.95,
    environment: "production",
    episode: 1,
    acceptedAt: at,
    suspectFiles: ["src/checkout.ts"],
    similar: [],
    ...change,
  };
  writeRecord(stage, number, "incident", data);
  setPhase(stage, number, data.phase);
  return number;
}

/** One that looks like the first `benchCrash` and waits for its own repair, and a closed one of the same words and file. */
export function addResembling(stage: BenchStage): void {
  const title = "TypeError: cannot read total0";
  const { fingerprint: likeness } = signatureOfName("TypeError at src/checkout.ts:total0");
  addBenchIncident(stage, title, { likeness });
  stage.world.as("maintainer").closeIssue(addBenchIncident(stage, title, { phase: "recovered" }));
}

/** Writes the record of an attempt whose pull request is merged, as dispatch does when it settles it. */
export function addMergedAttempt(
  stage: BenchStage,
  issue: number,
  merge: Required<Pick<AttemptRecord, "pullRequest" | "mergeCommit">>,
): void {
  const at = stage.clock.iso();
  const data: AttemptRecord = {
    phase: "verifying",
    phaseAt: at,
    attempt: 1,
    episode: 1,
    key: attemptKey(BENCH_NAMES.repositoryId, issue, 1),
    cause: "acceptance",
    agent: "claude-code",
    dispatchedAt: at,
    losses: 0,
    outcome: "merged",
    ...merge,
  };
  writeRecord(stage, issue, "attempt/1", data);
  setPhase(stage, issue, "verifying");
}

/** Writes what verify-recovery decided last. */
export function addRecovery(stage: BenchStage, issue: number, data: RecoveryRecord): void {
  writeRecord(stage, issue, "recovery/1", data);
  setPhase(stage, issue, data.phase);
}

/** What was written on each issue of a stage: the first comment, and the data of all records. */
type Written = { readonly comment: number; readonly records: Map<RecordKind, object> };
const WRITTEN = new WeakMap<BenchStage, Map<number, Written>>();

/** Writes a record, and the status that follows from all of them, as `applyChanges` does. */
function writeRecord(stage: BenchStage, issue: number, kind: RecordKind, data: object): void {
  const bot = stage.world.as(GITHUB_ACTIONS_BOT.login);
  const { id } = bot.comment(issue, composeBody(issue, kind, data, `### ${kind}`));
  const issues = WRITTEN.get(stage) ?? new Map<number, Written>();
  WRITTEN.set(stage, issues);
  const { comment, records } = issues.get(issue) ?? { comment: id, records: new Map() };
  records.set(kind, data);
  issues.set(issue, { comment, records });
  const first = records.get("incident");
  if (first === undefined) return;
  const status = statusText(foldWritten(stage, issue, records), "### incident");
  bot.editComment(comment, composeBody(issue, "incident", first, status));
}

const composeBody = (issue: number, kind: RecordKind, data: object, text: string): string =>
  recordBody({ belief: BELIEF }, issue, { kind, text, data }, 1);

function foldWritten({ world }: BenchStage, number: number, written: Written["records"]): Incident {
  const { title, createdAt } = world.repository(BENCH_NAMES.repository).issues.get(number) ?? {};
  const url = `https://github.com/${BENCH_NAMES.repository}/issues/${number}`;
  const stored = [...written].map(
    ([kind, data]) => [kind, { data, seq: 0, commentId: "", body: "" }] as const,
  );
  const records = { ...addRecords(NO_RECORDS, stored), rejected: [], duplicates: [] };
  const facts = { number, title: title ?? "", url, open: true, createdAt: createdAt ?? "", updatedAt: "" };
  return foldIncident({ ...NOBODYS, ...facts }, records);
}

const NOBODYS = {
  ...{ nodeId: "", body: "", stateReason: null, locked: false, closedAt: null, closedBy: null },
  ...{ author: null, labels: [], commands: [] },
};

function setPhase({ world }: BenchStage, issue: number, phase: Phase): void {
  const bot = world.as(GITHUB_ACTIONS_BOT.login);
  for (const earlier of ["accepted", "verifying"] as const) bot.unlabel(issue, phaseLabel(earlier));
  bot.label(issue, UMBRELLA_LABEL, phaseLabel(phase));
}

/** A repository that has used PatchPilot before has all of its labels. */
export function addLabels({ world }: BenchStage): void {
  for (const { name } of LABELS) world.as("maintainer").createLabel(name);
}

/** The title of an error that is another one for each number. */
export const nameError = (index: number): string => `TypeError: cannot read total of order ${index}`;
