import {
  listRuns,
  type ProposedPull,
  readCommitMessages,
  readPermission,
  readPullRequests,
  type WorkflowRun,
} from "@patchpilot/github";
import {
  attemptBranch,
  attemptKey,
  type Command,
  type Incident,
  type Phase,
  parseKey,
  phasesServedBy,
} from "@patchpilot/incident";
import {
  type Claim,
  firstClaimRefs,
  type Gate,
  type Ledger,
  readClaims,
  readGates,
  readIncidents,
} from "@patchpilot/ledger";
import type { Inputs } from "../contract.ts";
import { reviewCause } from "../decide/claims.ts";
import type { Facts } from "../facts.ts";
import type { Ports } from "../ports.ts";

/** What one run of dispatch read. */
export type Reading = {
  readonly ledger: Ledger;
  readonly facts: readonly Facts[];
  readonly now: number;
  /** Incidents that were read beside them, as they changed: closed or reopened by a person, or served by others. */
  readonly others: readonly Incident[];
  /** Numbers that were asked for and are no issue that the token may read. */
  readonly missing: readonly number[];
};

/** Claims of issues named by number are asked for together with the issues, up to this many issues. */
const ASKED_TOGETHER = 20;

/** Reads the incidents of this run with their claims, and what became of the attempts in flight. */
export async function readAll(inputs: Inputs, ports: Ports, attemptMs: number): Promise<Reading> {
  const numbers = selectedNumbers(inputs, ports);
  const ledger = await readIncidents(
    ports.github,
    ports.repository,
    numbers === undefined ? { phases: servedPhases, commands: ["accept", "retry", "approved"] } : { numbers },
    ports.belief,
    { dispatchFacts: true, refs: numbers && numbers.length <= ASKED_TOGETHER ? firstClaimRefs(numbers) : [] },
  );
  const isOwn = (incident: Incident): boolean => numbers !== undefined || isServed(incident);
  const incidents = ledger.incidents.filter(isOwn);
  const claims = await readClaims(ports.github, ports.repository, knownAttempts(incidents), ledger.refs);
  const now = (await ports.github.clock()).getTime();
  const found = new Set(ledger.incidents.map(({ number }) => number));
  return {
    ledger,
    others: ledger.incidents.filter((incident) => !isOwn(incident)),
    missing: (numbers ?? []).filter((number) => !found.has(number)),
    facts: await readProgress(ports, ledger, incidents, claims, runsFrom(claims, now, attemptMs)),
    now,
  };
}

const DAY_MS = 86_400_000;

/**
 * Where the run list has to begin, so that a run that is not in it is gone: a day before the oldest attempt in
 * flight was confirmed, since a run may start before its dispatch is confirmed.
 */
function runsFrom(claims: ReadonlyMap<number, readonly Claim[]>, now: number, attemptMs: number): number {
  const confirmed = [...claims.values()].flatMap((own) => {
    const fact = own.at(-1)?.fact;
    return fact !== undefined && fact !== "unreadable" && fact.state === "done"
      ? [Date.parse(fact.confirmedAt)]
      : [];
  });
  return Math.min(now - 3 * attemptMs, ...confirmed.map((at) => at - DAY_MS));
}

/** `needs-human` is served through the label that a person sets, not by reading every such issue each time. */
const servedPhases: readonly Phase[] = phasesServedBy("dispatch").filter((phase) => phase !== "needs-human");

export function selectedNumbers(inputs: Inputs, ports: Ports): readonly number[] | undefined {
  if (inputs.issues !== "auto") return inputs.issues;
  return ports.eventIssue === undefined ? undefined : [ports.eventIssue];
}

function isServed(incident: Incident): boolean {
  if (incident.phase === undefined || !incident.open) return false;
  return servedPhases.includes(incident.phase) || incident.commands.length > 0;
}

const knownAttempts = (incidents: readonly Incident[]): Map<number, number> =>
  new Map(
    incidents
      .filter((incident) => incident.phase !== undefined)
      .map(({ number, records }) => [number, Math.max(0, ...records.attempts.keys())]),
  );

/**
 * Reads what became of the newest attempt of each incident: the run list first, then gates and pull requests. In
 * that order an ended run that left no pull request cannot be a pull request that came a moment later.
 */
