import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkWorkflow, describeProblem } from "@patchpilot/workflow-runner";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadContract } from "../generating/load-contract.ts";
import { REPOSITORY } from "../repository.ts";
import { findUnpinned } from "./pinned-actions.ts";

type Step = { uses?: string; run?: string; with?: Record<string, string> };
type Job = { permissions: Record<string, string>; "timeout-minutes": number; steps: Step[] };
type Workflow = {
  permissions: object;
  "run-name": string;
  concurrency: { group: string; queue: string };
  jobs: Record<"claim" | "work" | "publish", Job>;
};

describe.each(["claude-code", "codex"])("the repair workflow for %s", (agent) => {
  const text = readFileSync(join(REPOSITORY, "actions/claim/templates", `${agent}.yml`), "utf8");
  const workflow = parse(text) as Workflow;
  const { claim, work, publish } = workflow.jobs;
  const stepsOf = (job: Job, name: string) => job.steps.filter(({ uses }) => uses?.startsWith(name));

  test("is one that GitHub's parser accepts and the embedded runner runs", async () => {
    expect((await checkWorkflow(text, `${agent}.yml`)).map(describeProblem)).toEqual([]);
  });

  test("pins every action of others to a commit and says its version", () => {
    expect(findUnpinned(text)).toEqual([]);
  });

  test("grants nothing by default and bounds every job's time", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of [claim, work, publish]) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test.each(["claim", "propose"] as const)(
    "gives `%s` exactly the permissions of its contract",
    async (name) => {
      const { permissions } = await loadContract(join(REPOSITORY, "actions", name));
      const needed = Object.fromEntries(permissions.map(({ scope, access }) => [scope, access]));
      expect((name === "claim" ? claim : publish).permissions).toEqual(needed);
    },
  );

  test("gives the agent's job no write access, and the model's key to no other job", () => {
    expect(work.permissions).toEqual({ contents: "read" });
    expect(JSON.stringify(work)).toContain("secrets.");
    expect(JSON.stringify([claim, publish])).not.toContain("secrets.");
  });

  test("reads the event for the key alone, and puts no expression into a script", () => {
    const expressions = text.match(/\$\{\{.*?\}\}/g) ?? [];
    const fromEvent = expressions.filter((expression) => expression.includes("github.event"));
    expect([...new Set(fromEvent)]).toEqual(["${{ github.event.client_payload.patchpilot.key }}"]);
    for (const { run = "" } of [claim, work, publish].flatMap(({ steps }) => steps))
      expect(run).not.toContain("${{");
  });

  test("carries the key in its run's name and queues runs of one attempt", () => {
    expect(workflow["run-name"]).toBe("patchpilot ${{ github.event.client_payload.patchpilot.key }}");
    expect(workflow.concurrency.queue).toBe("max");
  });

  test("keeps the job's token out of the checkout that the agent works in", () => {
    expect(stepsOf(work, "actions/checkout").map((step) => step.with?.["persist-credentials"])).toEqual([
      false,
    ]);
    expect(stepsOf(publish, "actions/checkout")).toEqual([]);
  });

  test("lets the account that dispatches start the agent", () => {
    const [step] = [...stepsOf(work, "anthropics/"), ...stepsOf(work, "openai/")];
    expect(step?.with?.["allowed_bots"] ?? step?.with?.["allow-bots"]).toMatch(/^(github-actions|true)$/);
  });
});
