import { attemptBranch, attemptKey, type Incident, type Phase, phasesServedBy } from "@patchpilot/incident";
import { type Claim, firstClaimRefs, type Gate, type Ledger } from "@patchpilot/ledger";
import { DAY } from "@patchpilot/time";
import { claimFactOf, reviewCause } from "../decide/claims.ts";
import { isSevereNow } from "../decide/raised.ts";
import { lookForUnrecorded } from "../decide/unrecorded.ts";
import type { DispatchFacts } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";
import { dropOlder } from "./older-records.ts";
import { readRelated } from "./related.ts";
import { bearsKey, readRuns } from "./runs.ts";
import { listUnheard, readVouchers } from "./vouchers.ts";

/** What one run of dispatch read. */
export type DispatchReading = {
  readonly ledger: Ledger;
  readonly facts: readonly DispatchFacts[];
  readonly now: number;
  /** Incidents that were read beside them, as they changed: closed or reopened by a person, or served by others. */
  readonly others: readonly Incident[];
  /** Incidents that the record of one of these names, and which were read for that alone. */
  readonly related: readonly Incident[];
  /** Numbers that were asked for and are no issue that the token may read. */
  readonly missing: readonly number[];
};

/** Claims of issues named by number are asked for together with the issues, up to this many issues. */
const ASKED_TOGETHER = 20;

/**
 * Reads the incidents of this run with their claims, and what became of the attempts in flight.
 * @param refs further refs, which come with the incidents
 */
export async function readAll(
  ports: DispatchPorts,
  attemptMs: number,
  refs: readonly string[],
): Promise<DispatchReading> {
  const numbers = ports.namedIssues;
  const ledger = await ports.readLedger(
    numbers === undefined
      ? { phases: servedPhases, commands: ["take-on", "retry", "go-ahead"] }
      : { numbers },
    [...(numbers && numbers.length <= ASKED_TOGETHER ? firstClaimRefs(numbers) : []), ...refs],
  );
  const isOwn = (incident: Incident): boolean => numbers !== undefined || isServed(incident);
  const incidents = ledger.incidents.filter(isOwn);
  const claims = await ports.readClaims(knownAttempts(incidents), ledger.refs);
  const now = (await ports.clock()).getTime();
  const found = new Set(ledger.incidents.map(({ number }) => number));
  return {
    ledger,
    others: ledger.incidents.filter((incident) => !isOwn(incident)),
    related: await readRelated(ports, ledger, incidents, found),
    missing: (numbers ?? []).filter((number) => !found.has(number)),
    facts: await readProgress(ports, ledger, incidents, claims, runsFrom(claims, now, attemptMs)),
    now,
  };
}

/**
 * Where the run list has to begin, so that a run that is not in it is gone: a day before the oldest attempt in
 * flight was confirmed, since a run may start before its dispatch is confirmed.
 */
function runsFrom(claims: ReadonlyMap<number, readonly Claim[]>, now: number, attemptMs: number): number {
  const confirmed = [...claims.values()].flatMap((own) => {
    const fact = claimFactOf(own.at(-1));
    return fact?.state === "done" ? [Date.parse(fact.confirmedAt)] : [];
  });
  return Math.min(now - 3 * attemptMs, ...confirmed.map((at) => at - DAY));
}

/** `needs-human` is served through the label that a person sets, not by reading every such issue each time. */
const servedPhases: readonly Phase[] = phasesServedBy("dispatch").filter((phase) => phase !== "needs-human");

function isServed(incident: Incident): boolean {
  if (incident.phase === undefined || !incident.open) return false;
  return (
    servedPhases.includes(incident.phase) ||
    incident.commands.length > 0 ||
    listUnheard(incident).length > 0 ||
    isSevereNow(incident)
  );
}

const knownAttempts = (incidents: readonly Incident[]): Map<number, number> =>
  new Map(
    incidents
      .filter((incident) => incident.phase !== undefined)
      .map(({ number, records }) => [number, Math.max(0, ...records.attempts.keys())]),
  );

/** Where traces of the newest attempt of an incident are: its key names gate and runs, its branch the pull request. */
type Place = { readonly key: string; readonly branch: string };

