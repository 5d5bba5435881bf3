import { describe, expect, it } from "vitest";
import { parseWorkflow, usesPatchPilot } from "./parse-workflow.ts";

const job = (lines: string) => parseWorkflow(`jobs:\n  work:\n    ${lines}\n`);

describe("a workflow", () => {
  it("names the actions of its jobs and steps", () => {
    const text =
      "jobs:\n  a: { uses: x/y@v1 }\n  b: { steps: [{ uses: patchpilot/intake@v1 }, { run: ls }] }\n";
    expect(parseWorkflow(text).uses).toEqual(["x/y@v1", "patchpilot/intake@v1"]);
  });

  it.each([
    ["${{ secrets.TOKEN }}", [{ kind: "secrets", name: "TOKEN" }]],
    ["${{ vars.team || 'x' }}", [{ kind: "variables", name: "TEAM" }]],
    ["${{ secrets['TOKEN'] }}", [{ kind: "secrets", name: "TOKEN" }]],
    [
      "a ${{ vars.A }} b ${{ secrets.B }}",
      [
        { kind: "variables", name: "A" },
        { kind: "secrets", name: "B" },
      ],
    ],
    ["echo secrets.TOKEN", []],
  ])("that says %j reads %j", (text, reads) => {
    expect(job(`env: { X: ${JSON.stringify(text)} }`).reads).toEqual(reads);
  });

  it("reads in a condition without braces, and not in a comment", () => {
    expect(job("if: vars.ON != ''\n    # ${{ secrets.OLD }}").reads).toEqual([
      { kind: "variables", name: "ON" },
    ]);
  });

  it("fills inputs of PatchPilot's actions, and not of others", () => {
    const steps = (uses: string) =>
      job(`steps: [{ uses: ${uses}, with: { state-key: "\${{ secrets.KEY }}" } }]`).given;
    expect(steps("patchpilot/intake@v1")).toEqual([{ kind: "secrets", name: "KEY", input: "state-key" }]);
    expect(steps("acme/intake@v1")).toEqual([]);
  });

  it("passes secrets to the repair workflow", () => {
    const uses = "patchpilot/patchpilot/.github/workflows/repair.yml@v1";
    const { given } = job(`uses: ${uses}\n    secrets: { app-id: "\${{ secrets.APP }}" }`);
    expect(given).toEqual([{ kind: "secrets", name: "APP", input: "app-id" }]);
  });

  it.each([
    ["environment: live", ["live"], false],
    ["environment: { name: live }", ["live"], false],
    ["environment: ${{ inputs.where }}", [], true],
    ["runs-on: ubuntu-latest", [], false],
  ])("with %j names its environments", (line, environments, computesEnvironment) => {
    expect(job(line)).toMatchObject({ environments, computesEnvironment });
  });

  it.each([
    ["on: { schedule: [{ cron: '1 * * * *' }] }", true],
    ["on: push", false],
    ["on: {{", false],
    ["", false],
  ])("%j is scheduled: %s", (text, isScheduled) => {
    expect(parseWorkflow(text).isScheduled).toBe(isScheduled);
  });
});

it.each([
  ["patchpilot/intake@v1", true],
  ["PatchPilot/intake@v1", true],
  ["patchpilot-fork/intake@v1", false],
])("%s is PatchPilot's: %s", (uses, expected) => {
  expect(usesPatchPilot({ uses: [uses] })).toBe(expected);
});
