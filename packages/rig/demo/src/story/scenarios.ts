import type { ScriptedRepair } from "../agent/repair.ts";
import { DEMO_NAMES } from "../world/names.ts";
import {
  askForAChange,
  rememberLastWeek,
  review,
  reviewInTheMorning,
  shipTheFault,
  verifyStory,
  waitForIssue,
  waitForScan,
} from "./acts.ts";
import type { StoryOutcome } from "./outcome.ts";
import { ALL_AT_ONCE, HALF_FIX, NO_FIX, NO_FIX_AGAIN, NO_NEGATIVE_COUNT, WHOLE_FIX } from "./repairs.ts";
import { bringTheFaultBack, reviewAndMeasure, watchOrders } from "./repeat.ts";
import { type DemoStage, passUntil, tick } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export type DemoScenario = {
  readonly sentence: string;
  /** The endings that are right; any other is a failure of the demo. */
  readonly expected: readonly StoryOutcome[];
  /** What the scripted agent does, one an attempt. */
  readonly repairs: readonly ScriptedRepair[];
  readonly hasRepairWorkflow: boolean;
  readonly hasFullCarts: boolean;
  /** Who opens the issue when Sentry's alert goes off. */
  readonly opener: "sentry[bot]" | typeof DEMO_NAMES.stranger;
  readonly play: (stage: DemoStage) => Promise<void>;
};

const STORY = {
  repairs: [WHOLE_FIX],
  hasRepairWorkflow: true,
  hasFullCarts: false,
  opener: "sentry[bot]",
} as const;

/** A repair, merged and deployed. */
async function untilDeployed(stage: DemoStage): Promise<void> {
  await shipTheFault(stage);
  await waitForIssue(stage);
  await reviewInTheMorning(stage);
}

async function untilJudged(stage: DemoStage, hours: number): Promise<void> {
  await untilDeployed(stage);
  await verifyStory(stage, hours);
}

export const DEMO_SCENARIOS: Readonly<Record<string, DemoScenario>> = {
  recovered: {
    ...STORY,
    sentence: "a crash is repaired, and closed when production proves it",
    expected: ["recovered"],
    play: (stage) => untilJudged(stage, 12),
  },
  repeated: {
    ...STORY,
    sentence:
      "the same crash comes back after its close: the second worker gets the lesson of the first repair",
    expected: ["recovered"],
    play: async (stage) => {
      await untilJudged(stage, 12);
      const order = watchOrders(stage);
      await bringTheFaultBack(stage);
      await reviewAndMeasure(stage, order);
      await tick(stage, stage.world.clock.now() + HOUR);
      await verifyStory(stage, 12);
    },
  },
  "no-fix": {
    ...STORY,
    sentence: "the merged patch does not help: never closed, tried again",
    expected: ["failing"],
    repairs: [NO_FIX, NO_FIX_AGAIN],
    play: (stage) => untilJudged(stage, 6),
  },
  "half-fix": {
    ...STORY,
    sentence: "the merged patch removes half of the crashes: improved or failing, never recovered",
    expected: ["improved", "failing"],
    repairs: [HALF_FIX],
    play: (stage) => untilJudged(stage, 6),
  },
  "quiet-death": {
    ...STORY,
    sentence:
      "after the deploy nobody uses the app: you hear of it within the hour, and silence proves nothing",
    expected: ["inconclusive"],
    play: async (stage) => {
      await shipTheFault(stage);
      rememberLastWeek(stage);
      await waitForIssue(stage);
      await reviewInTheMorning(stage);
      await passUntil(stage, stage.world.clock.now() + 20 * MINUTE);
      stage.hasVisitors = false;
      stage.timeline.note("visitors", "stay away from now on");
      for (let looks = 0; looks < 2; looks += 1) await tick(stage, stage.world.clock.now());
      await verifyStory(stage, 72);
    },
  },
  slow: {
    ...STORY,
    sentence: "a release makes the checkout slow; no error, and still found, repaired and closed by proof",
    expected: ["recovered"],
    repairs: [ALL_AT_ONCE],
    hasFullCarts: true,
    play: async (stage) => {
      await shipTheFault(stage, "oneByOne");
      await waitForScan(stage);
      await passUntil(stage, stage.world.clock.now() + HOUR);
      await review(stage);
      await verifyStory(stage, 4);
    },
  },
  request: {
    ...STORY,
    sentence: "someone asks for a change with a label: repaired, merged, and closed as done",
    expected: ["done"],
    repairs: [NO_NEGATIVE_COUNT],
    play: async (stage) => {
      await askForAChange(stage);
      await reviewInTheMorning(stage);
      await verifyStory(stage, 1);
    },
  },
  forged: {
    ...STORY,
    sentence: "someone imitates Sentry's issue, word for word: ignored",
    expected: ["ignored"],
    opener: DEMO_NAMES.stranger,
    play: async (stage) => {
      await shipTheFault(stage);
      await waitForIssue(stage);
      await tick(stage, stage.world.clock.now() + HOUR);
    },
  },
  "dead-worker": {
    ...STORY,
    sentence: "the repair workflow never starts: the issue says why",
    expected: ["needs-human"],
    hasRepairWorkflow: false,
    play: async (stage) => {
      const { clock } = stage.world;
      await shipTheFault(stage);
      await waitForIssue(stage);
      // Half an hour after each of its two dispatches dispatch asks whether a run has started.
      for (let looks = 0; looks < 2; looks += 1) await tick(stage, clock.now() + 31 * MINUTE);
    },
  },
};
