import { expect, test } from "vitest";
import { parse } from "yaml";
import { actionMetadata } from "./action-metadata.ts";
import { exampleContract } from "./testing/example-contract.ts";

const metadata = parse(actionMetadata(exampleContract));

test("action.yml runs the bundle on the runner's Node 24", () => {
  expect(metadata.runs).toEqual({ using: "node24", main: "dist/index.js" });
});

test("a default that only the runner can fill in stands under `default`", () => {
  expect(metadata.inputs.token).toEqual({
    description: "Token of the job.",
    required: false,
    default: "${{ github.token }}",
  });
});

test("any other default is told in the description, so that the configuration file can replace it", () => {
  expect(metadata.inputs.environment).toEqual({
    description: "One of production|staging. Default: `production`.",
    required: false,
  });
});

test("an input without a default has none in its description", () => {
  expect(metadata.inputs["extra-key"]).toEqual({ description: "A key.", required: false });
});

test("an input that every run needs is required", () => {
  expect(metadata.inputs["example-token"]).toEqual({ description: "A token.", required: true });
});

test("the listing has the contract's badge and the author of all", () => {
  expect([metadata.author, metadata.branding]).toEqual(["PatchPilot", { icon: "activity", color: "blue" }]);
});

test("every output of the contract is declared", () => {
  expect(metadata.outputs).toEqual({ count: { description: "How many." } });
});
