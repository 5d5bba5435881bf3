import type { TestCase } from "../test-run.ts";
import type { TestFacts } from "./instrument.ts";

/** Which tests to run: single ones of an earlier run, or all of some files. */
export type Selection = { readonly cases: readonly TestCase[] } | { readonly files: readonly string[] };

/** The command that runs these tests alone, before it is instrumented; undefined if its runner cannot be told. */
export function selectTests(_command: string, _facts: TestFacts, _selection: Selection): string | undefined {
  return undefined;
}
