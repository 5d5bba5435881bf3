import { describe, expect, test } from "vitest";
import { SHOP } from "../../worlds/world.ts";
import { ADMIN, type Desk, openDesk } from "./support/open-desk.ts";

const TOKEN = "not-a-real-token-of-sentry";
const ENVIRONMENT = { SENTRY_TOKEN: TOKEN };
const GIVEN = [
  "init",
  "--yes",
  ...["--sentry-org", "acme", "--sentry-projects", "web,api", "--secrets", "SENTRY_TOKEN"],
];
const BRANCH = "patchpilot-setup";
const LOOP = ".github/workflows/patchpilot.yml";
const REPAIR = ".github/workflows/patchpilot-repair.yml";
const OPTIONS = ".github/patchpilot.yml";

const shopOf = ({ test }: Desk) => test.world.repository(SHOP);
const pullsOf = (desk: Desk) =>
  shopOf(desk)
    .issues.list()
    .filter(({ pull }) => pull);
const variablesOf = (desk: Desk): Record<string, string> =>
  Object.fromEntries(
    shopOf(desk)
      .variables.list()
      .map(({ name, value }) => [name, value]),
  );

/** Text of a file on the branch of the set-up; undefined: it is not there. */
function proposed(desk: Desk, path: string): string | undefined {
  const { git } = shopOf(desk);
  let oid = git.commit(git.refs.get(`refs/heads/${BRANCH}`) ?? "")?.tree;
  for (const name of path.split("/")) oid = git.tree(oid ?? "")?.find((entry) => entry.name === name)?.oid;
  return oid === undefined ? undefined : git.blob(oid)?.toString("utf8");
}

const writesOf = (desk: Desk) =>
  desk.test.simulator.requests.filter(({ method, path }) => method !== "GET" && !path.startsWith("/graphql"));

describe("init --yes", () => {
  test("proposes the files that `show` prints, to begin with observing", async () => {
    const desk = await openDesk();
    const run = await desk.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.complaint]).toEqual([0, ""]);
    expect(proposed(desk, LOOP)).toBe((await desk.run(["show", "patchpilot"])).output);
    expect(proposed(desk, REPAIR)).toBe((await desk.run(["show", "patchpilot-repair"])).output);
    expect(proposed(desk, OPTIONS)).toContain("\nautonomy: observe\n");
    expect(run.output).toContain(`Opened https://github.com/acme/shop/pull/${pullsOf(desk)[0]?.number}`);
  });

  test("sets the variables, and stores the secrets without a value of theirs in any argument", async () => {
    const desk = await openDesk();
    const { output } = await desk.run(GIVEN, ENVIRONMENT);
    const key = desk.readSecret("PATCHPILOT_STATE_KEY") ?? "";
    expect(variablesOf(desk)).toEqual({ SENTRY_ORG: "acme", SENTRY_PROJECTS: "web,api" });
    expect([desk.readSecret("SENTRY_TOKEN"), key]).toEqual([TOKEN, expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(desk.readCalls()).toContain("secret set SENTRY_TOKEN --repo acme/shop");
    for (const text of [desk.readCalls(), output, pullsOf(desk)[0]?.body ?? ""]) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(key);
    }
  });

  test("proposes the two files of the other form, if you choose it", async () => {
    const desk = await openDesk();
    await desk.run([...GIVEN, "--while-open"], ENVIRONMENT);
    expect(proposed(desk, LOOP)).toBe((await desk.run(["show", "while-open"])).output);
    expect(proposed(desk, ".github/workflows/patchpilot-tick.yml")).toBeDefined();
  });

  test("takes what no option says from the files of the checkout", async () => {
    const desk = await openDesk();
    desk.write(".sentryclirc", "[defaults]\norg = umbrella\nproject = shop\n");
    desk.write(".vercel/project.json", JSON.stringify({ projectId: "prj_1", orgId: "team_9" }));
    await desk.run(["init", "--yes"]);
    expect(variablesOf(desk)).toEqual({
      SENTRY_ORG: "umbrella",
      SENTRY_PROJECTS: "shop",
      VERCEL_PROJECT: "prj_1",
      VERCEL_TEAM: "team_9",
    });
  });

  test("lists in the pull request what is left to do by hand", async () => {
    const desk = await openDesk();
    await desk.run(["init", "--yes", "--sentry-org", "acme", "--vercel-project", "shop"]);
    const [pull] = pullsOf(desk);
    for (const secret of ["SENTRY_TOKEN", "VERCEL_TOKEN"])
      expect(pull?.body).toContain(`\`gh secret set ${secret} --repo acme/shop\``);
    expect(pull?.body).not.toContain("gh secret set PATCHPILOT_STATE_KEY");
  });
});

