import { describe, expect, it } from "vitest";
import { hearsDispatch, namesItsRun } from "./hears-dispatch.ts";

const hears = (on: string): boolean =>
  hearsDispatch(`name: x\n${on}\njobs: {}\n`, {
    via: "repository_dispatch",
    "event-type": "patchpilot-repair",
  });

describe("a workflow hears dispatch", () => {
  it.each([
    "on:\n  repository_dispatch:\n    types: [patchpilot-repair]",
    "on:\n  repository_dispatch:\n    types: patchpilot-repair",
    "on:\n  repository_dispatch:\n    types:\n      - other\n      - patchpilot-repair",
    "on:\n  repository_dispatch:",
    "on: repository_dispatch",
    "on: [push, repository_dispatch]",
    '"on":\n  repository_dispatch: {}',
  ])("where it says %j", (on) => {
    expect(hears(on)).toBe(true);
  });

  it.each([
    "on:\n  repository_dispatch:\n    types: [other]",
    "on: push",
    "on: [push]",
    "on:\n  workflow_dispatch:",
    "# on: repository_dispatch",
    "on: {{",
    "",
  ])("and not where it says %j", (on) => {
    expect(hears(on)).toBe(false);
  });
});

describe("a workflow that `dispatch` starts by workflow_dispatch", () => {
  it.each([
    ["on: workflow_dispatch", true],
    ["on:\n  workflow_dispatch:\n    inputs: {}", true],
    ["on: repository_dispatch", false],
  ])("%j hears it: %s", (on, expected) => {
    expect(hearsDispatch(`${on}\n`, { via: "workflow_dispatch", "event-type": "x" })).toBe(expected);
  });
});

describe("its run-name", () => {
  it.each([
    ['run-name: "patchpilot ${{ github.event.client_payload.patchpilot.key }}"', true],
    ["run-name: >-\n  patchpilot ${{ github.event.client_payload.patchpilot.key }}", true],
    ["run-name: ${{ github.event.client_payload['patchpilot']['key'] }}", true],
    ["run-name: repair # ${{ github.event.client_payload.patchpilot.key }}", false],
    ["run-name: repair", false],
    ["# run-name: ${{ github.event.client_payload.patchpilot.key }}", false],
  ])("%j holds the key: %s", (line, expected) => {
    expect(namesItsRun(`name: x\n${line}\n`)).toBe(expected);
  });
});
