import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import { checkNamed, judgeWith, MAIN, MAIN_TEXT, REPAIR, workflowFile } from "../testing/desk-facts.ts";

const SWITCHING = workflowFile("patchpilot.yml", `${MAIN_TEXT}      - uses: patchpilot/schedule@v1\n`);
const tick = (state: string) =>
  workflowFile(
    "patchpilot-tick.yml",
    "on: { schedule: [] }\njobs: { a: { steps: [{ uses: patchpilot/intake@v1 }] } }",
    state,
  );

describe("workflows", () => {
  it("are missing if no file uses PatchPilot", () => {
    const other = workflowFile("ci.yml", "jobs: { a: { steps: [{ uses: actions/checkout@v7 }] } }");
    expect(checkNamed("Workflows", { workflows: answered([other]) })?.state).toBe("missing");
  });

  const REASONS = {
    disabled_inactivity: "for 60 days",
    disabled_manually: "someone switched it off",
    deleted: "deleted",
  };

  it.each(Object.entries(REASONS))("in the state %s are missing, with the reason", (state, reason) => {
    const workflows = answered([{ ...MAIN, state }, REPAIR]);
    expect(checkNamed("Workflows", { workflows })).toMatchObject({
      state: "missing",
      found: expect.stringContaining(reason),
      remedy: "Run `gh workflow enable patchpilot.yml`.",
    });
  });

  it("that `schedule` switches may be off", () => {
    const workflows = answered([SWITCHING, REPAIR, tick("disabled_manually")]);
    expect(checkNamed("Workflows", { workflows })?.state).toBe("ok");
  });

  it("that `schedule` switches are missing if GitHub switched them off", () => {
    const workflows = answered([SWITCHING, REPAIR, tick("disabled_inactivity")]);
    expect(checkNamed("Workflows", { workflows })?.state).toBe("missing");
  });

  it("that cannot be read are one check", () => {
    const checks = judgeWith({ workflows: refusal("forbidden") });
    expect(checks.filter(({ state }) => state !== "ok")).toMatchObject([
      { name: "Workflows", state: "unseen" },
    ]);
  });
});

describe("the repair workflow", () => {
  it.each([
    ["calls PatchPilot's", REPAIR],
    [
      "is your own and claims",
      workflowFile("own.yml", "jobs: { a: { steps: [{ uses: patchpilot/claim@v1 }] } }"),
    ],
  ])("that %s is there", (_, file) => {
    expect(checkNamed("Repair workflow", { workflows: answered([MAIN, file]) })?.state).toBe("ok");
  });

  it("may be in another repository", () => {
    expect(checkNamed("Repair workflow", { workflows: answered([MAIN]) })?.state).toBe("unseen");
  });

  it("is not needed without `dispatch`", () => {
    const alone = workflowFile("intake.yml", "jobs: { a: { steps: [{ uses: patchpilot/intake@v1 }] } }");
    expect(checkNamed("Repair workflow", { workflows: answered([alone]) })?.state).toBe("ok");
  });
});

describe("the schedule", () => {
  const ranAt = (newest: string | undefined) =>
    checkNamed("Schedule", { schedules: [{ workflow: MAIN, newest: answered(newest) }] })?.state;

  it.each([
    ["2026-11-21T09:47:00Z", "ok"],
    ["2026-11-19T10:00:00Z", "ok"],
    ["2026-11-19T09:59:59Z", "attention"],
    [undefined, "attention"],
  ])("that last started a run at %s is %s", (newest, state) => {
    expect(ranAt(newest)).toBe(state);
  });

  it("of several is as the worst", () => {
    const late = { workflow: MAIN, newest: answered<string | undefined>("2026-10-01T00:00:00Z") };
    const newest = answered<string | undefined>("2026-11-21T09:47:00Z");
    expect(checkNamed("Schedule", { schedules: [{ workflow: MAIN, newest }, late] })?.state).toBe(
      "attention",
    );
  });

  it("that no workflow has is to know", () => {
    const unscheduled = workflowFile("patchpilot.yml", MAIN_TEXT.replace("schedule:", "issues: #"));
    expect(checkNamed("Schedule", { workflows: answered([unscheduled, REPAIR]) })?.state).toBe("attention");
  });

  it("of a workflow that is off is left to the check of the workflows", () => {
    const workflows = answered([{ ...MAIN, state: "disabled_inactivity" }, REPAIR]);
    const checks = judgeWith({ workflows, schedules: [] }).filter(({ state }) => state !== "ok");
    expect(checks.map(({ name, state }) => [name, state])).toEqual([
      ["Workflows", "missing"],
      ["Schedule", "unseen"],
    ]);
  });

  it("whose runs are hidden is not seen", () => {
    const schedules = [{ workflow: MAIN, newest: refusal("forbidden") }];
    expect(checkNamed("Schedule", { schedules })?.state).toBe("unseen");
  });
});

describe("environments", () => {
  const inLive = workflowFile(
    "patchpilot.yml",
    MAIN_TEXT.replace("    steps:", "    environment: Live\n    steps:"),
  );
  const environments = (name: string, ...rules: string[]) =>
    checkNamed("Environments", {
      workflows: answered([inLive, REPAIR]),
      environments: answered([{ name, rules }]),
    });

  it("have no check if no job names one", () => {
    expect(checkNamed("Environments")).toBeUndefined();
  });

  it.each([
    ["live", ["required_reviewers"], "attention"],
    ["live", [], "ok"],
    ["preview", ["required_reviewers"], "ok"],
  ])("%s with %j is %s", (name, rules, state) => {
    expect(environments(name, ...rules)?.state).toBe(state);
  });

  it("say what a job waits for", () => {
    expect(environments("live", "wait_timer", "required_reviewers")?.found).toContain(
      "`live` waits for a timer and waits for a reviewer",
    );
  });
});
