import { openWire } from "@patchpilot/conformance/worlds/run-actions";
import { judgeRun, type PlayedStory, type RunEnd } from "./judge/judge-run.ts";
import { compareStates, findAbsurdities, readEnding, readState } from "./judge/read-state.ts";
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

/** Plays a story, with a fault or without one. @throws what the honest runs after it throw */
export async function playStory(
  story: Story,
  plan?: PlannedFault,
  sabotage?: UnsafeChange,
): Promise<PlayedStory> {
  const stage = await story.open();
  const { test, sentry } = stage;
  const { dispatched } = hearDispatchesOnly(stage);
  const time = new VirtualTime(test.clock, sabotage?.isWithoutTimers);
  const setStale = (writes: number): void => {
    test.simulator.staleness = writes === 0 ? undefined : () => writes;
  };
  const wire = openFaultWire(openWire(test), plan, time, setStale);
  const fetch = sabotage?.breakFetch?.(wire.fetch) ?? wire.fetch;
  const began = test.clock.now();
  const end = await endRun(time, () => stage.run({ fetch, time }));
  const seconds = (test.clock.now() - began) / 1_000;
  const after = readState(test, sentry);
  await stage.goOn();
  return {
    end: { ...end, seconds },
    sent: wire.sent,
    after,
    final: readState(test, sentry),
    ending: readEnding(test),
    absurdities: findAbsurdities(test),
    dispatched,
  };
}

function hearDispatchesOnly({ test }: StoryStage): { readonly dispatched: string[] } {
  const dispatched: string[] = [];
  test.world.onEvent(({ event, payload }) => {
    if (event !== "repository_dispatch") return;
    dispatched.push(
      (payload as { client_payload: { patchpilot: { key: string } } }).client_payload.patchpilot.key,
    );
  });
  return { dispatched };
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

/** Plays a story with a fault. @returns what is unsafe in what came of it; empty: nothing */
export async function playCell(
  story: Story,
  plan: PlannedFault,
  twin: PlayedStory,
  sabotage?: UnsafeChange,
): Promise<string[]> {
  const known = new Set(twin.absurdities);
  const played = await tryToPlay(story, plan, sabotage);
  if ("broken" in played) return [`the honest runs afterwards fail: ${played.broken}`];
  const differences = story.isComparedByPhases
    ? compareStates(twin.ending, played.ending)
    : compareStates(twin.final, played.final);
  return [
    ...judgeRun(played, plan, twin),
    ...played.absurdities.filter((each) => !known.has(each)),
    ...findTwice(played.dispatched).map((key) => `${key} was dispatched twice`),
    ...differences.map((line) => `does not come to the same end; ${line}`),
  ];
}

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
