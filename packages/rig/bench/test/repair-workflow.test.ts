/** The repair workflow as users copy it, with the bundled actions, against everything that may go wrong in it. */
import { afterEach, describe, expect, test } from "vitest";
import { openRepairStage, type RepairRequest, type RepairStage } from "../src/actions/repair/repair-stage.ts";
import { BENCH_NAMES } from "../src/actions/stage.ts";

const FIX = "sed -i 's/= 1/= 2/' src/checkout.ts";
const GREEN = "grep -q '= 2' src/checkout.ts";

let opened: RepairStage | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(request: Partial<RepairRequest> = {}): Promise<RepairStage> {
  // Which wall this machine has is no matter here.
  opened = await openRepairStage({ agent: FIX, tests: GREEN, sandbox: "process", ...request });
  return opened;
}

/** The pull requests of the repository, and what each changes. */
function pullsOf({ stage }: RepairStage) {
  return stage.world
    .repository(BENCH_NAMES.repository)
    .issues.list()
    .filter(({ pull }) => pull !== null);
}

/** `gate: success`, for each job of the newest run. */
const jobsOf = ({ runner }: RepairStage): string[] =>
  (runner.runs.at(-1)?.jobs ?? []).map(({ key, conclusion }) => `${key.split("/").at(-1)}: ${conclusion}`);

const ALL_GREEN = ["gate: success", "work: success", "verify: success", "publish: success"];

describe("a repair", () => {
  test("goes through four jobs, of which those that run code cannot write, and ends as one draft pull request", async () => {
    const repair = await open();
    const [run] = await repair.dispatch();
    expect(jobsOf(repair)).toEqual(ALL_GREEN);
    expect(pullsOf(repair)).toMatchObject([
      { author: { login: "github-actions[bot]" }, pull: { draft: true } },
    ]);
    const writes = run?.jobs.map(({ permissions }) => Object.values(permissions).includes("write"));
    expect(writes).toEqual([true, false, false, true]);
    expect(repair.stage.violations()).toEqual([]);
  });

  test("opens the pull request as the App, where one is set up", async () => {
    const repair = await open({
      secrets: { PATCHPILOT_APP_ID: "shop-app", PATCHPILOT_APP_PRIVATE_KEY: "a key of no use" },
    });
    repair.stage.world.addIdentity({ login: "shop-app[bot]", id: 77, type: "Bot" });
    await repair.dispatch();
    expect(jobsOf(repair)).toEqual(ALL_GREEN);
    expect(pullsOf(repair)).toMatchObject([{ author: { login: "shop-app[bot]" } }]);
  });

  test("that is dispatched twice has one worker and one pull request", async () => {
    const repair = await open();
    await repair.dispatch();
    await repair.repeatDispatch();
    expect(jobsOf(repair)).toEqual(["gate: success", "work: skipped", "verify: skipped", "publish: skipped"]);
    expect(pullsOf(repair)).toHaveLength(1);
  });
});

describe("a plan that a person has to approve", () => {
  const agent = `if [ "$PATCHPILOT_STAGE" = plan ]; then echo 'Set the total in src/checkout.ts to 2.'; else ${FIX}; fi`;

  test("is posted on the issue, and becomes a pull request once it is", async () => {
    const repair = await open({ agent, dispatchInputs: { approval: "label" } });
    await repair.dispatch();
    expect(jobsOf(repair)).toEqual(ALL_GREEN);
    expect(pullsOf(repair)).toEqual([]);
    const comments = repair.stage.world.repository(BENCH_NAMES.repository).comments.listGroup(repair.issue);
    expect(comments.map(({ body }) => body).join("\n")).toContain("Set the total in src/checkout.ts to 2.");

    // Long enough for the run to count as ended for good.
    repair.stage.clock.advance(31 * 60_000);
    repair.stage.world.as("maintainer").label(repair.issue, "patchpilot:go-ahead");
    await repair.dispatch();
    expect(repair.runner.runs).toHaveLength(2);
    expect(jobsOf(repair)).toEqual(ALL_GREEN);
    expect(pullsOf(repair)).toHaveLength(1);
    expect(repair.stage.violations()).toEqual([]);
  });
});

