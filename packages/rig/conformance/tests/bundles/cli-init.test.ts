import { describe, expect, test } from "vitest";
import { SHOP } from "../../worlds/world.ts";
import { openTerminal, type Terminal } from "./support/open-terminal.ts";

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

const shopOf = ({ test }: Terminal) => test.world.repository(SHOP);
const pullsOf = (terminal: Terminal) =>
  shopOf(terminal)
    .issues.list()
    .filter(({ pull }) => pull);
const variablesOf = (terminal: Terminal): Record<string, string> =>
  Object.fromEntries(
    shopOf(terminal)
      .variables.list()
      .map(({ name, value }) => [name, value]),
  );

/** Text of a file on the branch of the set-up; undefined: it is not there. */
function proposed(terminal: Terminal, path: string): string | undefined {
  const { git } = shopOf(terminal);
  let oid = git.commit(git.refs.get(`refs/heads/${BRANCH}`) ?? "")?.tree;
  for (const name of path.split("/")) oid = git.tree(oid ?? "")?.find((entry) => entry.name === name)?.oid;
  return oid === undefined ? undefined : git.blob(oid)?.toString("utf8");
}

const writesOf = (terminal: Terminal) =>
  terminal.test.simulator.requests.filter(
    ({ method, path }) => method !== "GET" && !path.startsWith("/graphql"),
  );

describe("init --yes", () => {
  test("proposes the files that `show` prints, to begin with observing", async () => {
    const terminal = await openTerminal();
    const run = await terminal.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.complaint]).toEqual([0, ""]);
    expect(proposed(terminal, LOOP)).toBe((await terminal.run(["show", "patchpilot"])).output);
    expect(proposed(terminal, REPAIR)).toBe((await terminal.run(["show", "patchpilot-repair"])).output);
    expect(proposed(terminal, OPTIONS)).toContain("\nautonomy: observe\n");
    expect(run.output).toContain(`Opened https://github.com/acme/shop/pull/${pullsOf(terminal)[0]?.number}`);
  });

  test("sets the variables, and stores the secrets without a value of theirs in any argument", async () => {
    const terminal = await openTerminal();
    const { output } = await terminal.run(GIVEN, ENVIRONMENT);
    const key = terminal.readSecret("PATCHPILOT_STATE_KEY") ?? "";
    expect(variablesOf(terminal)).toEqual({ SENTRY_ORG: "acme", SENTRY_PROJECTS: "web,api" });
    expect([terminal.readSecret("SENTRY_TOKEN"), key]).toEqual([
      TOKEN,
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    expect(terminal.readCalls()).toContain("secret set SENTRY_TOKEN --repo acme/shop");
    for (const text of [terminal.readCalls(), output, pullsOf(terminal)[0]?.body ?? ""]) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(key);
    }
  });

  test("proposes the two files of the other form, if you choose it", async () => {
    const terminal = await openTerminal();
    await terminal.run([...GIVEN, "--while-open"], ENVIRONMENT);
    expect(proposed(terminal, LOOP)).toBe((await terminal.run(["show", "while-open"])).output);
    expect(proposed(terminal, ".github/workflows/patchpilot-tick.yml")).toBeDefined();
  });

  test("takes what no option says from the files of the checkout", async () => {
    const terminal = await openTerminal();
    terminal.write(".sentryclirc", "[defaults]\norg = umbrella\nproject = shop\n");
    terminal.write(".vercel/project.json", JSON.stringify({ projectId: "prj_1", orgId: "team_9" }));
    await terminal.run(["init", "--yes"]);
    expect(variablesOf(terminal)).toEqual({
      SENTRY_ORG: "umbrella",
      SENTRY_PROJECTS: "shop",
      VERCEL_PROJECT: "prj_1",
      VERCEL_TEAM: "team_9",
    });
  });

  test("lists in the pull request what is left to do by hand", async () => {
    const terminal = await openTerminal();
    await terminal.run(["init", "--yes", "--sentry-org", "acme", "--vercel-project", "shop"]);
    const [pull] = pullsOf(terminal);
    for (const secret of ["SENTRY_TOKEN", "VERCEL_TOKEN"])
      expect(pull?.body).toContain(`\`gh secret set ${secret} --repo acme/shop\``);
    expect(pull?.body).not.toContain("gh secret set PATCHPILOT_STATE_KEY --repo");
  });
});

