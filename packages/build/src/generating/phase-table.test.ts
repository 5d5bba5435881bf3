import { PHASES } from "@patchpilot/incident";
import { expect, test } from "vitest";
import { clockTable, phaseTable } from "./phase-table.ts";
import { exampleContract } from "./testing/example-contract.ts";

test("each phase has one row, in order, with an owner or the people that it waits for", () => {
  const rows = phaseTable().split("\n").slice(2);
  expect(rows.map((row) => /^\| `([\w-]+)`/.exec(row)?.[1])).toEqual(PHASES);
  for (const row of rows) expect(row).toMatch(/dispatch|verify-recovery|intake|people/);
});

test("a clock that no contract declares is named", () => {
  expect(() => clockTable([exampleContract])).toThrow("dispatch has no input `lease-minutes`");
});
