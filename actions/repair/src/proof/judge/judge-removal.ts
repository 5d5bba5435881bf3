import type { TestCase, TestRun } from "@patchpilot/test-report";
import type { Witness } from "./judge-witness.ts";
import { bareType } from "./match-production.ts";

/** What the new tests say without a hunk. `breaks`: they do not get as far as what they test. */
export type Removal = "needed" | "not-needed" | "breaks";

/** Judges the tests' run without a hunk: green without it, red as on the base, or broken in another way. Pure. */
export function judgeRemoval(witnesses: readonly Witness[], run: TestRun): Removal {
  const cases = new Map(run.cases.map((test) => [test.id, test]));
  const red = witnesses.filter(({ id }) => cases.get(id)?.outcome !== "passed");
  if (red.length === 0 && witnesses.length > 0) return "not-needed";
  const isLikeBefore = red.some((witness) => failsAlike(witness, cases.get(witness.id)));
  return run.broken === undefined && isLikeBefore ? "needed" : "breaks";
}

/** Whether a test fails for what it tests: as on the base, or because something is not as it expects. */
function failsAlike({ failure: before }: Witness, test: TestCase | undefined): boolean {
  const failure = test?.failure;
  if (test?.outcome !== "failed" || failure === undefined) return false;
  if (failure.kind === "assertion") return true;
  const types = failure.types.map(bareType);
  return (
    failure.kind === before.kind &&
    before.types.map(bareType).some((type) => types.includes(type)) &&
    !isNameFault(failure.message)
  );
}

/** A name that is not there: code that is taken back is missed by what is left. */
const isNameFault = (message: string): boolean =>
  /is not (?:a function|defined|a constructor)|has no attribute|cannot import|undefined (?:method|local variable|variable|function)|unexpected keyword argument|positional argument|uninitialized constant|does not provide an export|NameError|Call to undefined/i.test(
    message,
  );
