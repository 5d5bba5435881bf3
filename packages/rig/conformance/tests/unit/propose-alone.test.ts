import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { dyingAfter, pausedAfter } from "../../worlds/faulty-wires.ts";
import { openWire, PATCH, PATCH_SHA256, proposeAlone } from "../../worlds/run-actions.ts";
import { mergePullRequest, openScenario } from "../../worlds/scenario.ts";
import { addIncident, createTestWorld, SHOP, type TestWorld } from "../../worlds/world.ts";
import { watchSimulators } from "./watch-simulators.ts";

const BRANCH = `patchpilot/patch-${PATCH_SHA256.slice(0, 12)}`;

const watch = watchSimulators();
const open = (): TestWorld => {
  const world = createTestWorld();
  watch(world.simulator);
  return world;
};

const gitOf = ({ world }: TestWorld) => world.repository(SHOP).git;
const maya = ({ world }: TestWorld) => world.as("maya");
const headOf = (world: TestWorld, branch: string) => gitOf(world).refs.get(`refs/heads/${branch}`);
const pullsOf = ({ world }: TestWorld) =>
  world
    .repository(SHOP)
    .issues.list()
    .filter(({ pull }) => pull);
/** Names of PatchPilot's own refs, which hold its records. */
const recordRefs = (world: TestWorld) => gitOf(world).refs.list("refs/patchpilot/");

/** People go on working on main, elsewhere than the patch. */
const pushElsewhere = (world: TestWorld): string =>
  maya(world).push({ branch: "main", message: "Describe it", files: { "README.md": "# A shop\n" } });

const run = (world: TestWorld, options: Partial<Parameters<typeof proposeAlone>[1]> = {}) =>
  proposeAlone(world, { runId: 1, ...options });

test("a patch without a key becomes a draft pull request that is named after its bytes", async () => {
  const world = open();
  const { outputs } = await run(world);
  expect(outputs).toMatchObject({ verdict: "proposed", issues: [], count: 0 });
  const [pull] = pullsOf(world);
  expect(pull).toMatchObject({ number: outputs.pr, title: `Apply patch ${PATCH_SHA256.slice(0, 12)}` });
  expect(pull?.pull).toMatchObject({ headRef: BRANCH, draft: true });
  expect(pull?.body).toContain("It belongs to no incident");
});

test("no ref of records is written and no issue is read", async () => {
  const world = open();
  const issue = addIncident(world);
  await run(world);
  expect(recordRefs(world)).toEqual([]);
  const asked = world.simulator.requests.map(({ operation }) => operation);
  expect(asked.filter((name) => /issue|gate/i.test(name))).toEqual([]);
  expect(issue).toBe(1);
});

test("an attempt with a key does write refs of records", async () => {
  const scenario = openScenario();
  addIncident(scenario.test);
  await scenario.tick();
  await (await scenario.startWorker()).publish();
  expect(recordRefs(scenario.test).length).toBeGreaterThan(0);
});

test("a second run writes nothing, though main has moved", async () => {
  const world = open();
  const { outputs } = await run(world);
  pushElsewhere(world);
  const version = world.world.versions.current;
  const again = await run(world);
  expect(again.outputs).toMatchObject({ verdict: "exists", pr: outputs.pr });
  expect(world.world.versions.current).toBe(version);
});

test.each(["closed", "merged"] as const)("a pull request that is %s is not opened again", async (state) => {
  const world = open();
  const number = Number((await run(world)).outputs.pr);
  if (state === "merged") mergePullRequest({ test: world });
  else maya(world).closePull(number);
  const { outputs, failure } = await run(world);
  expect([outputs.verdict, failure, pullsOf(world).length]).toEqual(["exists", undefined, 1]);
  expect(outputs.reasons[0]).toContain(`(${state})`);
});

/** How many requests a run makes that opens a pull request; the last one opens it. */
const REQUESTS = 12;

test("a small patch takes few requests", async () => {
  const world = open();
  await run(world);
  expect(world.simulator.requests).toHaveLength(REQUESTS);
});

test.each(Array.from({ length: REQUESTS }, (_, count) => count))(
  "two runs, one of which pauses before request %i while main moves, open one pull request",
  async (count) => {
    const world = open();
    const { fetch, paused, resume } = pausedAfter(openWire(world), count);
    const slow = run(world, { fetch });
    await Promise.race([paused, slow]);
    pushElsewhere(world);
    const fast = await run(world, { runId: 2 });
    resume();
    const verdicts = [(await slow).outputs.verdict, fast.outputs.verdict];
    expect(verdicts.filter((verdict) => verdict !== "exists")).toEqual(["proposed"]);
    expect(pullsOf(world)).toHaveLength(1);
    expect(recordRefs(world)).toEqual([]);
  },
);