async function readProgress(
  ports: Ports,
  ledger: Ledger,
  incidents: readonly Incident[],
  claims: ReadonlyMap<number, readonly Claim[]>,
  since: number,
): Promise<Facts[]> {
  const keys = new Map(
    incidents.flatMap(({ number }): [number, string][] => {
      const last = claims.get(number)?.at(-1);
      return last ? [[number, attemptKey(ledger.repository.databaseId, number, last.attempt)]] : [];
    }),
  );
  const branchOf = (issue: number): string => {
    const { attempt = 0, fact } = claims.get(issue)?.at(-1) ?? {};
    if (fact !== undefined && fact !== "unreadable" && fact.continues) return fact.continues.branch;
    return attemptBranch(
      { repositoryId: ledger.repository.databaseId, issue, attempt },
      !ports.sameRepository,
    );
  };
  const branches = [...keys.keys()].map(branchOf);
  const runs = keys.size === 0 ? [] : await readRuns(ports, since);
  const gates =
    keys.size === 0
      ? new Map<string, Gate>()
      : await readGates(ports.target, ports.targetRepository, [...keys.values()]);
  const pulls: Map<string, ProposedPull> =
    keys.size === 0 ? new Map() : await readPullRequests(ports.target, ports.targetRepository, branches);
  const vouched = await readVouchers(ports, incidents);
  const asked = await readChangeRequests(ports, [...pulls.values()], [...claims.values()].flat());
  return incidents.map((incident): Facts => {
    const own = claims.get(incident.number) ?? [];
    const key = keys.get(incident.number);
    return {
      incident,
      claims: own,
      gate: (key !== undefined ? gates.get(key) : undefined) ?? { state: "absent" },
      runs: key === undefined ? [] : runs.filter((run) => bearsKey(run, key)),
      pullRequest: pulls.get(branchOf(incident.number)),
      ...asked(pulls.get(branchOf(incident.number))),
      vouchedBy: vouched(incident),
      repositoryId: ledger.repository.databaseId,
    };
  });
}

/** A worker's commit names the key of its attempt, as `propose` writes it. */
const WORKER_COMMIT = /^PatchPilot-Key: pp-\d+-\d+-a\d+$/m;

/** The change request of each open pull request that no claim names yet, and whether others have committed there. */
async function readChangeRequests(
  ports: Ports,
  pulls: readonly ProposedPull[],
  claims: readonly Claim[],
): Promise<(pull: ProposedPull | undefined) => Pick<Facts, "changeRequest">> {
  const spent = new Set(
    claims.flatMap(({ fact }) =>
      // Whatever opened an attempt that answers a review: the review is answered.
      fact === "unreadable" ? [] : [fact.cause, fact.continues && reviewCause(fact.continues.review)],
    ),
  );
  const newestOf = (pull: ProposedPull): string | undefined =>
    pull.state === "open"
      ? pull.changeRequests?.findLast((review) => !spent.has(reviewCause(review)))
      : undefined;
  const numbers = pulls.filter((pull) => newestOf(pull) !== undefined).map(({ number }) => number);
  if (numbers.length === 0) return () => ({});
  const messages = await readCommitMessages(ports.target, ports.targetRepository, numbers);
  return (pull) => {
    const review = pull === undefined ? undefined : newestOf(pull);
    if (pull === undefined || review === undefined) return {};
    const isOthers = messages.get(pull.number)?.every((message) => WORKER_COMMIT.test(message)) !== true;
    return { changeRequest: { review, isOthers } };
  };
}

/** A run's name bears the key as a whole word: `…-a1` is not `…-a12`. */
export const bearsKey = (run: WorkflowRun, key: string): boolean => run.title.split(/\s+/).includes(key);

/** Runs that a dispatch may have started, by either event. */
export async function readRuns(ports: Ports, since: number): Promise<WorkflowRun[]> {
  const from = new Date(since).toISOString().replace(/\.\d+Z$/, "Z");
  const lists = await Promise.all(
    ["repository_dispatch", "workflow_dispatch"].map((event) =>
      listRuns(ports.target, ports.targetRepository, { event, since: from }),
    ),
  );
  return lists.flat();
}

const HOUR_MS = 3_600_000;

/** How many attempts of this repository's incidents started a worker in the last hour. */
export async function countStarted(ports: Ports, repositoryId: number, now: number): Promise<number> {
  const runs = await readRuns(ports, now - HOUR_MS);
  const keys = runs.flatMap(({ title }) => title.split(/\s+/)).filter((word) => parseKey(word) !== undefined);
  return new Set(keys.filter((key) => parseKey(key)?.repositoryId === repositoryId)).size;
}

const MAY_COMMAND = new Set(["admin", "maintain", "write"]);

/** Who set a command label, and whether that person may. Our own relabelling and other bots command nothing. */
async function readVouchers(
  ports: Ports,
  incidents: readonly Incident[],
): Promise<(incident: Incident) => Facts["vouchedBy"]> {
  const commands = (incident: Incident) => incident.commands.filter(({ command }) => command !== "hold");
  const logins = new Set(
    incidents
      .filter((incident) => incident.phase !== undefined)
      .flatMap((incident) =>
        commands(incident).flatMap(({ actor }) => (actor?.type === "User" ? actor.login : [])),
      ),
  );
  const permissions = new Map<string, string>();
  for (const login of logins)
    permissions.set(login, await readPermission(ports.github, ports.repository, login));
  const allowed = (incident: Incident, command: Command): boolean | undefined => {
    const event = commands(incident).find((each) => each.command === command);
    if (event === undefined) return undefined;
    return event.actor?.type === "User" && MAY_COMMAND.has(permissions.get(event.actor.login) ?? "none");
  };
  return (incident) => {
    const words = (["accept", "retry", "approved"] as const).map((command) => [
      command,
      allowed(incident, command),
    ]);
    return Object.fromEntries(words.filter(([, may]) => may !== undefined)) as Facts["vouchedBy"];
  };
}
