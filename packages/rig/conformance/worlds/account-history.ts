import { PHASES, phaseLabel } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import { dyingAfter } from "./faulty-wires.ts";
import { errorNamed, type IntakeWorld, KEEPER, READER, startIntake } from "./intake-world.ts";
import { openWire } from "./run-actions.ts";
import { readLabels } from "./scenario.ts";
import { SHOP } from "./world.ts";

/** Something that happens on GitHub or in Sentry; `pick` says to which of the things that are there. */
export type HistoryStep = { readonly what: keyof typeof STEPS; readonly pick: number };

const MIN_EVENTS = 3;
export const HISTORY_INPUTS = { "min-events": String(MIN_EVENTS) };
/** Errors at three places; those of one place are one cause, of which Sentry may make two issues. */
const PLACES = ["total", "tax", "stock"];
const HOLD = "patchpilot:hold";
const INDEX = "refs/patchpilot/index/intake";

const choose = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];
const repository = ({ world }: IntakeWorld) => world.repository(SHOP);
const listIssues = (test: IntakeWorld) =>
  repository(test)
    .issues.list()
    .filter(({ pull }) => pull === null);
const listPulls = (test: IntakeWorld) =>
  repository(test)
    .issues.list()
    .filter(({ pull, state }) => pull !== null && state === "open");

function raise(test: IntakeWorld, pick: number, count: number, environment = "production"): void {
  const place = choose(PLACES, pick) ?? "total";
  const event = { ...errorNamed(place), fingerprint: [place, String(pick % 2)] };
  const instants = Array.from({ length: count }, () => test.clock.now());
  test.sentry.recordEvent({ event, release: "shop@1.2.4", instants, environment });
}

/** Does something to one of the issues on GitHub, if there is one. */
const toIssue =
  (act: (test: IntakeWorld, number: number) => void) =>
  (test: IntakeWorld, pick: number): void => {
    const issue = choose(listIssues(test), pick);
    if (issue !== undefined) act(test, issue.number);
  };
const toError =
  (act: (test: IntakeWorld, shortId: string) => void) =>
  (test: IntakeWorld, pick: number): void => {
    const error = choose(test.sentry.issues(), pick);
    if (error !== undefined) act(test, error.shortId);
  };

const UNAVAILABLE = { kind: "reply", status: 503, body: "" } as const;

const STEPS = {
  raiseOne: (test: IntakeWorld, pick: number) => raise(test, pick, 1),
  raiseMany: (test: IntakeWorld, pick: number) => raise(test, pick, 5),
  raiseInStaging: (test: IntakeWorld, pick: number) => raise(test, pick, 4, "staging"),
  archive: toError(({ sentry }, id) => sentry.setStatus(id, "ignored")),
  resolve: toError(({ sentry }, id) => sentry.setStatus(id, "resolved")),
  unresolve: toError(({ sentry }, id) => sentry.setStatus(id, "unresolved")),
  forget: toError(({ sentry }, id) => sentry.deleteIssue(id)),
  beginSeersFix: toError(({ sentry }, id) => sentry.setOpenFixPr(id, true)),
  endSeersFix: toError(({ sentry }, id) => sentry.setOpenFixPr(id, false)),
  hold: toIssue(({ world }, number) => void world.as("maya").label(number, HOLD)),
  letGo: toIssue((test, number) => {
    if (readLabels(test, number).includes(HOLD)) test.world.as("maya").unlabel(number, HOLD);
  }),
  close: toIssue(({ world }, number) => void world.as("maya").closeIssue(number)),
  reopen: toIssue(({ world }, number) => void world.as("maya").reopenIssue(number)),
  loseLink: toIssue(({ world }, number) => void world.as("maya").editIssue(number, { body: "gone" })),
  talk: toIssue(({ world }, number) => void world.as("mallory").comment(number, "me, too")),
  beginFix: toIssue((test, number) => {
    const head = `fix-${listPulls(test).length}-${repository(test).issues.list().length}`;
    test.world.as("maya").push({ branch: head, message: "Fix", files: { [`src/${head}.ts`]: "// fix\n" } });
    test.world.as("maya").openPull({ head, base: "main", title: "Fix", body: `Fixes #${number}` });
  }),
  endFix: (test: IntakeWorld, pick: number) => {
    const pull = choose(listPulls(test), pick);
    if (pull !== undefined) test.world.as("maya").closePull(pull.number);
  },
  openIdea: ({ world }: IntakeWorld) => void world.as("mallory").openIssue({ title: "Idea", body: "Words" }),
  loseIndex: ({ world }: IntakeWorld) => {
    if (world.repository(SHOP).git.refs.get(INDEX) !== undefined) world.as("maya").deleteRef(INDEX);
  },
  sentryFails: ({ sentry }: IntakeWorld) => {
    sentry.faults = () => UNAVAILABLE;
  },
  sentryAnswers: ({ sentry }: IntakeWorld) => {
    sentry.faults = undefined;
  },
  waitHours: ({ clock }: IntakeWorld, pick: number) => clock.advance((1 + (pick % 30)) * HOUR),
  waitDays: ({ clock }: IntakeWorld, pick: number) => clock.advance((1 + (pick % 9)) * 24 * HOUR),
  runDies: async (test: IntakeWorld, pick: number) => {
    const fetch = dyingAfter(openWire(test), 1 + (pick % 12));
    await startIntake(test, { inputs: HISTORY_INPUTS, permissions: KEEPER, fetch }).catch(() => undefined);
  },
  runStopped: async (test: IntakeWorld) => {
    await startIntake(test, { inputs: { ...HISTORY_INPUTS, stop: "true" }, permissions: KEEPER });
  },
  runReading: async (test: IntakeWorld) => {
    await startIntake(test, { inputs: HISTORY_INPUTS, permissions: READER });
  },
  runForOne: async (test: IntakeWorld, pick: number) => {
    const issue = choose(listIssues(test), pick)?.number;
    if (issue !== undefined)
      await startIntake(test, { inputs: HISTORY_INPUTS, permissions: KEEPER, issue }).catch(() => undefined);
  },
  run: async (test: IntakeWorld) => {
    await startIntake(test, { inputs: HISTORY_INPUTS, permissions: KEEPER });
  },
} satisfies Record<string, (test: IntakeWorld, pick: number) => void | Promise<void>>;

