import { compareRuns } from "@patchpilot/test-report";
import { restoreSnapshot, takeSnapshot } from "../patch/snapshot.ts";
import type { Vault } from "../patch/vault.ts";
import type { Journal } from "../step/journal.ts";
import {
  type BaseRun,
  cleanBaseline,
  judgeBesideBase,
  openBaseline,
  saysTheSame,
  type TestBase,
} from "../verify/baseline.ts";
import { joinJudged, type PlacedTests } from "../verify/join-judged.ts";
import type { RanTests, TestRunner } from "../verify/run-tests.ts";

/**
 * A change beside its base: `alike`: the command said what it said on the base, so nothing shows what the change
 * did.
 */
export type BesideBase = "no-worse" | "alike" | "worse";

/** What the tests of the base say, for a change whose tests are red. */
export type BaseTests = {
  /** Begins with another change. */
  readonly begin: () => void;
  /** Green, or red as on the base: no worse. */
  readonly judge: (tests: TestRunner, after: RanTests) => Promise<BesideBase>;
  /** What is red on the base already; undefined where the tests are green. */
  readonly sentence: () => string | undefined;
};

/**
 * Tests the base once for each command, and only where a change is red.
 * @param most milliseconds that it may take
 */
export function openBaseTests(vault: Vault, journal: Journal, most: number): BaseTests {
  const known = new Map<string, BaseRun | undefined>();
  const testBase = openBaseline(most);
  let judged: PlacedTests[] = [];
  return {
    begin: () => {
      judged = [];
    },
    judge: async (tests, { run, ended }) => {
      if (run.exitCode === 0) return "no-worse";
      if (ended.interrupted !== undefined) return "worse";
      const { command } = tests.check;
      if (!known.has(command)) known.set(command, await testOnBase(vault, tests, testBase));
      const base = known.get(command);
      if (base === undefined) return "worse";
      const compared = compareRuns(base.run, run);
      if (compared.isWorse) return "worse";
      const beside = judgeBesideBase(base.run, run, compared, { tests: [], isCommand: false });
      judged.push({ folder: tests.place.folder, judged: beside });
      const joined = joinJudged(judged);
      if (joined) journal.learn({ baseline: cleanBaseline(joined.baseline, journal.line) });
      // A change after which the command says what it said before has shown nothing: the agent may have missed.
      return compared.isUnexplained && saysTheSame(base.output, ended.output) ? "alike" : "no-worse";
    },
    sentence: () => joinJudged(judged)?.sentence,
  };
}

async function testOnBase(vault: Vault, tests: TestRunner, testBase: TestBase): Promise<BaseRun | undefined> {
  const { tree } = await takeSnapshot(vault);
  await restoreSnapshot(vault, vault.base);
  try {
    return await testBase(tests);
  } finally {
    await restoreSnapshot(vault, tree);
  }
}
