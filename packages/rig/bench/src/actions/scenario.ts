import type { BenchStage, Provider } from "./stage.ts";

/** What is set up before an action runs. */
export type Work = {
  /** The event file of the run; absent: a schedule. */
  readonly event?: { readonly name: string; readonly payload: Readonly<Record<string, unknown>> };
  /** Called before the run that is measured. */
  readonly begin?: () => void;
  /** After the run: what it left undone, as a sentence. A figure of undone work would mean nothing. */
  readonly leftUndone: () => string | undefined;
};

/** A piece of work whose requests, time and memory are measured. */
export type BenchScenario = {
  readonly name: string;
  /** Run one after the other, each in a process of its own. */
  readonly actions: readonly string[];
  readonly inputs: (stage: BenchStage) => Readonly<Record<string, string>>;
  readonly prepare: (stage: BenchStage) => Work | Promise<Work>;
  /** How many runs come before the one that is measured, a quarter of an hour apart. Default: none. */
  readonly rehearsals?: number;
  /** The most requests that each provider may be asked. */
  readonly most: Readonly<Partial<Record<Provider, number>>>;
  /** The most requests of all providers together; absent: no more is promised than of each. */
  readonly mostTogether?: number;
  /** The longest that its actions may take without pacing, at 50 ms a reply; default: what any may take. */
  readonly mostWallMs?: number;
  /** The most memory that its bundle may take, in bytes; default: what any may take. */
  readonly mostBytes?: number;
};
