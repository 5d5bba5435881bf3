import { expect, test } from "vitest";
import { actionFolders } from "../repository.ts";
import { loadContract } from "./load-contract.ts";
import { marketplaceFaults } from "./marketplace.ts";
import { exampleContract } from "./testing/example-contract.ts";

const contracts = await Promise.all(actionFolders().map((folder) => loadContract(folder)));

test("no two actions have the same badge", () => {
  const badges = contracts.map(({ icon, color }) => `${color} ${icon}`);
  expect(badges).toEqual([...new Set(badges)]);
});

test.each(["tool", "x-octagon", "github", "Activity", ""])("the icon %j is refused", (icon) => {
  expect(marketplaceFaults({ ...exampleContract, icon })).toEqual([
    expect.stringContaining(`The icon \`${icon}\` of example is none that the Marketplace takes`),
  ]);
});

test.each(["activity", "zoom-out", "bar-chart-2"])("the icon %j is taken", (icon) => {
  expect(marketplaceFaults({ ...exampleContract, icon })).toEqual([]);
});

test.each([
  [124, []],
  [125, ["The description of example has 125 characters; the Marketplace takes 124 at most."]],
])("a description of %i characters has the faults %j", (length, faults) => {
  expect(marketplaceFaults({ ...exampleContract, description: "x".repeat(length) })).toEqual(faults);
});
