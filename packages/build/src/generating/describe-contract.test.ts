import { expect, test } from "vitest";
import * as z from "zod";
import { contractFaults } from "./describe-contract.ts";
import { exampleContract } from "./testing/example-contract.ts";

test("a whole contract has no faults", () => {
  expect(contractFaults(exampleContract)).toEqual([]);
});

test("what the Marketplace refuses is named", () => {
  expect(contractFaults({ ...exampleContract, icon: "tool" })).toEqual([
    expect.stringContaining("The icon `tool` of example"),
  ]);
});

test("an output without a description is named", () => {
  const contract = { ...exampleContract, outputs: z.object({ count: z.number() }) };
  expect(contractFaults(contract)).toEqual(["The output `count` of example has no description."]);
});

test("an input that is not kebab-case is named", () => {
  const inputs = z.object({ dryRun: z.string().meta({ description: "Writes nothing." }) });
  expect(contractFaults({ ...exampleContract, inputs })).toEqual([
    "The input `dryRun` of example is not kebab-case.",
  ]);
});
