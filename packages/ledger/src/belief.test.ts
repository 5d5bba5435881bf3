import { expect, it } from "vitest";
import { makeBelief } from "./belief.ts";

it.each([
  [undefined, []],
  ["", []],
  ["newer", ["newer"]],
  [" newer , older,", ["newer", "older"]],
])("a state key of %j holds the keys %j", (stateKey, keys) => {
  expect(makeBelief(stateKey, ["41898282"])(4242)).toEqual({
    signer: { repositoryId: 4242, keys },
    trusted: ["41898282"],
  });
});
