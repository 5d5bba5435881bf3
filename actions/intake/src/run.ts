import { acceptEach } from "@patchpilot/acceptance";
import type { Line, Outcome } from "@patchpilot/action-kit";
import { NO_ISSUES, namesNoIssues, readOnlyReason } from "@patchpilot/action-kit/contract";
import { type Incident, MOST_AT_FIRST, roomAtFirst } from "@patchpilot/incident";
import type { IncidentChange } from "@patchpilot/ledger";
import type { contract, IntakeInputs } from "./contract.ts";
import { type Acceptance, acceptCandidate } from "./decide/accept.ts";
import { countAccount } from "./decide/account.ts";
import { nameLookalike } from "./decide/alike.ts";
import { assessCandidate } from "./decide/assess.ts";
import { chooseCandidates } from "./decide/choose.ts";
import { findFix } from "./decide/find-fix.ts";
import { judgeFix } from "./decide/judge.ts";
import { refreshIncident } from "./decide/refresh.ts";
import type { Candidate, Ignored, IntakeFacts } from "./facts.ts";
import type { IntakePorts } from "./ports.ts";
import { investigateCandidates } from "./read/history.ts";
import { readNamed } from "./read/issues.ts";
import { readFromSentry } from "./read/sentry-list.ts";
import { readSweep } from "./read/sweep.ts";
import { readGivenTask } from "./read/task.ts";
import { report } from "./report.ts";
import { describeTogether } from "./words/together.ts";
import { keepAccount } from "./write-account.ts";
import { type Opened, openSubjects } from "./write-issues.ts";

type Warn = (sentence: string) => void;

/**
 * Reads what GitHub and Sentry say, decides what is an incident, and writes its record and label. Run again, it
 * writes nothing that is true already.
 */
export async function run(inputs: IntakeInputs, ports: IntakePorts): Promise<Outcome<typeof contract>> {
  const lines: Line[] = [];
  const say =
    (level: Line["level"]) =>
    (text: string): void => {
      lines.push({ level, text });
    };
  const warn = say("warning");
  if (namesNoIssues(inputs)) {
    say("info")(NO_ISSUES);
    const account = countAccount([], new Set(), false);
    return report({ acceptances: [], applied: [], waiting: [], ignored: [], account, lines, planned: false });
  }
  const readOnly = readOnlyReason(inputs);
  const planned = readOnly !== undefined;
  if (planned) say("notice")(readOnly);
  const facts = await read(inputs, ports, warn);
  const choice = chooseCandidates(facts.candidates, facts.known, inputs);
  const atFirst = await findRoomAtFirst(facts, ports);
  const opened = await openSubjects(facts, inputs, ports, {
    room: Math.max(0, Math.min(inputs.limit - choice.chosen.length, atFirst)),
    plan: planned ? say("info") : undefined,
    warn,
  });
  const acceptances = await decide([...choice.chosen, ...opened.candidates], facts, inputs, ports, warn);
  const standing = findStandDowns(facts);
  const changes = [...acceptances.map(({ change }) => change), ...refresh(facts, opened, acceptances)];
  const applied = planned || changes.length === 0 ? [] : await ports.incidents.apply(changes);
  const ignored = [...facts.ignored, ...choice.ignored];
  const account = await keepAccount(facts, { ignored, acceptances, applied, planned }, ports, warn);
  const isFirstRun = Number.isFinite(atFirst) && opened.left > 0;
  describeLeft(choice.left + opened.left, isFirstRun).forEach(say("notice"));
  return report({
    acceptances,
    applied,
    waiting: facts.waiting.filter((incident) => !standing.has(incident)),
    ignored: [...ignored, ...standing.values()],
    together: describeTogether(opened.candidates, opened.joined),
    account,
    lines,
    planned,
  });
}

const refresh = (
  facts: IntakeFacts,
  { joined }: Pick<Opened, "joined">,
  acceptances: readonly Acceptance[],
): IncidentChange[] => [
  ...facts.waiting.map((incident) => refreshIncident(incident, facts.pulls, joined.get(incident.number))),
  ...remind(facts, acceptances),
];

/** What waits for people nobody else reads after a day: this run read it whole, so it says it again if that is due. */
function remind({ account }: IntakeFacts, acceptances: readonly Acceptance[]): IncidentChange[] {
  if (account.listing === undefined) return [];
  const accepted = new Set(acceptances.map(({ candidate }) => candidate.incident.number));
  return account.read
    .filter(({ open, phase, number }) => open && phase === "needs-human" && !accepted.has(number))
    .map((incident) => ({ incident, records: [] }));
}

function describeLeft(left: number, isFirstRun: boolean): string[] {
  if (left === 0) return [];
  const why = isFirstRun ? `the first run opens at most ${MOST_AT_FIRST}` : "they exceed `limit`";
  return [`${left} more passed every filter and ${left === 1 ? "waits" : "wait"} for a later run: ${why}.`];
}

function read(inputs: IntakeInputs, ports: IntakePorts, warn: Warn): Promise<IntakeFacts> {
  if (inputs.source === "task") return readGivenTask(inputs.task, ports);
  if (inputs.issues !== "auto") return readNamed(inputs.issues, inputs, ports, warn);
  if (inputs.source === "sentry") return readFromSentry(inputs, ports, warn);
  const { eventIssue } = ports;
  return eventIssue === undefined
    ? readSweep(inputs, ports, warn)
    : readNamed([eventIssue], inputs, ports, warn);
}

/** A person's task is in this run alone: no later one could open it. */
async function findRoomAtFirst(
  { unopened, known }: IntakeFacts,
  { incidents }: IntakePorts,
): Promise<number> {
  const isTask = unopened.some(({ request }) => request !== undefined);
  return isTask ? Number.POSITIVE_INFINITY : roomAtFirst(known, await incidents.now());
}

/** Looks into the code for the chosen ones and decides each. */
async function decide(
  chosen: readonly Candidate[],
  { known }: IntakeFacts,
  inputs: IntakeInputs,
  ports: IntakePorts,
  warn: Warn,
): Promise<Acceptance[]> {
  const findings = await investigateCandidates(chosen, inputs.environment, ports, warn);
  const now = await ports.incidents.now();
  const investigated = chosen.flatMap((candidate, index) => {
    const found = findings[index];
    return found === undefined ? [] : [{ ...candidate, found }];
  });
  const rivals = acceptEach(chosen, (candidate) => nameLookalike(candidate, inputs), warn);
  return acceptEach(
    investigated,
    ({ found, ...candidate }) => {
      const { number } = candidate.incident;
      if (candidate.view.state === "failed")
        warn(
          `#${number} is accepted by its text alone, because Sentry did not answer: ${candidate.view.message}`,
        );
      const around = { known: known.filter((one) => one.number !== number), chosen: rivals };
      const assessment = assessCandidate(candidate, found, around, inputs, ports.secrets);
      return acceptCandidate(candidate, assessment, inputs, now);
    },
    warn,
  );
}

/** Incidents that wait while somebody fixes them already. */
const findStandDowns = ({ waiting, pulls }: IntakeFacts): ReadonlyMap<Incident, Ignored> =>
  new Map(
    waiting.flatMap((incident) => {
      const shortId = incident.records.incident?.data.sentry?.shortId ?? null;
      const objection = judgeFix(findFix(incident, shortId, pulls));
      return objection === null ? [] : [[incident, { issue: incident.number, ...objection }] as const];
    }),
  );