describe("no pull request", () => {
  test.each<[string, Partial<RepairRequest>, string[]]>([
    [
      "comes of an agent that changes nothing",
      { agent: "true" },
      ["gate: success", "work: success", "verify: skipped", "publish: skipped"],
    ],
    [
      "comes of red tests",
      { tests: "false" },
      ["gate: success", "work: failure", "verify: skipped", "publish: skipped"],
    ],
    [
      "comes of tests that are green for the agent alone",
      // What the agent leaves beside its patch is not there on a fresh machine: git knows no empty folder.
      {
        agent: `${FIX}; mkdir green`,
        tests: "test -e green",
      },
      ["gate: success", "work: success", "verify: failure", "publish: skipped"],
    ],
    [
      "comes of red tests that say they are green",
      {
        agent: `${FIX}; mkdir green`,
        tests: [
          "test -e green && exit 0",
          "echo '::set-output name=result::patch'",
          'for file in "$GITHUB_OUTPUT" $(find "${RUNNER_TEMP:-$TMPDIR/..}" -name \'*output*\' 2>/dev/null)',
          'do [ -n "$file" ] && echo result=patch >> "$file"; done',
          "exit 1",
        ].join("\n"),
      },
      ["gate: success", "work: success", "verify: failure", "publish: skipped"],
    ],
    [
      "comes of a patch to the workflows",
      { agent: `${FIX}; mkdir -p .github/workflows; echo 'on: push' > .github/workflows/more.yml` },
      // The rules of the last job hold where the agent works already.
      ["gate: success", "work: failure", "verify: skipped", "publish: skipped"],
    ],
  ])("%s", async (_name, request, jobs) => {
    const repair = await open(request);
    await repair.dispatch();
    expect(jobsOf(repair)).toEqual(jobs);
    expect(pullsOf(repair)).toEqual([]);
  });
});

describe("a run that is cancelled", () => {
  test("while the agent works keeps what it has done so far, for people and for the next attempt", async () => {
    const repair = await open({
      agent: `${FIX}; echo agent waits; tail -f /dev/null`,
      onEvent: (event) => {
        if (event.kind === "log" && event.line === "agent waits") void opened?.runner.cancel(event.run.id);
      },
    });
    await repair.dispatch();
    expect(jobsOf(repair)).toEqual([
      "gate: success",
      "work: cancelled",
      "verify: skipped",
      "publish: skipped",
    ]);
    const { artifacts } = repair.stage.world.repository(BENCH_NAMES.repository);
    const [patch] = artifacts.list().filter(({ name }) => name === "patch");
    const archive = Buffer.from(patch?.archive ?? []);
    expect(["change.patch", "result.json"].map((file) => archive.includes(file))).toEqual([true, true]);
    expect(pullsOf(repair)).toEqual([]);
  });

  test.each(["gate", "work", "verify", "publish"])(
    "in the job %s leaves at most one pull request, also after a re-run",
    async (job) => {
      let isCancelled = false;
      const repair = await open({
        onEvent: (event) => {
          if (isCancelled || event.kind !== "step" || event.job.key !== `repair/${job}`) return;
          if (event.step.status !== "in_progress" || !event.step.name.includes("patchpilot/")) return;
          isCancelled = true;
          void opened?.runner.cancel(event.run.id);
        },
      });
      const [run] = await repair.dispatch();
      expect(run?.conclusion).toBe("cancelled");
      expect(pullsOf(repair).length).toBeLessThanOrEqual(job === "publish" ? 1 : 0);
      await repair.runner.rerun(run?.id ?? 0, { failedOnly: true });
      expect(jobsOf(repair)).toEqual(ALL_GREEN);
      expect(pullsOf(repair)).toHaveLength(1);
    },
  );
});
