import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../repository.ts";

type Step = { uses?: string; run?: string; with?: Record<string, unknown>; env?: Record<string, string> };
type Job = { needs?: string[]; environment?: string; permissions: Record<string, string>; steps: Step[] };

const readJobs = (name: string) => {
  const text = readFileSync(join(REPOSITORY, ".github/workflows", name), "utf8");
  return (parse(text) as { jobs: Record<string, Job> }).jobs;
};
const jobs = readJobs("release.yml");
const stepsWith = (job: string, words: string) =>
  (jobs[job]?.steps ?? []).filter((step) => JSON.stringify(step).includes(words));

test("only one job can sign, and it runs nothing of this repository or its dependencies", () => {
  const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions["id-token"] !== undefined);
  expect(signing.map(([name]) => name)).toEqual(["attest"]);
  expect(jobs["attest"]?.steps.flatMap(({ run }) => run ?? [])).toEqual([
    "diff build/SHA256SUMS rebuild/SHA256SUMS",
  ]);
  expect(stepsWith("attest", "actions/checkout")).toEqual([]);
});

test("what is attested was built twice, and what is published was attested", () => {
  expect(jobs["attest"]?.needs).toEqual(["build", "rebuild"]);
  expect(jobs["publish"]?.needs).toEqual(["build", "attest"]);
});

test("the token reaches the repositories of a release alone, and only the last step has it", () => {
  const [app] = stepsWith("publish", "create-github-app-token");
  expect(app?.with?.["repositories"]).toBe("${{ steps.repositories.outputs.names }}");
  expect(stepsWith("publish", "steps.app.outputs.token")).toEqual([jobs["publish"]?.steps.at(-1)]);
});

describe.each([
  ["release.yml", "publish"],
  ["promote.yml", "promote"],
])("%s", (name, approved) => {
  const all = readJobs(name);
  const steps = Object.values(all).flatMap((job) => job.steps);

  test("gives a secret only to the job that waits for an approval", () => {
    const knowing = Object.entries(all).filter(([, job]) => JSON.stringify(job).includes("secrets."));
    expect(knowing.map(([job, { environment }]) => [job, environment])).toEqual([[approved, "release"]]);
  });

  test("has no script with an expression, which a name could end", () => {
    expect(steps.flatMap(({ run }) => run ?? []).filter((script) => script.includes("${{"))).toEqual([]);
  });

  test("keeps and takes no cache, and no credential of git", () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/setup-node")))
      expect(step.with).toMatchObject({ "package-manager-cache": false });
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout")))
      expect(step.with).toMatchObject({ "persist-credentials": false });
    expect(JSON.stringify(all)).not.toContain("actions/cache");
  });
});
