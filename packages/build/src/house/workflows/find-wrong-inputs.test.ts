import { basename } from "node:path";
import { expect, test } from "vitest";
import { describeInputs } from "../../generating/describe-contract.ts";
import { loadContract } from "../../generating/load-contract.ts";
import { actionFolders, REPOSITORY } from "../../repository.ts";
import { readTexts } from "../pages/read-texts.ts";
import { findSteps, findWrongInputs } from "./find-wrong-inputs.ts";

const contracts = await Promise.all(actionFolders().map((folder) => loadContract(folder)));
const known = new Map(contracts.map((contract) => [contract.name, describeInputs(contract)]));
const shown = readTexts(REPOSITORY).filter(({ path }) => /\.(md|yml)$/.test(path));

test("every workflow that users copy passes what its actions have and require", () => {
  expect(shown.flatMap((text) => findWrongInputs(text, known))).toEqual([]);
});

test("every action is in a workflow that its README shows", () => {
  const silent = actionFolders().filter((folder) => {
    const readme = shown.find(({ path }) => path === `actions/${basename(folder)}/README.md`);
    return !findSteps(readme ?? { path: "", text: "" }).some(({ action }) => action === basename(folder));
  });
  expect(silent).toEqual([]);
});

const INPUTS = new Map([
  [
    "scan",
    [
      { name: "token", required: true },
      { name: "limit", required: false },
    ],
  ],
]);

test.each([
  ["nothing of what is right", "patchpilot/scan@v1", { token: "x", limit: 1 }, []],
  ["a required input that is not passed", "patchpilot/scan@v1", {}, ["does not pass token to scan"]],
  ["an input that the action does not have", "patchpilot/scan@v1", { token: "x", limt: 1 }, ["passes limt"]],
  ["an action that does not exist", "patchpilot/scna@v1", {}, ["runs scna, which is no action"]],
  ["nothing of another's action", "actions/checkout@v4", { ref: "x" }, []],
])("it finds %s", (_, uses, given, faults) => {
  const workflow = JSON.stringify({ jobs: { only: { steps: [{ uses, with: given }] } } });
  const page = `Copy it:\n\n  \`\`\`yaml\n  ${workflow}\n  \`\`\`\n`;
  const expected = faults.map((fault) => expect.stringContaining(fault));
  expect(findWrongInputs({ path: "a.yml", text: workflow }, INPUTS)).toEqual(expected);
  expect(findWrongInputs({ path: "a.md", text: page }, INPUTS)).toEqual(expected);
});

test("a step without `with:` passes nothing", () => {
  const text = "- uses: patchpilot/scan@v1\n  with:\n- uses: patchpilot/scan@v1\n";
  expect(findWrongInputs({ path: "a.yml", text }, INPUTS)).toHaveLength(2);
});
