import { STATE_KEY } from "@patchpilot/conformance/worlds/world";
import type { RunWords } from "../stories/story.ts";
import type { FaultWire, PlannedFault, Sent } from "../wire/fault-wire.ts";
import { compareStates, type WorldState } from "./read-state.ts";

/** How a run ended, and in how much time of the services' clock. */
export type RunEnd = {
  readonly said?: RunWords;
  readonly error?: unknown;
  readonly neverEnds?: true;
  readonly seconds: number;
};

/** What a story came to. */
export type PlayedStory = {
  readonly end: RunEnd;
  readonly sent: FaultWire["sent"];
  /** What is there right after the run. */
  readonly after: WorldState;
} & StoryEnd;

/** What is there once the honest runs afterwards are over. */
export type StoryEnd = {
  readonly final: WorldState;
  readonly ending: WorldState;
  readonly absurdities: readonly string[];
  readonly dispatched: readonly string[];
};

/** Of the services' clock; half of what the jobs of the workflow may take. */
const CEILING_SECONDS = 300;

/** What the language throws where code is wrong, and a parser where nobody has looked at what it threw. */
const FAULTS_OF_CODE = new Set([
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "ZodError",
  "$ZodError",
]);
const STACK = /\n\s+at \S/;
const TOKEN = /\bgh[a-z]_\w{8,}/;

/** What is unsafe in a run by itself: how it ended, how long it took, what it said, and what it sent. */
export function judgeRun({ end, sent, after }: PlayedStory, plan: PlannedFault, twin: PlayedStory): string[] {
  if (end.neverEnds) return ["it never ends: it waits, and no time-out would end that"];
  return [
    ...(end.seconds > CEILING_SECONDS ? [`it took ${Math.round(end.seconds)} s of ${CEILING_SECONDS}`] : []),
    ...judgeWords(end),
    ...judgeSilence(end, after, plan, twin),
    ...(plan.kind.isAmbiguous ? findBlindRepeats(sent) : []),
  ];
}

function judgeWords(end: RunEnd): string[] {
  const { error } = end;
  const text = listTexts(end).join("\n");
  return [
    ...(error instanceof Error && FAULTS_OF_CODE.has(error.name)
      ? [`${error.name} escapes: ${error.stack}`]
      : []),
    ...(error !== undefined && !(error instanceof Error)
      ? [`throws what is no error: ${String(error)}`]
      : []),
    ...(STACK.test(text) ? [`shows a stack: ${text.slice(0, 300)}`] : []),
    ...(text.includes(STATE_KEY) || TOKEN.test(text) ? ["shows a secret"] : []),
  ];
}

/** A run that did less than without the fault says so, and names the service. */
function judgeSilence(
  { said, error }: RunEnd,
  after: PlayedStory["after"],
  { kind, endpoint }: PlannedFault,
  twin: PlayedStory,
): string[] {
  if (kind.isBelievable || error !== undefined || said === undefined) return judgeError(error, endpoint);
  const [service = ""] = endpoint.split(" ");
  const isSame = compareStates(twin.after, after).length === 0;
  const isShown =
    countWord(after, service) > countWord(twin.after, service) ||
    (kind.mark !== undefined && countWord(after, kind.mark) > 1);
  const known = new Set(twin.end.said?.lines.map(({ text }) => text));
  const words = [
    said.failure ?? "",
    said.summary,
    ...said.lines.flatMap(({ text }) => (known.has(text) ? [] : [text])),
  ];
  const isSaid = words.some((text) => text.includes(service));
  return isSame || isSaid || isShown
    ? []
    : ["did less than without the fault, and says nothing of the service"];
}

/** How often a service is named in what is there, where people read it. */
const countWord = (state: WorldState, word: string): number => state.join("\n").split(word).length;

/** A run that ends red names the service that it could not use, and why. */
function judgeError(error: unknown, endpoint: string): string[] {
  if (error === undefined) return [];
  const [service = ""] = endpoint.split(" ");
  const text = error instanceof Error ? error.message : String(error);
  return text.includes(service) ? [] : [`ends red without naming ${service}: ${text}`];
}

const listTexts = ({ said, error }: RunEnd): string[] => [
  ...(said?.lines ?? []).map(({ text }) => text),
  said?.summary ?? "",
  said?.failure ?? "",
  error instanceof Error ? error.message : "",
];

/** Writes whose reply was lost and that were sent again as they were, before anything was read. */
function findBlindRepeats(sent: readonly Sent[]): string[] {
  return sent.flatMap(({ asked, isFaulty }, index) => {
    if (!isFaulty || !asked.isWrite) return [];
    const later = sent.slice(index + 1).filter((each) => each.asked.service === asked.service);
    const again = later.findIndex(
      ({ asked: { method, url, body } }) =>
        method === asked.method && url === asked.url && body === asked.body,
    );
    const hasLooked = later.slice(0, Math.max(again, 0)).some((each) => !each.asked.isWrite);
    return again < 0 || hasLooked ? [] : [`sends ${asked.endpoint} again, though it may have happened`];
  });
}
