import { openWire } from "@patchpilot/conformance/worlds/run-actions";
import { judgeRun, type RunEnd } from "./judge/judge-run.ts";
import { compareStates, findAbsurdities, readEnding, readState, type State } from "./judge/read-state.ts";
import type { Stage, Story } from "./stories/story.ts";
import { type FaultPlan, type FaultWire, openFaultWire } from "./wire/fault-wire.ts";
import { VirtualTime } from "./wire/virtual-time.ts";

/** What a story came to. */
export type Played = {
  readonly end: RunEnd;
  readonly sent: FaultWire["sent"];
  /** What is there right after the run, and once the honest runs after it are over. */
  readonly after: State;
  readonly final: State;
  readonly ending: State;
  readonly absurdities: readonly string[];
  readonly dispatched: readonly string[];
};

/** Makes a run unsafe on purpose, for the controls. */
export type Sabotage = {
  /** Changes how requests leave the action. */
  readonly breakFetch?: (send: typeof fetch) => typeof fetch;
  /** Whether no time-out ever fires. */
  readonly isWithoutTimers?: true;
};

/** Plays a story, with a fault or without one. @throws what the honest runs after it throw */
export async function playStory(story: Story, plan?: FaultPlan, sabotage?: Sabotage): Promise<Played> {
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

function hearDispatchesOnly({ test }: Stage): { readonly dispatched: string[] } {
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
  run: () => ReturnType<Stage["run"]>,
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
  plan: FaultPlan,
  twin: Played,
  sabotage?: Sabotage,
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
): Promise<Played | { readonly broken: string }> {
  try {
    return await playStory(...asked);
  } catch (error) {
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const findTwice = (keys: readonly string[]): string[] =>
  keys.filter((key, index) => keys.indexOf(key) < index);
