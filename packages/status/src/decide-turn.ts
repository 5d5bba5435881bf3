import {
  type AttemptRecord,
  type DispatchRecord,
  findNewestStep,
  hasLiveFix,
  type Incident,
  type IncidentStep,
  isHeld,
  type RecoveryRecord,
} from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";

/** What is to be done next, by whose turn it is. */
export const MATTERS = {
  /**
   * `capped`: a cap in money or time is reached. `paused`: nothing is repaired by itself. `unpublished`: an attempt ended
   * without a pull request, and `dispatch` has not decided what follows. `retry`: another attempt is next.
   */
  patchpilot: ["queued", "capped", "paused", "repair", "unpublished", "retry"],
  /** `fix-elsewhere`: someone else has a fix under way. `deploying`: merged, and not known to be live. */
  production: ["fix-elsewhere", "deploying", "watching"],
  /** `publish`: the tests show too little to publish without a word. `traffic`: nobody uses the app since our fix. */
  person: ["review", "plan", "answer", "report", "publish", "traffic", "deploy", "reopened", "decide"],
  nobody: ["held", "recovered", "done", "dismissed"],
} as const;
export type Whose = keyof typeof MATTERS;
export type Matter = (typeof MATTERS)[Whose][number];

/** Whose turn it is. */
export type Turn = {
  readonly whose: Whose;
  readonly matter: Matter;
  /** Names this turn for ever: equal if and only if it is the same turn, as in `review/a2` or `decide/e1/spent/a3`. */
  readonly key: string;
  /** Of the matter `decide`: why, in a word. Others may read it for what a record adds, such as `below-severity`. */
  readonly need?: string;
  /** The attempt that it is about. */
  readonly attempt?: AttemptRecord;
  /** The verdict that it rests on. */
  readonly recovery?: RecoveryRecord;
  /** A sentence of the record that it rests on, as that record spells it. */
  readonly reason?: string;
};

type Part = { readonly [F in "attempt" | "recovery" | "reason" | "need"]?: Turn[F] | undefined };

/** Whose turn it is, from an incident as its records are. Undefined: the issue is no incident. Pure. */
export function decideTurn(incident: Incident): Turn | undefined {
  const { phase, records, episode } = incident;
  const step = findNewestStep(incident, records, episode);
  if (phase === undefined || step === undefined) return undefined;
  return (
    findEnd(incident, step) ?? (isHeld(incident) ? ofEpisode("held", incident) : openTurn(incident, step))
  );
}

/** What is over, or waits for its close alone. */
function findEnd(incident: Incident, { data }: IncidentStep): Turn | undefined {
  const { phase, records, episode } = incident;
  if (phase === "dismissed") return ofEpisode("dismissed", incident);
  if (phase === "needs-human") return undefined;
  const part = { recovery: records.recoveries.get(episode)?.data };
  if (phase === "done" || data.phase === "done") return ofEpisode("done", incident, part);
  const isOver = phase === "recovered" || data.phase === "recovered";
  // It is back, and `allow` lets nobody but a person reopen it.
  if (isOver && part.recovery?.decision === "escalate")
    return needsPerson(part.recovery.verdict, incident, { ...part, reason: part.recovery.reason });
  return isOver ? ofEpisode("recovered", incident, part) : undefined;
}

function openTurn(incident: Incident, step: IncidentStep): Turn {
  const { phase } = step.data;
  // Who reopens what was over knows something that no record shows.
  if (phase === "recovered" || phase === "done")
    return turn("reopened", `e${incident.episode}/${incident.reopenedAt ?? ""}`, {});
  switch (step.from) {
    case "incident":
      return acceptedTurn(incident);
    case "dispatch":
      return dispatchTurn(step.data, incident);
    case "attempt":
      return attemptTurn(step.data, incident);
    case "recovery":
      return recoveryTurn(step.data, incident);
  }
}

const acceptedTurn = (incident: Incident): Turn =>
  incident.phase === "needs-human"
    ? needsPerson("accepted", incident, { reason: incident.records.incident?.data.reason })
    : ofEpisode(incident.records.incident?.data.standDown ? "fix-elsewhere" : "queued", incident);

