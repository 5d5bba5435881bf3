import { compareRuns, type TestRun } from "@patchpilot/test-report";
import { restoreSnapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import type { Journal } from "../step/journal.ts";
import { cleanBaseline, judgeTests, runBaseline } from "../verify/baseline.ts";
import type { RanTests, TestRunner } from "../verify/run-tests.ts";

/** What the tests of the base say, for a change whose tests are red. */
export type BaseTests = {
  /** Whether the tests are green, or red as they are on the base. */
  readonly isNoWorse: (after: RanTests) => Promise<boolean>;
  /** Whether the command last said what it said on the base, so that nothing shows what the change did. */
  readonly isAlike: () => boolean;
  /** What is red on the base already; undefined where the tests are green. */
  readonly sentence: () => string | undefined;
};

/**
 * Tests the base once, and only where a change is red.
 * @param most milliseconds that it may take
 */
export function openBaseTests(
  vault: Vault,
  journal: Journal,
  tests: TestRunner | undefined,
  most: number,
): BaseTests {
  let known: { readonly run: TestRun; readonly output: string } | undefined | "unknown";
  let told: string | undefined;
  let isAlike = false;
  return {
    isNoWorse: async ({ run, ended }) => {
      told = undefined;
      isAlike = false;
      if (run.exitCode === 0) return true;
      if (tests === undefined || ended.interrupted !== undefined) return false;
      known ??= (await testBase(vault, tests, most)) ?? "unknown";
      if (known === "unknown") return false;
      const compared = compareRuns(known.run, run);
      // A change after which the command says what it said before has shown nothing: the agent may have missed.
      isAlike = !compared.isWorse && compared.isUnexplained && strip(known.output) === strip(ended.output);
      if (compared.isWorse) return false;
      const judged = judgeTests(known.run, run, compared, { tests: [], isCommand: false });
      journal.learn({ baseline: cleanBaseline(judged.baseline, journal.line) });
      told = judged.sentence;
      return !isAlike;
    },
    isAlike: () => isAlike,
    sentence: () => told,
  };
}

/** Times, ids and addresses differ from run to run of the same failure. */
const strip = (output: string): string => output.replace(/0x[0-9a-f]+|\d+([.:]\d+)*/gi, "0");

async function testBase(vault: Vault, tests: TestRunner, most: number) {
  const { tree } = await takeSnapshot(vault);
  await restoreSnapshot(vault, vault.base);
  try {
    return await runBaseline(tests, most);
  } finally {
    await restoreSnapshot(vault, tree);
  }
}