describe("a second run", () => {
  test("finds the pull request, and keeps the key that signs", async () => {
    const terminal = await openTerminal();
    await terminal.run(GIVEN, ENVIRONMENT);
    const key = terminal.readSecret("PATCHPILOT_STATE_KEY");
    const run = await terminal.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.output]).toEqual([0, expect.stringContaining("It is proposed already: https://")]);
    expect([pullsOf(terminal).length, terminal.readSecret("PATCHPILOT_STATE_KEY")]).toEqual([1, key]);
  });

  test("finds it when the default branch has moved on, too", async () => {
    const terminal = await openTerminal();
    await terminal.run(GIVEN, ENVIRONMENT);
    terminal.test.world.as("maya").push({ branch: "main", message: "Continue", files: { "a.txt": "a\n" } });
    const run = await terminal.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.complaint, pullsOf(terminal).length]).toEqual([0, "", 1]);
  });

  test("proposes nothing once the files are merged", async () => {
    const terminal = await openTerminal();
    await terminal.run(GIVEN, ENVIRONMENT);
    terminal.test.world.as("maya").mergePull(pullsOf(terminal)[0]?.number ?? 0);
    const run = await terminal.run(GIVEN, ENVIRONMENT);
    expect(run.output).toContain("All files are on the default branch already.");
    expect(pullsOf(terminal)).toHaveLength(1);
  });

  test("leaves a branch alone to which somebody pushed", async () => {
    const terminal = await openTerminal();
    await terminal.run(GIVEN, ENVIRONMENT);
    terminal.test.world
      .as("maya")
      .push({ branch: BRANCH, message: "Mine", files: { [OPTIONS]: "limit: 3\n" } });
    const run = await terminal.run(GIVEN, ENVIRONMENT);
    expect([run.code, run.complaint]).toEqual([1, expect.stringContaining("name another one with --branch")]);
    expect(proposed(terminal, OPTIONS)).toBe("limit: 3\n");
  });
});

describe("a file that is there already", () => {
  const files = { "README.md": "# shop\n", [OPTIONS]: "autonomy: plan\n" };

  test("stays, and its diff is shown", async () => {
    const terminal = await openTerminal({ files });
    const { output } = await terminal.run(GIVEN, ENVIRONMENT);
    expect(output).toContain("-autonomy: plan\n");
    expect(output).toContain(`${OPTIONS} stays as it is. To replace it: --overwrite.`);
    expect(proposed(terminal, OPTIONS)).toBe("autonomy: plan\n");
  });

  test("is replaced with --overwrite", async () => {
    const terminal = await openTerminal({ files });
    await terminal.run([...GIVEN, "--overwrite"], ENVIRONMENT);
    expect(proposed(terminal, OPTIONS)).toContain("autonomy: observe");
  });
});

test("--print shows every file and changes nothing", async () => {
  const terminal = await openTerminal();
  const { code, output } = await terminal.run(["init", "--print", "--sentry-org", "acme"]);
  expect([code, writesOf(terminal), terminal.readCalls()]).toEqual([
    0,
    [],
    expect.not.stringContaining("secret set"),
  ]);
  expect(output).toContain("variable  SENTRY_ORG=acme (new)");
  expect(output).toContain(`# ${LOOP}\nname: PatchPilot\n`);
});

describe("what is refused", () => {
  test("a secret is left for you, and the rest is set up", async () => {
    const terminal = await openTerminal();
    terminal.refuseSecrets();
    const { code, output } = await terminal.run(GIVEN, ENVIRONMENT);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining("gh secret set SENTRY_TOKEN failed: HTTP 403"),
    ]);
    expect(pullsOf(terminal)[0]?.body).toContain(
      "openssl rand -hex 32 | gh secret set PATCHPILOT_STATE_KEY --repo acme/shop",
    );
  });

  test("a login without the right to change workflows says how to get it", async () => {
    const terminal = await openTerminal({ scopes: ["repo"] });
    const { code, complaint } = await terminal.run(GIVEN, ENVIRONMENT);
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
    const terminal = await openTerminal();
    const run = await terminal.run(args);
    expect([run.code, run.complaint]).toEqual([1, expect.stringContaining(sentence)]);
    expect(terminal.test.simulator.requests).toEqual([]);
  });
});
