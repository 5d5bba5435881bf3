import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR, MINUTE } from "@patchpilot/time";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { live } from "../../worlds/providers.ts";
import { readTurns } from "../../worlds/read-turns.ts";
import { readComments, readLabels, readPhase } from "../../worlds/scenario.ts";
import { listJobs, listSteps, openReadmeStage, type ReadmeStage } from "./support/open-readme-stage.ts";

let stage: ReadmeStage;
afterEach(async () => {
  await stage.close();
  assertNoViolations(stage.test.simulator);
  expect(stage.sentry.violations).toEqual([]);
});

/** The app crashes, and Sentry's alert opens an issue for it. */
const crash = (): void => {
  const now = stage.test.clock.now();
  live(stage.sentry, { from: now - HOUR, until: now, release: "shop@1", crashEvery: 5 });
};

const INCIDENT_ONLY = ["incident success", "tick skipped"];
const TICK_ONLY = ["incident skipped", "tick success"];
const NO_JOB = ["incident skipped", "tick skipped"];
const maya = () => stage.test.world.as("maya");

describe("the README's workflow, word for word", () => {
  beforeEach(async () => {
    stage = await openReadmeStage();
  });

  test("takes in what Sentry opens, counts its impact, and dispatches a repair", async () => {
    const [run, ...others] = await stage.awaitRuns(crash);
    expect(listJobs(run)).toEqual(INCIDENT_ONLY);
    expect(listSteps(run)).toEqual(["intake success", "impact success", "dispatch success"]);
    expect(readPhase(stage.test, 1)).toBe("working");
    expect(readComments(stage.test, 1)).toContain("checkout");
    expect(others).toEqual([]);
  });

  test("starts no job for an issue that a person opens", async () => {
    const runs = await stage.awaitRuns(() => maya().openIssue({ title: "Dark mode", body: "Please." }));
    expect(runs.map(listJobs)).toEqual([NO_JOB]);
  });

  test("starts no job for an issue in which a person imitates Sentry", async () => {
    const body = "Sentry Issue: [SHOP-1](https://acme.sentry.io/issues/1/)";
    const runs = await stage.awaitRuns(() => maya().openIssue({ title: "TypeError", body }));
    expect(runs.map(listJobs)).toEqual([NO_JOB]);
  });

  test.each(["bug", "patchpilot:hold", "patchpilot:recovered"])(
    "starts no job for the label `%s`",
    async (label) => {
      await stage.awaitRuns(crash);
      const runs = await stage.awaitRuns(() => maya().label(1, label));
      expect(runs.map(listJobs)).toEqual([NO_JOB]);
    },
  );

  test("starts no job for a command that a bot sets", async () => {
    await stage.awaitRuns(crash);
    const runs = await stage.awaitRuns(() => stage.test.world.as("sentry[bot]").label(1, "patchpilot:retry"));
    expect(runs.map(listJobs)).toEqual([NO_JOB]);
  });

  test.each(["patchpilot:take-on", "patchpilot:accept"])(
    "repairs an issue of a person who labels it %s",
    async (label) => {
      const { number } = maya().openIssue({ title: "TypeError in checkout", body: "It crashes." });
      await stage.runner.idle();
      const [run] = await stage.awaitRuns(() => maya().label(number, label));
      expect(listJobs(run)).toEqual(INCIDENT_ONLY);
      expect(readLabels(stage.test, number)).toContain("patchpilot:working");
      expect(readComments(stage.test, number)).toContain("### Issue accepted: `TypeError in checkout`");
    },
  );

  test("takes a task that a person gives by hand, and dispatches it in the same run", async () => {
    const task = "Round totals to cents\n\nThe cart shows three decimals.";
    const [run] = await stage.awaitRuns(() => maya().dispatchWorkflow("patchpilot-task.yml", { task }));
    expect(listSteps(run)).toEqual(["intake success", "dispatch success"]);
    expect(readPhase(stage.test, 1)).toBe("working");
    expect(readComments(stage.test, 1)).toContain("### Task accepted: `Round totals to cents`");
  });

  /** What GitHub sends to the workflow for a comment. */
  const say = (changes: {
    readonly body?: string;
    readonly association?: string;
    readonly type?: string;
    readonly issue?: object;
  }) => {
    const { body = "/patchpilot retry", association = "MEMBER", type = "User", issue } = changes;
    const payload = {
      action: "created",
      issue: { number: 1, labels: [{ name: "patchpilot" }, { name: "patchpilot:working" }], ...issue },
      comment: { body, author_association: association, user: { login: "maya", type } },
    };
    return stage.runner.start({ event: "issue_comment", payload, actor: "maya" });
  };

  test("has a command in a comment acted on at once, by dispatch alone", async () => {
    await stage.awaitRuns(crash);
    const [run] = await stage.awaitRuns(() => maya().comment(1, "/patchpilot retry"));
    expect(listJobs(run)).toEqual(INCIDENT_ONLY);
    expect(listSteps(run)).toEqual(["intake skipped", "impact skipped", "dispatch success"]);
  });

  test("starts its job by what the cases below leave out one by one", async () => {
    await stage.awaitRuns(crash);
    expect((await stage.awaitRuns(() => say({}))).map(listJobs)).toEqual([INCIDENT_ONLY]);
  });

  test.each([
    ["a stranger's command", { association: "NONE" }],
    ["a contributor's command", { association: "CONTRIBUTOR" }],
    ["a bot's command", { type: "Bot" }],
    ["a comment that is no command", { body: "Please /patchpilot retry" }],
    ["a command on an issue that is no incident", { issue: { labels: [{ name: "bug" }] } }],
    ["a command on a pull request", { issue: { pull_request: { url: "https://github.com" } } }],
  ])("starts no job for %s", async (_, changes) => {
    await stage.awaitRuns(crash);
    const runs = await stage.awaitRuns(() => say(changes));
    expect(runs.map(listJobs)).toEqual([NO_JOB]);
  });

  test("serves what is open when the schedule fires", async () => {
    await stage.awaitRuns(crash);
    const [run] = await stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
    expect(listJobs(run)).toEqual(TICK_ONLY);
    expect(listSteps(run)).toEqual([
      "doctor skipped",
      "intake success",
      "perf-scan success",
      "impact success",
      "dispatch success",
      "verify-recovery success",
      "dispatch success",
    ]);
  });

  test("serves what is open when Vercel promotes a deployment", async () => {
    await stage.awaitRuns(crash);
    const [run] = await stage.awaitRuns(() =>
      stage.test.world.as("vercel[bot]").dispatch("vercel.deployment.promoted", { id: "dpl_1" }),
    );
    expect(listJobs(run)).toEqual(TICK_ONLY);
    expect(listSteps(run)).toContain("perf-scan skipped");
  });
});

