import type { RunRecord } from "@patchpilot/runner";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { afterEach, describe, expect, test } from "vitest";
import { live } from "../../worlds/providers.ts";
import { openReadmeStage, type ReadmeStage, type Variation } from "./support/open-readme-stage.ts";

let stage: ReadmeStage;
afterEach(async () => {
  await stage.close();
  assertNoViolations(stage.test.simulator);
});

/** An incident that Sentry's alert opened, and then a tick. @returns the run of the tick */
async function tickAfterCrash(variation: Variation): Promise<RunRecord | undefined> {
  stage = await openReadmeStage(variation);
  const now = stage.test.clock.now();
  live(stage.sentry, { from: now - HOUR, until: now, release: "shop@1", crashEvery: 5 });
  await stage.runner.idle();
  const [run] = await stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
  return run;
}

const annotationsOf = (run: RunRecord | undefined, level: string): string[] =>
  (run?.jobs ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ annotations }) =>
      annotations.filter((one) => one.level === level).map(({ message }) => message),
    ),
  );

describe("a scheduled run that meets a wrong set-up warns once, with the setting that is wrong", () => {
  const wrong: readonly [setting: string, variation: Variation][] = [
    ["state-key", { secrets: { PATCHPILOT_STATE_KEY: "" } }],
    ["sentry-org", { vars: { SENTRY_ORG: "acmee" } }],
    ["sentry-projects", { vars: { SENTRY_PROJECTS: "wbe" } }],
    ["sentry-url", { vars: { SENTRY_URL: "https://sentry.example" } }],
  ];

  test.each(wrong)("%s", async (setting, variation) => {
    const run = await tickAfterCrash(variation);
    const warnings = annotationsOf(run, "warning").filter((text) => text.includes(setting));
    expect(warnings).toHaveLength(1);
  });
});

test("a scheduled run of a right set-up warns of nothing", async () => {
  const run = await tickAfterCrash({});
  expect(annotationsOf(run, "warning")).toEqual([]);
});
