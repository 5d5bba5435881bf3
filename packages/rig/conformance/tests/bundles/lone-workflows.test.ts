import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import type { LoneAction } from "@patchpilot/build/readme-workflow";
import type { RunRecord } from "@patchpilot/runner";
import { listen, listenAs } from "@patchpilot/simulators";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { findMergeCommit, findState, mergeByHand, openFailingApp } from "../../worlds/live-app.ts";
import { addPostHog, createSentry, live, POSTHOG_INPUTS } from "../../worlds/providers.ts";
import { readComments, readPhase } from "../../worlds/scenario.ts";
import { openSlowShop } from "../../worlds/slow-shop.ts";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "../../worlds/world.ts";
import { type LoneRequest, openLoneStage } from "./support/open-lone-stage.ts";
import { listJobs, listSteps } from "./support/open-readme-stage.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function open(action: LoneAction, request: LoneRequest) {
  const stage = await openLoneStage(action, request);
  endings.push(() => assertNoViolations(request.test.simulator), stage.close);
  return stage;
}

/** An address at which a simulator answers. */
async function doorOf(simulator: Parameters<typeof listen>[0]): Promise<string> {
  const door = await listen(simulator);
  endings.push(() => door.close());
  return door.url;
}

/** A world whose repository jobs can check out. */
function withGit(files: Readonly<Record<string, string>>): { test: TestWorld; gitDir: string } {
  const gitDir = join(makeScratchFolder(), "shop.git");
  return { test: createTestWorld({ gitDir, files }), gitDir };
}

const maya = ({ world }: TestWorld) => world.as("maya");
const issuesOf = ({ world }: TestWorld) => world.repository(SHOP).issues.list();
const pullsOf = (world: TestWorld) => issuesOf(world).filter(({ pull }) => pull);
/** Refs of records: gates, claims, and what keeps an incident from being opened twice. */
const recordRefs = ({ world }: TestWorld, kind = "") =>
  world.repository(SHOP).git.refs.list(`refs/patchpilot/${kind}`);
const logOf = (run: RunRecord | undefined) =>
  (run?.jobs ?? []).flatMap(({ steps }) => steps.flatMap(({ log }) => log)).join("\n");

describe("intake alone", () => {
  /** Sentry opens an issue for each new crash. */
  async function openIntake() {
    const world = createTestWorld();
    const { simulator: sentry, door } = await listenAs((url) => createSentry(world.clock, url));
    endings.push(() => door.close());
    sentry.onNewIssue(({ title, body }) => void world.world.as("sentry[bot]").openIssue({ title, body }));
    const stage = await open("intake", { test: world, vars: { SENTRY_URL: door.url } });
    const now = world.clock.now();
    const crash = () => live(sentry, { from: now - HOUR, until: now, release: "shop@1", crashEvery: 5 });
    return { world, stage, crash };
  }

  test("says on the issue that Sentry opens how bad it is and where to look, and dispatches nothing", async () => {
    const { world, stage, crash } = await openIntake();
    const [run] = await stage.awaitRuns(crash);
    expect(listSteps(run)).toEqual(["intake success"]);
    expect(readPhase(world, 1)).toBe("accepted");
    expect(readComments(world, 1)).toContain("src/checkout.ts");
    expect(recordRefs(world)).toEqual([]);
  });

  test("takes in an issue that a person labels, and starts no job for one that nobody does", async () => {
    const { world, stage } = await openIntake();
    const [ignored] = await stage.awaitRuns(() => maya(world).openIssue({ title: "Slow", body: "It is." }));
    expect(listJobs(ignored)).toEqual(["intake skipped"]);
    await stage.awaitRuns(() => maya(world).label(1, "patchpilot:take-on"));
    expect(readPhase(world, 1)).toBe("accepted");
  });
});

test("perf-scan alone opens an issue for what became slow, and no second one an hour later", async () => {
  const shop = openSlowShop();
  const vars = { SENTRY_URL: await doorOf(shop.sentry) };
  const stage = await open("perf-scan", { test: shop.test, vars });
  expect(listSteps(await stage.tick())).toEqual(["perf-scan success"]);
  expect(issuesOf(shop.test).map(({ number }) => number)).toEqual([1]);
  expect(readPhase(shop.test, 1)).toBe("accepted");
  shop.pass(1, 4);
  expect(listSteps(await stage.tick())).toEqual(["perf-scan success"]);
  expect(issuesOf(shop.test)).toHaveLength(1);
});

describe("impact alone", () => {
  async function openImpact() {
    const world = createTestWorld();
    const vars = {
      POSTHOG_HOST: await doorOf(addPostHog(world)),
      POSTHOG_PROJECT_ID: POSTHOG_INPUTS["posthog-project-id"],
      POSTHOG_EVENTS: POSTHOG_INPUTS.events,
    };
    return { world, stage: await open("impact", { test: world, vars }) };
  }

  test("counts what people did less of while an accepted incident lasts", async () => {
    const { world, stage } = await openImpact();
    const issue = addIncident(world);
    expect(listSteps(await stage.tick())).toEqual(["impact success"]);
    expect(readComments(world, issue)).toContain("checkout");
  });

  test("says in one line that there is nothing to count", async () => {
    const { stage } = await openImpact();
    const run = await stage.tick();
    expect(logOf(run)).toContain(
      "No open incident is at the stage where impact is counted, so there is nothing to count.",
    );
    expect(run.jobs.flatMap(({ steps }) => steps.flatMap(({ annotations }) => annotations))).toEqual([]);
  });
});

