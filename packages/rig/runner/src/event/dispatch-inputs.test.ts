import type { Workflow } from "@patchpilot/workflow";
import { readWorkflow } from "@patchpilot/workflow";
import { describe, expect, it } from "vitest";
import { readDispatchInputs } from "./dispatch-inputs.ts";

async function manual(): Promise<Workflow> {
  const { workflow } = await readWorkflow(
    "x.yml",
    `
on:
  workflow_dispatch:
    inputs:
      order: {type: string, required: true}
      mode: {type: choice, options: [fast, slow], default: slow}
      dry: {type: boolean}
jobs: {a: {runs-on: x, steps: [{run: echo}]}}
`,
  );
  if (workflow === undefined) throw new Error("The workflow of the test is wrong.");
  return workflow;
}

describe("readDispatchInputs", () => {
  it("fills in defaults; booleans stay booleans in `inputs` and are texts in the event", async () => {
    expect(readDispatchInputs(await manual(), { order: "{}", dry: "true" })).toEqual({
      contexts: { order: "{}", mode: "slow", dry: true },
      event: { order: "{}", mode: "slow", dry: "true" },
    });
  });

  it.each([
    [{}, "Required input 'order' not provided"],
    [{ order: "x", other: "y" }, 'Unexpected inputs provided: ["other"]'],
    [
      { order: "x", mode: "medium" },
      "Provided value 'medium' for input 'mode' not in the list of allowed values",
    ],
    [{ order: "x", dry: "maybe" }, "Input 'dry' is not a boolean: 'maybe'"],
  ])("refuses %j", async (given, message) => {
    const workflow = await manual();
    expect(() => readDispatchInputs(workflow, given)).toThrow(message);
  });
});
