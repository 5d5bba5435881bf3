import { readdirSync } from "node:fs";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { checkWorkflow, describeProblem } from "@patchpilot/workflow";
import { afterEach, describe, expect, test } from "vitest";
import { type ExampleStage, openExampleStage, readExample } from "./support/open-example-stage.ts";
import { listSteps } from "./support/open-readme-stage.ts";

const examples = readdirSync(new URL("../../../../../docs/examples", import.meta.url)).filter((name) =>
  name.endsWith(".yml"),
);

test("there are three examples", () => {
  expect(examples.sort()).toEqual(["agent-repository.yml", "monorepo.yml", "one-app.yml"]);
});

test.each(examples)("%s is a workflow that GitHub's parser accepts", async (name) => {
  expect((await checkWorkflow(readExample(name), name)).map(describeProblem)).toEqual([]);
});

describe("a workflow of docs/examples, word for word", () => {
  let stage: ExampleStage;
  afterEach(async () => {
    await stage.close();
    assertNoViolations(stage.simulator);
    expect(stage.sentry.violations).toEqual([]);
  });

  /** Sentry's alert opens an issue in the last repository. */
  const withAlert = (repository: string): void =>
    stage.sentry.onNewIssue(
      ({ title, body }) => void stage.world.as("sentry[bot]", repository).openIssue({ title, body }),
    );

  /** Issue and attempt of each claim, such as `1-a1`. */
  const claimsIn = (repository: string): string[] =>
    stage.world
      .repository(repository)
      .git.refs.list("refs/patchpilot/claims/")
      .map(({ name }) => name.replace("refs/patchpilot/claims/", ""));

  const FAILED = /failure/;

  test("one app: takes in a crash and dispatches its repair, then serves it at the next tick", async () => {
    stage = await openExampleStage("one-app.yml", ["shop"], ["shop"]);
    withAlert("acme/shop");
    const [run] = await stage.crash("shop");
    expect(listSteps(run)).toEqual(["intake success", "dispatch success"]);
    expect(claimsIn("acme/shop")).toEqual(["1-a1"]);
    const [tick] = await stage.tick();
    expect(listSteps(tick)).toEqual([
      "intake success",
      "dispatch success",
      "verify-recovery success",
      "dispatch success",
    ]);
  });

  test("a monorepo: dispatches a crash of each app", async () => {
    stage = await openExampleStage("monorepo.yml", ["shop"], ["shop", "api"]);
    withAlert("acme/shop");
    await stage.crash("shop");
    await stage.crash("api");
    expect(claimsIn("acme/shop")).toEqual(["1-a1", "2-a1"]);
    const [tick] = await stage.tick();
    expect(listSteps(tick).join()).not.toMatch(FAILED);
  });

  test("an agent repository: opens and dispatches each target's crash in that target, and nothing in its own", async () => {
    stage = await openExampleStage("agent-repository.yml", ["shop", "api", "agents"], ["shop", "api"]);
    await stage.crash("shop");
    await stage.crash("api");
    const [tick] = await stage.tick();
    expect(tick?.jobs.map(({ conclusion }) => conclusion)).toEqual(["success", "success"]);
    expect(listSteps(tick)).toHaveLength(8);
    expect(claimsIn("acme/shop")).toEqual(["1-a1"]);
    expect(claimsIn("acme/api")).toEqual(["1-a1"]);
    expect([claimsIn("acme/agents"), stage.world.repository("acme/agents").issues.list()]).toEqual([[], []]);
  });
});