export const HISTORY_STEPS = Object.keys(STEPS) as (keyof typeof STEPS)[];

/** Lets a step happen, a minute after the one before. */
export async function takeStep(test: IntakeWorld, { what, pick }: HistoryStep): Promise<void> {
  test.clock.advance(60_000);
  await STEPS[what](test, pick);
}

/** An open issue that Sentry's app opened, as GitHub and Sentry themselves hold it. */
type TrueIssue = {
  readonly number: number;
  /** Every state that the facts allow after a run. */
  readonly possible: readonly string[];
};

/**
 * What each open issue of Sentry's may be after a run, by what the simulators hold and by nothing that an action wrote
 * but its labels.
 */
export function auditIssues(test: IntakeWorld): TrueIssue[] {
  return listIssues(test)
    .filter(({ state, author }) => state === "open" && author.login === "sentry[bot]")
    .map(({ number }) => ({ number, possible: listPossible(test, number) }));
}

function listPossible(test: IntakeWorld, number: number): string[] {
  const labels = readLabels(test, number);
  const phase = PHASES.find((each) => labels.includes(phaseLabel(each)));
  if (phase !== undefined) return [`accepted/${phase}`];
  if (labels.includes(HOLD)) return ["waiting/held"];
  const id = readSentryId(test, number);
  if (id === undefined) return ["ignored/unreadable"];
  const isFixed = listPulls(test).some(
    (pull) => pull.author.login === "maya" && pull.body === `Fixes #${number}`,
  );
  const fixes = isFixed ? ["waiting/fix-in-flight"] : [];
  const twins = listTwins(test, number).map((twin) => `duplicate/${twin}`);
  // What is new is then judged by its text.
  if (test.sentry.faults !== undefined) return ["waiting/no-data", ...fixes, ...twins];
  const error = test.sentry.issues().find((each) => each.id === id);
  if (error === undefined) return [...fixes, "ignored/unreadable"];
  const { status, events, hasOpenFixPr } = error;
  return [
    ...fixes,
    ...(status === "ignored" ? ["waiting/archived"] : []),
    ...(status === "resolved" ? ["waiting/resolved"] : []),
    ...(events.length < MIN_EVENTS ? ["waiting/below-threshold"] : []),
    ...(hasOpenFixPr ? ["waiting/fix-in-flight"] : []),
    ...(events.every(({ environment }) => environment === "staging") ? ["waiting/wrong-environment"] : []),
    ...twins,
  ];
}

const readSentryId = (test: IntakeWorld, number: number): string | undefined =>
  /\/issues\/(\d+)\//.exec(repository(test).issues.get(number)?.body ?? "")?.[1];

/** Open incidents of an error at the same place, of which the title speaks. */
const listTwins = (test: IntakeWorld, number: number): number[] =>
  listIssues(test)
    .filter(
      (other) =>
        other.number !== number &&
        other.state === "open" &&
        other.title === repository(test).issues.get(number)?.title &&
        readLabels(test, other.number).includes("patchpilot"),
    )
    .map((other) => other.number);