describe("a second run", () => {
  test("finds the pull request, and keeps the key that signs", async () => {
    const desk = await openDesk();
    await desk.run(GIVEN, ENVIRONMENT);
    const key = desk.readSecret("PATCHPILOT_STATE_KEY");
    const run = await desk.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.output]).toEqual([0, expect.stringContaining("It is proposed already: https://")]);
    expect([pullsOf(desk).length, desk.readSecret("PATCHPILOT_STATE_KEY")]).toEqual([1, key]);
  });

  test("finds it when the default branch has moved on, too", async () => {
    const desk = await openDesk();
    await desk.run(GIVEN, ENVIRONMENT);
    desk.test.world.as("maya").push({ branch: "main", message: "Continue", files: { "a.txt": "a\n" } });
    const run = await desk.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.complaint, pullsOf(desk).length]).toEqual([0, "", 1]);
  });

  test("proposes nothing once the files are merged", async () => {
    const desk = await openDesk();
    await desk.run(GIVEN, ENVIRONMENT);
    desk.test.world.as("maya").mergePull(pullsOf(desk)[0]?.number ?? 0);
    const run = await desk.run(GIVEN, ENVIRONMENT);
    expect(run.output).toContain("All files are on the default branch already.");
    expect(pullsOf(desk)).toHaveLength(1);
  });

  test("leaves a branch alone to which somebody pushed", async () => {
    const desk = await openDesk();
    await desk.run(GIVEN, ENVIRONMENT);
    desk.test.world.as("maya").push({ branch: BRANCH, message: "Mine", files: { [OPTIONS]: "limit: 3\n" } });
    const run = await desk.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.complaint]).toEqual([1, expect.stringContaining("name another one with --branch")]);
    expect(proposed(desk, OPTIONS)).toBe("limit: 3\n");
  });
});

describe("a file that is there already", () => {
  const files = { "README.md": "# shop\n", [OPTIONS]: "autonomy: plan\n" };

  test("stays, and its diff is shown", async () => {
    const desk = await openDesk({ files });
    const { output } = await desk.run(GIVEN, ENVIRONMENT);
    expect(output).toContain("-autonomy: plan\n");
    expect(output).toContain(`${OPTIONS} stays as it is. To replace it: --overwrite.`);
    expect(proposed(desk, OPTIONS)).toBe("autonomy: plan\n");
  });

  test("is replaced with --overwrite", async () => {
    const desk = await openDesk({ files });
    await desk.run([...GIVEN, "--overwrite"], ENVIRONMENT);
    expect(proposed(desk, OPTIONS)).toContain("autonomy: observe");
  });
});

test("--print shows every file and changes nothing", async () => {
  const desk = await openDesk();
  const { code, output } = await desk.run(["init", "--print", "--sentry-org", "acme"]);
  expect([code, writesOf(desk), desk.readCalls()]).toEqual([
    0,
    [],
    expect.not.stringContaining("secret set"),
  ]);
  expect(output).toContain("variable  SENTRY_ORG=acme (new)");
  expect(output).toContain(`# ${LOOP}\nname: PatchPilot\n`);
});

describe("what is refused", () => {
  test("a secret is left for you, and the rest is set up", async () => {
    const desk = await openDesk();
    desk.refuseSecrets();
    const { code, output } = await desk.run(GIVEN, ENVIRONMENT);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining("gh secret set SENTRY_TOKEN failed: HTTP 403"),
    ]);
    expect(pullsOf(desk)[0]?.body).toContain(
      "openssl rand -hex 32 | gh secret set PATCHPILOT_STATE_KEY --repo acme/shop",
    );
  });

  test("a login without the right to change workflows says how to get it", async () => {
    const { workflows: _, ...permissions } = ADMIN;
    const desk = await openDesk({ permissions });
    const { code, complaint } = await desk.run(GIVEN, ENVIRONMENT);
    expect([code, complaint]).toEqual([1, expect.stringContaining("`gh auth refresh --scopes workflow`")]);
  });

  test.each([
    [["init"], "There is no terminal to ask at. Pass --yes with options, or --print to look on.\n"],
    [["init", "--yes", "--repository", "shop"], '--repository takes owner/name, and it is "shop".\n'],
    [
      ["init", "--yes", "--secrets", "SENTRY_TOKEN"],
      "--secrets names SENTRY_TOKEN, but this environment variable is not set.\n",
    ],
    [["init", "--yes", "--sentry-ogr", "acme"], "(Did you mean --sentry-org?)\n"],
    [["show", "monorep"], 'There is no workflow "monorep".'],
  ])("%j is refused with one message, before anything is asked", async (args, sentence) => {
    const desk = await openDesk();
    const run = await desk.run(args);
    expect([run.code, run.complaint]).toEqual([1, expect.stringContaining(sentence)]);
    expect(desk.test.simulator.requests).toEqual([]);
  });
});
