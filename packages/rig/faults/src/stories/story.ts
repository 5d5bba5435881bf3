import type { Outcome } from "@patchpilot/action-kit";
import type { ActionRun } from "@patchpilot/conformance/worlds/run-actions";
import type { TestWorld } from "@patchpilot/conformance/worlds/world";
import type { SentrySimulator } from "@patchpilot/simulators";

export type FaultyWires = Required<Pick<ActionRun, "fetch" | "time">>;

/** What an action said and put out. */
export type RunWords = Pick<Outcome, "lines" | "summary" | "failure"> & {
  readonly outputs: Readonly<Record<string, unknown>>;
};

/** A world in which an action is about to run. */
export type StoryStage = {
  readonly test: TestWorld;
  readonly sentry?: SentrySimulator;
  /** The run that meets the fault. */
  readonly run: (wires: FaultyWires) => Promise<RunWords>;
  /** What happens afterwards on wires without fault; it begins at the same instant, however long the run took. */
  readonly goOn: () => Promise<void>;
  /** What this begins with that no service holds, as JSON. Absent: nothing. */
  readonly carried?: () => unknown;
};

/** One path of an action. */
export type Story = {
  readonly action: string;
  /** `accepted`, `merged`: what has happened before. */
  readonly story: string;
  /**
   * Whether phases and open pull requests alone have to come to the same: the next attempt may take the place of one
   * that ends by the fault, and a verdict that comes a run later has other figures.
   */
  readonly isComparedByPhases?: true;
  readonly open: () => Promise<StoryStage>;
};

/** History is kept, for reads that are stale. */
export const KEPT = { keepHistory: true } as const;
