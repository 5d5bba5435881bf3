import { type GitHub, repositoryName } from "@patchpilot/github";
import { type AttemptRecord, commandLabel, type Incident, type PlanRecord } from "@patchpilot/incident";
import {
  applyChanges,
  ensureOwnLabels,
  findHiddenLine,
  type IncidentChange,
  type Ledger,
  leaveIncident,
  makeBelief,
  type RecordWrite,
  readIncidents,
} from "@patchpilot/ledger";
import { ATTEMPT_REASONS, attemptText } from "@patchpilot/status";
import type { ProposeInputs } from "./contract.ts";
import type { AttemptNews, AttemptPlace, Unshown } from "./ports.ts";

type Run = Pick<AttemptNews, "runId" | "runUrl">;
type Read = { readonly ledger: Ledger; readonly incident: Incident };

/** Reads the incident of an attempt, or says why nothing can be written on it. */
async function readIncident(
  github: GitHub,
  inputs: ProposeInputs,
  { repository, issue }: Pick<AttemptPlace, "repository" | "issue">,
): Promise<Read | string> {
  const belief = makeBelief(inputs["state-key"], inputs["trusted-authors"]);
  const ledger = await readIncidents(github, repositoryName(repository), { numbers: [issue] }, belief);
  const [incident] = ledger.incidents;
  if (incident === undefined) return `#${issue} cannot be read`;
  if (incident.records.newerVersion !== undefined)
    return `a newer PatchPilot wrote on #${issue}; upgrade this action`;
  return { ledger, incident };
}

/**
 * Shows on the issue what became of an attempt: its record, the status and the labels, in one batch.
 * @returns why that is left to the next run of `dispatch`; undefined: it is shown
 */
export async function showAttempt(
  github: GitHub,
  inputs: ProposeInputs,
  place: AttemptPlace,
  news: AttemptNews,
): Promise<Unshown | undefined> {
  const read = await readIncident(github, inputs, place);
  if (typeof read === "string") return { why: read };
  const record = updateAttempt(read.incident, place.attempt, news, await github.clock());
  if (record === undefined) return { why: `its record of attempt ${place.attempt} cannot be read` };
  if (isSignedByOthers(read)) return { why: "`state-key` is absent, and its records are signed" };
  const [why] = await write(github, inputs, read, [record]);
  return why === undefined ? undefined : { why, isRefused: true };
}

/**
 * A plan is a record of its attempt, and the status asks for its approval. The label that approves it is made where the
 * repository lacks it.
 * @returns sentences on what was refused
 */
export async function writePlan(
  github: GitHub,
  inputs: ProposeInputs,
  { run, ...place }: Pick<AttemptPlace, "repository" | "issue"> & { readonly run: Run },
  text: string,
  data: PlanRecord,
): Promise<readonly string[]> {
  const read = await readIncident(github, inputs, place);
  if (typeof read === "string") return [`The plan was not posted: ${read}.`];
  const plan: RecordWrite = { kind: `plan/${data.attempt}`, text, data };
  const record = isSignedByOthers(read)
    ? undefined
    : updateAttempt(read.incident, data.attempt, { ...PLANNED, ...run }, await github.clock());
  const problems = await write(github, inputs, read, record === undefined ? [plan] : [plan, record]);
  await ensureOwnLabels(github, read.ledger.repository, [commandLabel("go-ahead")]);
  return problems;
}

/** As `dispatch` settles it. */
const PLANNED: AttemptNews = { phase: "needs-human", outcome: "planned", reason: ATTEMPT_REASONS.plan };

/** This run tells whose turn it is at once; others leave that to it. */
async function write(
  github: GitHub,
  { notify }: ProposeInputs,
  { ledger, incident }: Read,
  records: readonly RecordWrite[],
): Promise<readonly string[]> {
  const change: IncidentChange = { incident, records };
  const changes = [{ ...change, phase: leaveIncident(change).phase }];
  const applied = await applyChanges(github, ledger, changes, { notify, isWorker: true });
  return applied.flatMap(({ problems }) => problems);
}

/** The record of an attempt that is still at work, with what this run knows; undefined: `dispatch` has more to say. */
function updateAttempt(
  { records }: Incident,
  attempt: number,
  news: AttemptNews,
  now: Date,
): RecordWrite | undefined {
  const stored = records.attempts.get(attempt);
  if (stored === undefined || stored.data.outcome !== undefined) return undefined;
  const { needs: _, ...before } = stored.data;
  const phaseAt = before.phase === news.phase ? before.phaseAt : now.toISOString();
  const data: AttemptRecord = { ...before, ...news, phaseAt };
  return { kind: `attempt/${attempt}`, text: attemptText(data), data };
}

/** Whoever holds no key would write what nobody believes. */
const isSignedByOthers = ({ ledger, incident }: Read): boolean => {
  const line = findHiddenLine(incident.records.incident?.body ?? "");
  const isSigned = line !== undefined && "mac" in line && line.mac !== "none";
  return isSigned && ledger.belief.signer.keys.length === 0;
};