test.each(Array.from({ length: REQUESTS }, (_, index) => index + 1))(
  "a run that dies after request %i is completed by the next, which opens one pull request",
  async (count) => {
    const world = open();
    await run(world, { fetch: dyingAfter(openWire(world), count) }).catch(() => undefined);
    pushElsewhere(world);
    const { outputs } = await run(world, { runId: 2 });
    expect(["proposed", "exists"]).toContain(outputs.verdict);
    expect(pullsOf(world)).toHaveLength(1);
  },
);

/** A wire that delivers every request, and loses the reply to one. */
function losing(send: typeof fetch, count: number): typeof fetch {
  let sent = 0;
  return async (input, init) => {
    sent += 1;
    const isLost = sent === count;
    const reply = await send(input, init);
    if (isLost) throw new TypeError("fetch failed");
    return reply;
  };
}

test.each(Array.from({ length: REQUESTS }, (_, index) => index + 1))(
  "a lost reply to request %i leaves one pull request, if need be after a re-run",
  async (count) => {
    const world = open();
    await run(world, { fetch: losing(openWire(world), count) }).catch(() => undefined);
    const { outputs } = await run(world, { runAttempt: 2 });
    expect(["proposed", "exists"]).toContain(outputs.verdict);
    expect(pullsOf(world)).toHaveLength(1);
  },
);

test("a pull request that is closed while another run pauses is not opened again", async () => {
  const world = open();
  const { fetch, paused, resume } = pausedAfter(openWire(world), REQUESTS - 2);
  const slow = run(world, { fetch });
  await paused;
  const fast = await run(world, { runId: 2 });
  maya(world).closePull(Number(fast.outputs.pr));
  resume();
  expect((await slow).outputs.verdict).toBe("exists");
  expect(pullsOf(world)).toHaveLength(1);
});

test.each([
  ["the same file", { "src/checkout.ts": "export const total = 3;\n" }],
  ["another file", { "README.md": "# Mine\n" }],
  ["the same change and more", { "src/checkout.ts": "export const total = 2;\n", "README.md": "# Mine\n" }],
])("a branch of that name on which a person changed %s is left alone", async (_, files) => {
  const world = open();
  const head = maya(world).push({ branch: BRANCH, message: "Mine", files });
  const { outputs, failure } = await run(world);
  expect([outputs.verdict, headOf(world, BRANCH), pullsOf(world)]).toEqual(["refused", head, []]);
  expect(failure).toContain(`The branch \`${BRANCH}\` has other commits than this patch`);
});

test("a branch that a person added a commit to is left alone", async () => {
  const world = open();
  await run(world, { fetch: dyingAfter(openWire(world), REQUESTS - 2) }).catch(() => undefined);
  expect(pullsOf(world)).toEqual([]);
  const head = maya(world).push({ branch: BRANCH, message: "Mine", files: { "README.md": "# Mine\n" } });
  const { outputs } = await run(world);
  expect([outputs.verdict, headOf(world, BRANCH)]).toEqual(["refused", head]);
});

test("a patch that was made on an older commit is proposed on it", async () => {
  const world = open();
  const base = headOf(world, "main") ?? "";
  pushElsewhere(world);
  const { outputs } = await run(world, { inputs: { "base-sha": base } });
  const tip = gitOf(world).commit(headOf(world, BRANCH) ?? "");
  expect([outputs.verdict, tip?.parents]).toEqual(["proposed", [base]]);
});

test("a patch that does not apply to the newest commit says which commit to name", async () => {
  const world = open();
  const files = { "src/checkout.ts": "export const total = 9;\n" };
  const head = maya(world).push({ branch: "main", message: "Nine", files });
  const { failure } = await run(world);
  expect(failure).toContain("does not apply to the base commit");
  expect(failure).toContain(`It was tried on ${head}, the newest commit of main: pass \`base-sha\``);
});

test("a commit outside the base branch is no base, because its pull request would bring in more than the patch", async () => {
  const world = open();
  const files = { ".github/workflows/x.yml": "on: push\n" };
  const aside = maya(world).push({ branch: "aside", message: "Aside", files });
  const { failure } = await run(world, { inputs: { "base-sha": aside } });
  expect(failure).toContain(`\`base-sha\` ${aside} is not a commit of main`);
  expect(headOf(world, BRANCH)).toBeUndefined();
});

test("bytes other than the fixed ones are refused, though they have a pull request", async () => {
  const world = open();
  await run(world);
  const fixed = createHash("sha256").update("other").digest("hex");
  const { outputs } = await run(world, { inputs: { "patch-sha256": fixed } });
  expect(outputs).toMatchObject({ verdict: "refused", findings: [{ rule: "other-bytes" }], pr: "" });
});

test("what an attempt's patch may not change, no other patch may either", async () => {
  const world = open();
  const patch = Buffer.from(PATCH.toString().replaceAll("src/checkout.ts", ".github/checkout.ts"));
  const { outputs } = await run(world, { patch });
  expect(outputs).toMatchObject({ verdict: "refused", findings: [{ rule: "path-git" }] });
  expect(pullsOf(world)).toEqual([]);
});
