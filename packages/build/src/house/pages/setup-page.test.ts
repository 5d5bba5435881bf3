import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { describeInputs } from "../../generating/describe-contract.ts";
import { loadContract } from "../../generating/load-contract.ts";
import { REPOSITORY } from "../../repository.ts";
import { LONE_ACTIONS, readLoneWorkflow, readReadmeWorkflow } from "../workflows/readme-workflow.ts";

const read = (path: string): string => readFileSync(join(REPOSITORY, path), "utf8");
const page = read("docs/setup.md");
const workflows = [
  readReadmeWorkflow(),
  ...LONE_ACTIONS.map((action) => readLoneWorkflow(action)),
  ...globSync(["actions/*/templates/*.yml", "docs/examples/*.yml", ".github/workflows/repair.yml"], {
    cwd: REPOSITORY,
  }).map(read),
].join("\n");

/** Rows of the first table whose header begins with a word. */
function readTable(header: string): string[][] {
  const [, after = ""] = page.split(new RegExp(`^\\| ${header} \\|.*\\n\\|[-|]+\\n`, "m"));
  return after
    .slice(0, after.search(/^(?!\|)/m))
    .trim()
    .split("\n")
    .map((row) => row.split("|").slice(1, -1));
}

const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

/** `secret NAME` or `variable NAME` for each name of the page's table. */
const shown = readTable("name").flatMap(([names = "", kinds = ""]) =>
  names
    .split(";")
    .flatMap((part, index) =>
      quoted(part).map((name) => `${/secret|variable/.exec(kinds.split(";")[index] ?? "")?.[0]} ${name}`),
    ),
);

test("the page has every secret and variable that a workflow to copy reads, and no other", () => {
  const kinds = { secrets: "secret", vars: "variable" };
  const names = [...workflows.matchAll(/\b(secrets|vars)\.([A-Z][A-Z0-9_]*)\b/g)].map(
    ([, kind = "", name]) => `${kinds[kind as keyof typeof kinds]} ${name}`,
  );
  expect(shown.toSorted()).toEqual([...new Set(names)].toSorted());
});

test("the page has every secret input that no workflow to copy passes from a secret, and no other", async () => {
  const folders = globSync("actions/*/src/contract.ts", { cwd: REPOSITORY }).map((path) =>
    dirname(dirname(path)),
  );
  const inputs = new Map<string, string[]>();
  for (const folder of folders)
    for (const { name, secret } of describeInputs(await loadContract(join(REPOSITORY, folder))))
      if (secret && !new RegExp(`^ +${name}: \\$\\{\\{ secrets\\.`, "m").test(workflows))
        inputs.set(name, [...(inputs.get(name) ?? []), basename(folder)]);
  expect(
    readTable("input")
      .flatMap(([names = ""]) => quoted(names))
      .toSorted(),
  ).toEqual([...inputs.keys()].toSorted());
});

test("what it costs follows from the workflow's schedule and the actions' defaults", async () => {
  const minutes = /cron: "([\d,]+) \* \* \* \*"/.exec(readReadmeWorkflow())?.[1]?.split(",").length ?? 0;
  const month = (minutes * 24 * 30).toLocaleString("en-US");
  const defaultOf = async (action: string, input: string): Promise<number> => {
    const contract = await loadContract(join(REPOSITORY, "actions", action));
    return Number(describeInputs(contract).find(({ name }) => name === input)?.shownDefault);
  };
  const dollars = await defaultOf("repair", "max-cost-usd");
  const attempts = await defaultOf("dispatch", "max-attempts");
  expect(page).toContain(`about ${month} a month while nothing happens`);
  expect(page).toContain(
    `at most $${dollars} an attempt and ${attempts} attempts an incident, so $${dollars * attempts}`,
  );
});

test("what an idle month costs follows from the schedules of both forms", () => {
  const folder = join(REPOSITORY, "docs/examples/while-open");
  const [minutes = "", hours = ""] =
    /cron: "(\d+) ([\d,]+) \* \* \*"/.exec(readFileSync(join(folder, "patchpilot.yml"), "utf8"))?.slice(1) ??
    [];
  const sweeps = 31 * minutes.split(",").length * hours.split(",").length;
  const ticks =
    31 * 24 * (/cron: "([\d,]+) \* \* \* \*"/.exec(readReadmeWorkflow())?.[1]?.split(",").length ?? 0);
  const [always, pair] = [
    `${ticks.toLocaleString("en-US")} ticks`,
    `${sweeps} sweeps and one switch, so ${sweeps + 1}`,
  ];
  expect(page).toContain(`| ${always} | ${pair} |`);
});

test("the command that takes it out deletes what PatchPilot made, and no other ref", () => {
  const folder = mkdtempSync(join(tmpdir(), "setup-page-"));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  try {
    run("git", "init", "--quiet", "--bare", "origin.git");
    run("git", "init", "--quiet");
    run("git", "remote", "add", "origin", "origin.git");
    const tree = run("git", "mktree", "--missing").trim();
    const commit = run(
      "git",
      "-c",
      "user.name=a",
      "-c",
      "user.email=a@b.c",
      "commit-tree",
      tree,
      "-m",
      "a",
    ).trim();
    const kept = ["refs/heads/main", "refs/heads/patchpilots", "refs/tags/patchpilot"];
    const made = ["refs/heads/patchpilot/12-a1", "refs/patchpilot/claims/12-a1", "refs/patchpilot/gates/a/b"];
    run("git", "push", "--quiet", "origin", ...[...kept, ...made].map((ref) => `${commit}:${ref}`));
    run("sh", "-c", /^ +(git ls-remote .*)$/m.exec(page)?.[1] ?? "exit 1");
    expect(run("git", "ls-remote", "origin").match(/refs\S+/g)).toEqual(kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