test("verify-recovery alone closes what a person fixed, once production shows that it helped", async () => {
  const production = openFailingApp({ teller: "github" });
  const vars = { SENTRY_URL: await doorOf(production.sentry) };
  const stage = await open("verify-recovery", { test: production.test, vars });
  production.pass(5);
  const pull = mergeByHand(production, `Refs #${production.issue}`);
  expect(listSteps(await stage.tick())).toEqual(["verify-recovery success"]);
  expect(findState(production).state).toBe("open");
  production.deploy(findMergeCommit(production, pull));
  for (let look = 0; look < 4 && findState(production).state === "open"; look += 1) {
    production.goOn(4);
    await stage.tick();
  }
  expect(findState(production)).toEqual({ state: "closed", reason: "completed" });
  expect(readPhase(production.test, production.issue)).toBe("recovered");
});

describe("repair alone", () => {
  const files = {
    "cart.js": "broken\n",
    Makefile: "test:\n\tgrep -q mended cart.js\n",
  };
  const runPrompt = async (command: string) => {
    const world = withGit(files);
    const vars = { PATCHPILOT_AGENT: "command", PATCHPILOT_AGENT_COMMAND: command };
    // Which wall this machine has is no matter here.
    const workflow = (text: string) => text.replace(/^( +)agent: .*$/m, "$&\n$1sandbox: process");
    const stage = await open("repair", { ...world, vars, workflow });
    const inputs = { prompt: "Mend the cart." };
    const [run] = await stage.awaitRuns(() =>
      maya(world.test).dispatchWorkflow("patchpilot-repair.yml", inputs),
    );
    return { world: world.test, run };
  };
  const outputsOf = (run: RunRecord | undefined) =>
    run?.jobs[0]?.steps.find(({ name }) => name.includes("patchpilot/repair"))?.outputs;
  const artifactsOf = ({ world }: TestWorld) =>
    world
      .repository(SHOP)
      .artifacts.list()
      .map(({ name }) => name);

  test("carries out the words of whoever starts it, and keeps the tested patch as an artifact", async () => {
    const command = 'grep -q prompt.md "$PATCHPILOT_PROMPT_FILE" && echo mended > cart.js';
    const { world, run } = await runPrompt(command);
    expect([listJobs(run), outputsOf(run)?.["result"]]).toEqual([["work success"], "patch"]);
    expect(artifactsOf(world)).toEqual(["patch"]);
    expect([pullsOf(world), recordRefs(world)]).toEqual([[], []]);
  });

  test("ends red where the tests do, and keeps what was done", async () => {
    const { world, run } = await runPrompt("echo worse > cart.js");
    expect([listJobs(run), outputsOf(run)?.["result"]]).toEqual([["work failure"], "failed"]);
    expect(artifactsOf(world)).toEqual(["patch"]);
  });
});

describe("propose alone", () => {
  const openPropose = async (script: string) => {
    const world = withGit({ "version.txt": "1\n", "scripts/update.sh": script });
    return { world: world.test, stage: await open("propose", world) };
  };

  test("opens one draft pull request for what a script changes, however often it runs", async () => {
    const { world, stage } = await openPropose("echo 2 > version.txt\n");
    expect(listJobs(await stage.tick())).toEqual(["work success", "publish success"]);
    const [pull, ...others] = pullsOf(world);
    expect(pull?.pull).toMatchObject({
      draft: true,
      headRef: expect.stringMatching(/^patchpilot\/patch-[0-9a-f]{12}$/),
    });
    expect(pull?.body).not.toMatch(/Nothing fixed|No one said/);
    maya(world).push({ branch: "main", message: "Go on", files: { "README.md": "# shop\n" } });
    expect(listJobs(await stage.tick())).toEqual(["work success", "publish success"]);
    expect([others, pullsOf(world).length, recordRefs(world)]).toEqual([[], 1, []]);
  });

  test("proposes nothing where the script changes nothing", async () => {
    const { world, stage } = await openPropose("true\n");
    expect(listJobs(await stage.tick())).toEqual(["work success", "publish skipped"]);
    expect(pullsOf(world)).toEqual([]);
  });

  test("refuses a script's change of a workflow", async () => {
    const { world, stage } = await openPropose("echo 'on: push' > .github/workflows/x.yml\n");
    const run = await stage.tick();
    expect(listJobs(run)).toEqual(["work success", "publish failure"]);
    expect(logOf(run)).toContain("belongs to git or GitHub");
    expect(pullsOf(world)).toEqual([]);
  });
});
