import fc from "fast-check";
import { expect, inject, it } from "vitest";
import {
  auditIssues,
  HISTORY_INPUTS,
  HISTORY_STEPS,
  type HistoryStep,
  takeStep,
} from "../../worlds/account-history.ts";
import { createIntakeWorld, type IntakeWorld, KEEPER, startIntake } from "../../worlds/intake-world.ts";

const step: fc.Arbitrary<HistoryStep> = fc.record({
  what: fc.constantFrom(...HISTORY_STEPS),
  pick: fc.nat({ max: 40 }),
});

/** Counts the account of a run against what GitHub and Sentry hold, issue by issue where only one state is true. */
async function audit(test: IntakeWorld): Promise<void> {
  const { outputs } = await startIntake(test, { inputs: HISTORY_INPUTS, permissions: KEEPER });
  const { open, complete, ...kinds } = outputs.account;
  const counts = new Map<string, number>(
    (["accepted", "duplicate", "waiting", "ignored"] as const).flatMap((kind) =>
      Object.entries(kinds[kind]).map(([name, count]) => [`${kind}/${name}`, count] as const),
    ),
  );
  const issues = auditIssues(test);
  const sum = [...counts.values()].reduce((total, count) => total + count, 0);
  expect({ complete, open, sum }).toEqual({ complete: true, open: issues.length, sum: issues.length });
  expect(issues.filter(({ possible }) => possible.length === 0)).toEqual([]);
  for (const state of new Set([...counts.keys(), ...issues.flatMap(({ possible }) => possible)])) {
    const allowed = issues.filter(({ possible }) => possible.includes(state));
    const certain = allowed.filter(({ possible }) => new Set(possible).size === 1);
    const count = counts.get(state) ?? 0;
    expect({ state, count, isTrue: certain.length <= count && count <= allowed.length }).toMatchObject({
      isTrue: true,
    });
  }
}

it("balances the account after any history of GitHub and Sentry", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), async (steps) => {
      const test = createIntakeWorld();
      for (const each of steps) {
        await takeStep(test, each);
        if (each.what === "run") await audit(test);
      }
      await audit(test);
      expect([...test.simulator.violations, ...test.sentry.violations]).toEqual([]);
    }),
    { numRuns: inject("histories") },
  );
});
