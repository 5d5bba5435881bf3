import {
  asSentence,
  countThings,
  describeMilliseconds,
  inertCode,
  inertSentence,
} from "@patchpilot/evidence";
import { type AttemptRecord, isMeasured, readAccepted } from "@patchpilot/incident";
import type { Matter } from "../decide-turn.ts";
import type { Scene } from "../scene.ts";
import { reasonLeft } from "./attempt-reasons.ts";
import { isDisproved, nameAgent, proofSentence } from "./attempts.ts";
import { nameOutcome } from "./outcomes.ts";
import { linkPull } from "./pull.ts";

/** Matters of which a record says itself what it is about, in a sentence with the numbers. */
const SAID_BY_RECORD: ReadonlySet<Matter> = new Set([
  ...(["watching", "traffic", "deploy", "decide", "capped", "paused", "recovered", "done"] as const),
]);

/** How far it is, alone: what is wrong is in the status. */
export const progressText = (scene: Scene): string =>
  (SAID_BY_RECORD.has(scene.turn.matter) && sayRecord(scene)) || leadText(scene);

/** What happened, in one sentence or two, with the numbers of the field. */
export function sentenceText(scene: Scene): string {
  const { turn } = scene;
  const said = sayRecord(scene);
  if (SAID_BY_RECORD.has(turn.matter) && said !== "") return joinSaid(said, scene);
  return [leadText(scene), symptomText(scene)].filter(Boolean).join(" ");
}

/** A verdict has its own numbers; anything else is said of an incident that has to be named. */
const joinSaid = (said: string, scene: Scene): string =>
  scene.turn.recovery === undefined ? `${said} ${symptomText(scene)}` : said;

function sayRecord({ turn: { recovery, reason } }: Scene): string {
  const text = recovery?.reason ?? reason ?? "";
  return text === "" ? "" : asSentence(inertSentence(text));
}

/** What has come of it so far; the fix that did not help first. */
const leadText = (scene: Scene): string => [disprovedText(scene), stateText(scene)].filter(Boolean).join(" ");

/** An attempt after one of which production shows that it did not help is none like the first. */
function disprovedText(scene: Scene): string {
  const { incident, turn } = scene;
  const now = turn.attempt;
  const last = [...incident.records.attempts.values()]
    .map(({ data }) => data)
    .filter(({ attempt, episode }) => now && episode === now.episode && attempt < now.attempt)
    .toSorted((a, b) => a.attempt - b.attempt)
    .findLast((attempt) => isDisproved(attempt, incident));
  if (last === undefined) return "";
  return `The fix of attempt ${last.attempt}${nameIt(last, scene)} did not help in production.`;
}

const nameIt = (attempt: AttemptRecord, scene: Scene): string => {
  const pull = linkPull(attempt, scene);
  return pull === undefined ? "" : ` (${pull})`;
};

function stateText(scene: Scene): string {
  const { turn, at } = scene;
  const { attempt, matter } = turn;
  switch (matter) {
    case "repair":
      return attempt === undefined ? "" : `${nameAgent(attempt)} was asked on ${at(attempt.dispatchedAt)}.`;
    case "review":
      return reviewText(scene, attempt);
    case "unpublished":
      return unpublishedText(scene, attempt);
    case "retry":
      return turn.recovery === undefined ? retryText(attempt) : sayRecord(scene);
    case "deploying":
      return turn.recovery === undefined ? mergedText(scene, attempt) : sayRecord(scene);
    case "publish":
      return "The tests of the fix show less than `require-proof` asks for.";
    case "answer":
      return attempt?.question === undefined
        ? "The agent cannot continue without an answer."
        : `The agent asks: ${inertCode(attempt.question, 280)}`;
    case "plan":
      return "The agent wrote a plan; nothing changes until you approve it.";
    case "report":
      return "The agent delivered the report that was asked for.";
    case "reopened":
      return "Someone opened the issue again after it was over.";
    case "held":
      return "The label `patchpilot:hold` is set, so PatchPilot does nothing here.";
    case "dismissed":
      return scene.incident.closedAt === null ? "" : `Closed on ${at(scene.incident.closedAt)}.`;
    default:
      return "";
  }
}

function reviewText(scene: Scene, attempt: AttemptRecord | undefined): string {
  if (attempt === undefined) return "";
  const left = reasonLeft(attempt);
  const opened = `Attempt ${attempt.attempt} opened ${linkPull(attempt, scene) ?? "a pull request"}${proofSentence(attempt)}.`;
  return left === undefined ? opened : `${opened} ${asSentence(inertSentence(left))}`;
}

const unpublishedText = ({ at }: Scene, attempt: AttemptRecord | undefined): string =>
  attempt === undefined
    ? ""
    : `Its run ended on ${at(attempt.phaseAt)} without a pull request, and says why.`;

const retryText = (attempt: AttemptRecord | undefined): string =>
  attempt === undefined
    ? ""
    : `Attempt ${attempt.attempt} ${nameOutcome(attempt.ending ?? attempt.outcome ?? "failed")}.`;

const mergedText = (scene: Scene, attempt: AttemptRecord | undefined): string =>
  attempt === undefined ? "" : `${linkPull(attempt, scene) ?? "The fix"} is merged.`;

/** What is wrong, in the past: it stays true after the end. */
function symptomText(scene: Scene): string {
  const { accepted, incident } = scene;
  if (!isMeasured(accepted.kind)) return "Someone asked for this work; production does not measure it.";
  const symptom = accepted.performance === undefined ? errorText(scene) : slowText(scene);
  // The reason that says it is too low has named it.
  if (scene.turn.need === "below-severity") return symptom;
  const severity = readAccepted(incident.records, incident.episode)?.severity ?? accepted.severity;
  return `${symptom} Severity: ${severity}.`;
}

function errorText({ accepted, at }: Scene): string {
  const { seen, firstSeen, category } = accepted;
  const noun = category === undefined ? "error" : "event";
  if (seen?.events === undefined)
    return `${noun === "error" ? "The error" : "It"} was first seen on ${at(firstSeen ?? accepted.acceptedAt)}.`;
  // Who was counted earlier was counted in fewer errors.
  const users = !seen.users || seen.usersAt !== undefined ? "" : ` for ${countThings(seen.users, "user")}`;
  const until = at(seen.at);
  const begin = firstSeen === undefined ? until : at(firstSeen);
  const span = begin === until ? `by ${until}` : `from ${begin} to ${until}`;
  return `${countThings(seen.events, noun)}${users} ${span}.`;
}

function slowText({ accepted, at }: Scene): string {
  const { performance, firstSeen = accepted.acceptedAt } = accepted;
  if (performance === undefined) return "";
  const { before, now, threshold } = performance;
  const p95 = describeMilliseconds(now.p95);
  return before === undefined
    ? `p95 was ${p95} on ${at(firstSeen)}; ${describeMilliseconds(threshold)} counts as slow.`
    : `p95 rose from ${describeMilliseconds(before.p95)} to ${p95} on ${at(firstSeen)}.`;
}
