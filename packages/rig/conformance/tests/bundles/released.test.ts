import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import { readRepairCaller } from "@patchpilot/build/repair-caller";
import { REPOSITORY } from "@patchpilot/build/repository";
import { testGit } from "@patchpilot/git/testing";
import type { RunRecord } from "@patchpilot/runner";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR, MINUTE } from "@patchpilot/time";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { live } from "../../worlds/providers.ts";
import { commitTree } from "../../worlds/released/commit-tree.ts";
import {
  makeReleasedRepositories,
  type ReleasedRepositories,
} from "../../worlds/released/make-released-repositories.ts";
import { packCli } from "../../worlds/released/pack-cli.ts";
import { checkOutReleased } from "../../worlds/released/resolve-uses.ts";
import { readPhase } from "../../worlds/scenario.ts";
import { SHOP } from "../../worlds/world.ts";
import { bubblewrapWorks } from "./support/bubblewrap-works.ts";
import { listJobs, listSteps } from "./support/open-readme-stage.ts";
import { openReleasedStage, pushByHand, type ReleasedStage } from "./support/open-released-stage.ts";

import { setUpBy } from "./support/set-up-by-cli.ts";

let released: ReleasedRepositories;
/** The released monorepo as one finds it at `v1`. */
let monorepo: string;
beforeAll(async () => {
  released = await makeReleasedRepositories(mkdtempSync(join(tmpdir(), "released-")));
  monorepo = await checkOutReleased(released, "patchpilot", "v1", join(released.folder, "read"));
});
afterAll(() => rmSync(released.folder, { recursive: true }));

let stage: ReleasedStage;
afterEach(async () => {
  await stage.close();
  assertNoViolations(stage.test.simulator);
});

const open = async (repository: string): Promise<ReleasedStage> => {
  // Which wall this machine has is no matter here.
  const caller = readRepairCaller(repository).replace("    with:\n", "    with:\n      sandbox: process\n");
  const workflows = {
    "patchpilot.yml": readReadmeWorkflow(repository),
    "patchpilot-repair.yml": caller,
  };
  stage = await openReleasedStage(released, pushByHand(workflows));
  return stage;
};

const pulls = () =>
  stage.test.world
    .repository(SHOP)
    .issues.list()
    .flatMap(({ pull }) => pull ?? []);

/** Deploys the newest commit of the default branch, and lets it be in use for hours. */
function deploy(hours: number, crashEvery?: number): void {
  const { sentry } = stage;
  const { world, clock } = stage.test;
  clock.advance(MINUTE);
  const sha = world.repository(SHOP).git.refs.get("refs/heads/main") ?? "";
  const { id } = world.as("maya").createDeployment({ ref: sha, environment: "production" });
  world.as("maya").setDeploymentStatus({ deploymentId: id, state: "success" });
  const from = clock.now();
  const until = from + hours * HOUR;
  live(sentry, { from, until, release: sha, ...(crashEvery === undefined ? {} : { crashEvery }) });
  clock.set(until);
}

const annotations = (run: RunRecord | undefined): string[] =>
  (run?.jobs ?? []).flatMap(({ steps }) =>
    steps.flatMap((step) => step.annotations.map(({ message }) => message)),
  );

const FORMS = [
  ["at `@v1`, as on main", () => REPOSITORY],
  ["at SHAs, as the released monorepo shows them", () => monorepo],
] as const;

describe.each(FORMS)("the README's workflow and the repair workflow %s", (_, repository) => {
  test("take an alert to a tested draft pull request", async () => {
    const { crash } = await open(repository());
    const [incident, repair, ...others] = await crash();
    expect(listJobs(incident)).toEqual(["incident success", "tick skipped"]);
    expect(listSteps(incident)).toEqual(["intake success", "impact success", "dispatch success"]);
    expect(listJobs(repair)).toEqual(
      ["gate", "work", "verify", "publish"].map((job) => `repair/${job} success`),
    );
    expect(pulls()).toMatchObject([{ draft: true }]);
    expect(others).toEqual([]);
  });

  test("run nothing of this checkout", async () => {
    const { own } = await open(repository());
    const folders = Object.values(own.actions);
    expect(folders).not.toEqual([]);
    expect(folders.filter((folder) => folder.startsWith(REPOSITORY))).toEqual([]);
  });
});

test("the released monorepo's workflows name commits, and those that they call do, too", async () => {
  const { own } = await open(monorepo);
  const refs = Object.keys(own.actions).map((uses) => uses.split("@")[1]);
  expect(refs.filter((ref) => !/^[0-9a-f]{40}$/.test(ref ?? ""))).toEqual([]);
  const { claim } = released.commits;
  expect(Object.values(own.calledWorkflows)).toEqual([
    expect.stringContaining(`uses: ${released.owner}/claim@${claim} # v1.0.0\n`),
  ]);
});

test("what runs is what the ref names: another commit's bundle runs where another tag is used", async () => {
  const tree = await checkOutReleased(released, "intake", "v1", join(released.folder, "changed"));
  writeFileSync(join(tree, "dist/index.js"), 'console.log("::notice::a bundle that only v9 has");\n');
  const gitDir = join(released.folder, "intake.git");
  commitTree(gitDir, tree, "intake v9");
  testGit(gitDir)(["tag", "v9", "main"]);
  const text = readReadmeWorkflow();
  const changing = { "patchpilot.yml": text.replaceAll("intake@v1", "intake@v9") };
  stage = await openReleasedStage(released, pushByHand(changing));
  const [changed] = await stage.crash();
  await stage.close();
  expect(annotations(changed)).toContain("a bundle that only v9 has");
  stage = await openReleasedStage(released, pushByHand({ "patchpilot.yml": text }));
  const [unchanged] = await stage.crash();
  expect(listSteps(unchanged)).toContain("intake success");
  expect(annotations(unchanged)).not.toContain("a bundle that only v9 has");
});

test.runIf(bubblewrapWorks())(
  "what the packed command sets up takes a crash to a recovered incident, with nothing edited by hand",
  async () => {
    stage = await openReleasedStage(
      released,
      setUpBy(packCli(monorepo, mkdtempSync(join(released.folder, "cli-")))),
    );
    const { issues } = stage.test.world.repository(SHOP);
    const maya = stage.test.world.as("maya");
    const tick = () => stage.awaitRuns(() => stage.runner.start({ event: "schedule", actor: "maya" }));
    const [, repair] = await stage.awaitRuns(() => deploy(72, 20));
    expect(listJobs(repair)).toEqual(
      ["gate", "work", "verify", "publish"].map((job) => `repair/${job} success`),
    );
    await tick();
    const incident = issues.list().find(({ title }) => title.includes("TypeError"))?.number ?? 0;
    const fix = issues.list().find(({ pull, state }) => pull && state === "open")?.number ?? 0;
    maya.markReady(fix);
    await stage.awaitRuns(() => maya.mergePull(fix));
    await tick();
    deploy(8);
    await tick();
    expect([readPhase(stage.test, incident), issues.get(incident)?.state]).toEqual(["recovered", "closed"]);
  },
);
