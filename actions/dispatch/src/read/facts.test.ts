import type { Job } from "@patchpilot/action-kit";
import { describe, expect, it } from "vitest";
import { connect } from "../connect.ts";
import type { Inputs } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { runOf } from "../testing/facts.ts";
import { bearsKey, selectedNumbers } from "./facts.ts";

describe("the name of a run", () => {
  it.each([
    ["patchpilot pp-4242-12-a1", true],
    ["pp-4242-12-a1", true],
    ["Repair of pp-4242-12-a1 (again)", true],
    ["patchpilot pp-4242-12-a12", false],
    ["patchpilot xpp-4242-12-a1", false],
    ["patchpilot", false],
  ])("in %j bears the key: %s", (title, bears) => {
    expect(bearsKey(runOf({ title }), "pp-4242-12-a1")).toBe(bears);
  });
});

describe("the issues of a run", () => {
  const selected = (issues: Inputs["issues"], eventIssue?: number) =>
    selectedNumbers({ issues } as Inputs, { eventIssue } as Ports);

  it("are the ones that are named, whatever started the run", () => {
    expect(selected([3, 4], 12)).toEqual([3, 4]);
    expect(selected([], 12)).toEqual([]);
  });

  it("are the event's, where none is named", () => {
    expect(selected("auto", 12)).toEqual([12]);
  });

  it.each([
    [undefined, 12],
    ["Acme/Shop", 12],
    ["acme/incidents", undefined],
  ])(
    "are the event's only where %s, which holds the incidents, is the workflow's repository",
    (repository, issue) => {
      const environment = { repository: "acme/shop", apiUrl: "", event: { issue: { number: 12 } } };
      const inputs = { "github-token": "t", repository, "trusted-authors": [] } as unknown as Inputs;
      const job = { environment, secrets: {} } as unknown as Job;
      expect(connect(inputs, job, { fetch }).eventIssue).toBe(issue);
    },
  );

  it("are all that are to be served, where the event has none", () => {
    expect(selected("auto")).toBeUndefined();
  });
});