function placeAttempt({ issue, attempt, fact }: Claim, repositoryId: number, ports: DispatchPorts): Place {
  const branch = attemptBranch({ repositoryId, issue, attempt }, !ports.sameRepository);
  return {
    key: attemptKey(repositoryId, issue, attempt),
    branch: (fact === "unreadable" ? undefined : fact.continues?.branch) ?? branch,
  };
}

/**
 * Reads what became of the newest attempt of each incident: the run list first, then gates and pull requests. In
 * that order an ended run that left no pull request cannot be a pull request that came a moment later.
 */
async function readProgress(
  ports: DispatchPorts,
  ledger: Ledger,
  incidents: readonly Incident[],
  claims: ReadonlyMap<number, readonly Claim[]>,
  since: number,
): Promise<DispatchFacts[]> {
  const repositoryId = ledger.repository.databaseId;
  const places = new Map(
    incidents.flatMap(({ number }): [number, Place][] => {
      const last = claims.get(number)?.at(-1);
      return last ? [[number, placeAttempt(last, repositoryId, ports)]] : [];
    }),
  );
  const known = incidents.map((incident) => dropOlder(incident, claims.get(incident.number) ?? []));
  const aged = known.map(({ incident }) => incident);
  const late = lookForUnrecorded(aged, claims, repositoryId);
  const { runs, gates, pulls } = await readTraces([...places.values()], late.keys, ports, since);
  const vouched = await readVouchers(ports, aged);
  const asked = await readChangeRequests(ports, [...pulls.values()], [...claims.values()].flat());
  return known.map(({ incident: read, older }): DispatchFacts => {
    const own = claims.get(read.number) ?? [];
    const place = places.get(read.number);
    const pullRequest = place && pulls.get(place.branch);
    const gate = (place && gates.get(place.key)) ?? { state: "absent" };
    const { incident, older: more } = dropOlder(read, own, gate);
    return {
      ...{ incident, repositoryId, gate },
      claims: own,
      older: [...older, ...more],
      unrecorded: late.pick(incident, gates),
      runs: place === undefined ? [] : runs.filter((run) => bearsKey(run, place.key)),
      pullRequest,
      ...asked(pullRequest),
      ...vouched(read),
    };
  });
}

type Traces = {
  readonly runs: DispatchFacts["runs"];
  readonly gates: ReadonlyMap<string, Gate>;
  readonly pulls: ReadonlyMap<string, Pull>;
};

async function readTraces(
  places: Place[],
  more: string[],
  ports: DispatchPorts,
  since: number,
): Promise<Traces> {
  if (places.length === 0) return { runs: [], gates: new Map(), pulls: new Map() };
  const runs = await readRuns(ports, since);
  const gates = await ports.readGates([...places.map(({ key }) => key), ...more]);
  return { runs, gates, pulls: await ports.readPullRequests(places.map(({ branch }) => branch)) };
}

type Pull = NonNullable<DispatchFacts["pullRequest"]>;

/** A worker's commit names the key of its attempt, as `propose` writes it. */
const WORKER_COMMIT = /^PatchPilot-Key: pp-\d+-\d+-a\d+$/m;

/** The change request of each open pull request that no claim names yet, and whether others have committed there. */
async function readChangeRequests(
  ports: DispatchPorts,
  pulls: readonly Pull[],
  claims: readonly Claim[],
): Promise<(pull: Pull | undefined) => Pick<DispatchFacts, "changeRequest">> {
  const spent = new Set(
    claims.flatMap((claim) => {
      const fact = claimFactOf(claim);
      // Whatever opened an attempt that answers a review: the review is answered.
      return [fact?.cause, fact?.continues && reviewCause(fact.continues.review)];
    }),
  );
  const findUnanswered = (pull: Pull): string | undefined =>
    pull.state === "open"
      ? pull.changeRequests?.findLast((review) => !spent.has(reviewCause(review)))
      : undefined;
  const numbers = pulls.filter((pull) => findUnanswered(pull) !== undefined).map(({ number }) => number);
  if (numbers.length === 0) return () => ({});
  const messages = await ports.readCommitMessages(numbers);
  return (pull) => {
    const review = pull === undefined ? undefined : findUnanswered(pull);
    if (pull === undefined || review === undefined) return {};
    const isOthers = messages.get(pull.number)?.every((message) => WORKER_COMMIT.test(message)) !== true;
    return { changeRequest: { review, isOthers } };
  };
}