/** `dispatch` says why it opens nothing: a cap leaves the phase alone, anything else waits for a person. */
function dispatchTurn(data: DispatchRecord, incident: Incident): Turn {
  const [need = "", ...rest] = data.reason.split(": ");
  const part = { reason: rest.join(": ") || need, attempt: newestAttempt(incident) };
  if (incident.phase === "needs-human") return needsPerson(need, incident, part);
  if (need === "spend-cap") return ofEpisode("capped", incident, part);
  if (need === "observe") return ofEpisode("paused", incident, part);
  return ofEpisode(part.attempt === undefined ? "queued" : "retry", incident, part);
}

function attemptTurn(data: AttemptRecord, incident: Incident): Turn {
  const part = { attempt: data, reason: data.reason };
  switch (data.phase) {
    case "working":
      return ofAttempt(data.needs === "publish" ? "publish" : "repair", data, part);
    case "proposed":
      return ofAttempt("review", data, part);
    case "verifying":
      return ofAttempt("deploying", data, part);
    case "requeued":
      return ofAttempt(data.outcome === undefined ? "unpublished" : "retry", data, part);
    case "needs-human":
      return endedTurn(data, incident);
    default:
      return ofEpisode("queued", incident, part);
  }
}

/** An attempt that ended so that a person has to go on. */
function endedTurn(data: AttemptRecord, incident: Incident): Turn {
  const part = { attempt: data, reason: data.reason };
  if (data.ending === "asked") return ofAttempt("answer", data, part);
  if (data.ending === "reported") return ofAttempt("report", data, part);
  if (data.outcome === "planned") return ofAttempt("plan", data, part);
  return needsPerson(data.needs ?? data.ending ?? data.outcome ?? "unknown", incident, part);
}

function recoveryTurn(data: RecoveryRecord, incident: Incident): Turn {
  const attempt = data.attempt === undefined ? undefined : incident.records.attempts.get(data.attempt)?.data;
  const part = { recovery: data, attempt, reason: data.reason };
  if (data.needs === "traffic") return ofEpisode("traffic", incident, part);
  if (data.phase === "needs-human") {
    if (data.verdict === "not-deployed") return ofEpisode("deploy", incident, part);
    return needsPerson(data.needs ?? data.verdict, incident, part);
  }
  if (data.phase === "verifying")
    return ofEpisode(hasLiveFix(incident) ? "watching" : "deploying", incident, part);
  if (data.phase === "requeued" && attempt !== undefined) return ofAttempt("retry", attempt, part);
  return ofEpisode("queued", incident, part);
}

function newestAttempt({ records, episode }: Incident): AttemptRecord | undefined {
  const own = [...records.attempts.values()].map(({ data }) => data).filter((a) => a.episode === episode);
  return own.toSorted((a, b) => a.attempt - b.attempt).at(-1);
}

/** The same need after another attempt is another turn: somebody acted in between. */
const needsPerson = (need: string, { episode }: Incident, part: Part): Turn =>
  turn("decide", [`e${episode}`, need, ...nameAttempt(part)].join("/"), { ...part, need });

const ofEpisode = (matter: Matter, { episode }: Incident, part: Part = {}): Turn =>
  turn(matter, [`e${episode}`, ...nameAttempt(part)].join("/"), part);

const nameAttempt = ({ attempt }: Part): string[] => (attempt === undefined ? [] : [`a${attempt.attempt}`]);

const ofAttempt = (matter: Matter, { attempt }: AttemptRecord, part: Part): Turn =>
  turn(matter, `a${attempt}`, part);

const turn = (matter: Matter, place: string, part: Part): Turn => ({
  whose: WHOSE.get(matter) ?? "person",
  matter,
  key: `${matter}/${place}`,
  ...omitUndefined(part),
});

const WHOSE: ReadonlyMap<Matter, Whose> = new Map(
  (Object.keys(MATTERS) as Whose[]).flatMap((whose) => MATTERS[whose].map((matter) => [matter, whose])),
);
