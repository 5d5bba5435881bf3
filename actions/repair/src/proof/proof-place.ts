import type { Selection, TestRun } from "@patchpilot/test-report";
import type { CutFile } from "./change/change.ts";
import type { Choose } from "./change/compose-file.ts";
import type { FailedOn } from "./judge/match-production.ts";

/** A change and its tests on a checkout that can be put to any part of it. */
export type ProofPlace = {
  /** What is changed. */
  readonly files: readonly CutFile[];
  /**
   * Puts the checkout to the base with a part of the change, and installs again what that needs.
   * @param replaced texts of changed files that are to be others
   */
  readonly show: (choose: Choose, replaced?: ReadonlyMap<string, string>) => Promise<void>;
  /** Runs tests there. undefined: all of them, as the project does. @throws ProofStopped once the time is up */
  readonly runTests: (title: string, selection: Selection | undefined) => Promise<TestRun>;
  /** What the base holds with the tests of the patch, for the files that some failures name. */
  readonly readFailed: (runs: readonly TestRun[]) => Promise<FailedOn>;
  /** In milliseconds. */
  readonly now: () => number;
};

/** The time for the proof, or for the whole step, is up. */
export class ProofStopped extends Error {}
