import { openWire } from "@patchpilot/conformance/worlds/run-actions";
import { orderIn } from "@patchpilot/conformance/worlds/scenario";
import { SHOP } from "@patchpilot/conformance/worlds/world";
import type { WorkOrder } from "@patchpilot/incident";
import { MINUTE } from "@patchpilot/time";
import { judgeRun, type PlayedStory, type RunEnd, type StoryEnd } from "./judge/judge-run.ts";
import { readPosition } from "./judge/read-position.ts";
import {
  compareStates,
  findAbsurdities,
  readEnding,
  readState,
  type WorldState,
  withoutWords,
} from "./judge/read-state.ts";
import type { Story, StoryStage } from "./stories/story.ts";
import { openFaultWire, type PlannedFault } from "./wire/fault-wire.ts";
import { VirtualTime } from "./wire/virtual-time.ts";

/** Makes a run unsafe on purpose, for the controls. */
export type UnsafeChange = {
  /** Changes how requests leave the action. */
  readonly breakFetch?: (send: typeof fetch) => typeof fetch;
  /** Whether no time-out ever fires. */
  readonly isWithoutTimers?: true;
};

/** What stories came to by where they were after the run: the same position has the same end. */
export type KnownEnds = Map<string, StoryEnd>;

/** Plays a story, with a fault or without one. @throws what the honest runs after it throw */
export async function playStory(
  story: Story,
  known: KnownEnds,
  plan?: PlannedFault,
  sabotage?: UnsafeChange,
): Promise<PlayedStory> {
  const stage = await story.open();
  const { test, sentry } = stage;
  const orders = hearOrders(stage);
  const time = new VirtualTime(test.clock, sabotage?.isWithoutTimers);
  const { versions } = test.world;
  const oldest = isQuiet(stage) ? versions.current : 0;
  const setStale = (writes: number): void => {
    test.simulator.staleness = writes === 0 ? undefined : () => Math.min(writes, versions.current - oldest);
  };
  const wire = openFaultWire(openWire(test), plan, time, setStale);
  const fetch = sabotage?.breakFetch?.(wire.fetch) ?? wire.fetch;
  const began = test.clock.now();
  const end = await endRun(time, () => stage.run({ fetch, time }));
  const seconds = (test.clock.now() - began) / 1_000;
  const after = readState(test, sentry);
  const position = readPosition(test, sentry, [orders, stage.carried?.()]);
  const ended = known.get(position) ?? (await playOn(stage, orders));
  known.set(position, ended);
  return { end: { ...end, seconds }, sent: wire.sent, after, ...ended };
}

/** No replica of GitHub is further behind. */
const MOST_LAG = 5 * MINUTE;

/** Whether all that was written is so old that every replica has it. */
const isQuiet = ({ test: { clock, world } }: StoryStage): boolean =>
  world
    .repository(SHOP)
    .issues.list()
    .every(({ updatedAt }) => clock.now() - Date.parse(updatedAt) > MOST_LAG);

/** The honest runs after the run with the fault. */
async function playOn({ test, goOn, sentry }: StoryStage, orders: readonly WorkOrder[]): Promise<StoryEnd> {
  await goOn();
  return {
    final: readState(test, sentry),
    ending: readEnding(test),
    absurdities: findAbsurdities(test),
    dispatched: orders.map(({ key }) => key),
  };
}

/** Work orders that are dispatched from now on. */
function hearOrders({ test }: StoryStage): readonly WorkOrder[] {
  const orders: WorkOrder[] = [];
  test.world.onEvent(({ event, payload }) => {
    if (event === "repository_dispatch") orders.push(orderIn(payload));
  });
  return orders;
}

async function endRun(
  time: VirtualTime,
  run: () => ReturnType<StoryStage["run"]>,
): Promise<Omit<RunEnd, "seconds">> {
  try {
    const said = await time.run(run);
    return said === "never ends" ? { neverEnds: true } : { said };
  } catch (error) {
    return { error };
  }
}

export type CellVerdict = {
  /** What is unsafe in what came of it; empty: nothing. */
  readonly unsafe: readonly string[];
  /** How often the run asked the endpoint: where it did so once, a fault each time is the same run. */
  readonly met: "once" | "often";
};

/** A story without a fault, and the ends that are known of it. */
export type StoryTwin = { readonly twin: PlayedStory; readonly known: KnownEnds };

/** Plays a story with a fault. */
export async function playFault(
  story: Story,
  plan: PlannedFault,
  { twin, known }: StoryTwin,
  sabotage?: UnsafeChange,
): Promise<CellVerdict> {
  const played = await tryToPlay(story, known, plan, sabotage);
  if ("broken" in played)
    return { unsafe: [`the honest runs afterwards fail: ${played.broken}`], met: "often" };
  const met = played.sent.filter(({ asked }) => asked.endpoint === plan.endpoint).length;
  return { unsafe: judgePlayed(story, plan, twin, played), met: met > 1 ? "often" : "once" };
}

function judgePlayed(story: Story, plan: PlannedFault, twin: PlayedStory, played: PlayedStory): string[] {
  const absurd = new Set(twin.absurdities);
  const isAsked = plan.kind.isYours && played.ending.some((line) => line.includes("patchpilot:needs-human"));
  const differences = isAsked ? [] : compareEnds(story, plan, twin, played);
  return [
    ...judgeRun(played, plan, twin),
    ...played.absurdities.filter((each) => !absurd.has(each)),
    ...findTwice(played.dispatched).map((key) => `${key} was dispatched twice`),
    ...differences.map((line) => `does not come to the same end; ${line}`),
  ];
}

function compareEnds(story: Story, { kind }: PlannedFault, twin: PlayedStory, played: PlayedStory): string[] {
  if (story.isComparedByPhases) return compareStates(twin.ending, played.ending);
  const [expected, seen] = [withoutWords(twin.final), withoutWords(played.final)];
  return kind.isYours
    ? compareStates(withoutAsking(expected), withoutAsking(seen))
    : compareStates(expected, seen);
}

/** Without escalations of `dispatch`, which stay on an issue that went on: its labels show where it is. */
const withoutAsking = (state: WorldState): WorldState =>
  state.filter((line) => !line.endsWith('dispatch "phase":"needs-human"'));

async function tryToPlay(
  ...asked: Parameters<typeof playStory>
): Promise<PlayedStory | { readonly broken: string }> {
  try {
    return await playStory(...asked);
  } catch (error) {
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const findTwice = (keys: readonly string[]): string[] =>
  keys.filter((key, index) => keys.indexOf(key) < index);