describe("the README's workflow where somebody is on call", () => {
  beforeEach(async () => {
    stage = await openReadmeStage({ vars: { PATCHPILOT_ONCALL: "@maya, @acme/on-call" } });
  });

  test("tells them once, in a new comment, that the repair never started", async () => {
    const tick = (minutes: number) => {
      stage.test.clock.advance(minutes * MINUTE);
      return stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
    };
    await stage.awaitRuns(crash);
    for (let time = 0; time < 2; time += 1) await tick(31);
    expect(readPhase(stage.test, 1)).toBe("needs-human");
    const announced = readTurns(stage.test, 1);
    expect(announced).toMatchObject([{ key: "decide/e1/lost/a1", reminder: 0, isHidden: false }]);
    expect(announced[0]?.body).toContain("@maya @acme/on-call");
    await tick(31);
    expect(readTurns(stage.test, 1)).toEqual(announced);
    expect(readComments(stage.test, 1).match(/@maya/g)).toHaveLength(1);
  });
});

/** What docs/setup.md says under "Without an alert": one line more in the job `tick`. */
const pollInTick = (text: string): string => {
  const [incident = "", tick = ""] = text.split("\n  tick:\n");
  return `${incident}\n  tick:\n${tick.replace(
    /uses: patchpilot\/intake@v1\n +if: .*\n +with:\n/,
    "$&          source: sentry\n",
  )}`;
};

describe("the README's workflow where Sentry has no alert", () => {
  beforeEach(async () => {
    stage = await openReadmeStage({ alert: false, workflow: pollInTick });
  });

  test("opens issues at the next tick and dispatches them, and labels of people still count", async () => {
    expect(await stage.awaitRuns(crash)).toEqual([]);
    const [tick] = await stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
    expect(listJobs(tick)).toEqual(TICK_ONLY);
    expect(readPhase(stage.test, 1)).toBe("working");

    await stage.awaitRuns(() => maya().openIssue({ title: "Dark mode", body: "Please." }));
    const [accepted] = await stage.awaitRuns(() => maya().label(2, "patchpilot:take-on"));
    expect(listJobs(accepted)).toEqual(INCIDENT_ONLY);
    expect(readPhase(stage.test, 2)).toBe("working");
  });
});
