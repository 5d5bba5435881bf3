import { describe, expect, it } from "vitest";
import { checkWorkflow } from "./check-workflow.ts";

/** The keys that are complained about in a workflow whose job `a` has these lines and one step. */
async function complaintsAbout(job: string, step = "run: echo", top = "on: issues"): Promise<string[]> {
  const problems = await checkWorkflow(`
${top}
jobs:
  a:
    runs-on: x
    ${job}
    steps:
      - ${step}
`);
  return problems.map((problem) => `${problem.key}: ${problem.message}`);
}

describe("checkWorkflow", () => {
  it("finds nothing in a workflow of supported keywords", async () => {
    const problems = await checkWorkflow(`
name: All
run-name: run \${{ github.event.issue.number }}
on:
  issues: {types: [opened, labeled]}
  issue_comment: {types: [created]}
  repository_dispatch: {types: [go]}
  workflow_dispatch: {inputs: {n: {description: d, required: true, type: choice, default: a, options: [a, b]}}}
  schedule: [{cron: "*/15 * * * *"}]
  deployment_status:
  pull_request: {types: [closed], branches: [main]}
  workflow_run: {workflows: [CI], types: [completed]}
permissions: {}
concurrency: {group: all, queue: max}
env: {A: b}
defaults: {run: {shell: bash, working-directory: .}}
jobs:
  a:
    name: First
    runs-on: [self-hosted, x]
    timeout-minutes: 5
    permissions: {issues: write}
    concurrency: a-\${{ github.ref }}
    env: {B: "\${{ secrets.B }}"}
    strategy: {fail-fast: false, matrix: {n: [1, 2]}}
    outputs: {o: "\${{ steps.s.outputs.o }}"}
    steps:
      - {id: s, name: Do, if: always(), run: echo, shell: sh, working-directory: ., env: {C: d}, continue-on-error: true, timeout-minutes: 1}
      - {uses: acme/echo/sub@v1, with: {full-name: x}}
  b:
    needs: [a]
    if: needs.a.outputs.o != '' && success()
    runs-on: x
    steps: [{run: "echo \${{ inputs.n }}"}]
`);
    expect(problems).toEqual([]);
  });

  it.each([
    ["container: node", "jobs.a.container"],
    ["services: {db: {image: postgres}}", "jobs.a.services"],
    ["environment: production", "jobs.a.environment"],
    ["continue-on-error: true", "jobs.a.continue-on-error"],
    ["strategy: {max-parallel: 1, matrix: {n: [1]}}", "jobs.a.strategy.max-parallel"],
    ["strategy: {matrix: {include: [{n: 1}]}}", "jobs.a.strategy.matrix.include"],
    ["strategy: {matrix: {n: [1], exclude: [{n: 1}]}}", "jobs.a.strategy.matrix.exclude"],
    ["defaults: {run: {shell: pwsh}}", "jobs.a.defaults.run.shell"],
    ["concurrency: {group: g, queue: max, cancel-in-progress: true}", "jobs.a.concurrency"],
  ])("names the job's key in `%s`", async (job, key) => {
    const complaints = await complaintsAbout(job);
    expect(complaints).toEqual([expect.stringMatching(`^${key.replaceAll(".", "\\.")}: `)]);
  });

  it.each([
    ["{run: echo, shell: python}", "jobs.a.steps[0].shell: this runner does not run the shell `python`."],
    [
      "uses: ./local",
      "jobs.a.steps[0].uses: `./local` is not run here: name a published action as owner/repository@ref.",
    ],
    [
      "uses: docker://alpine",
      "jobs.a.steps[0].uses: `docker://alpine` is not run here: name a published action as owner/repository@ref.",
    ],
    [
      "run: echo ${{ hashFiles('x') }}",
      "jobs.a.steps[0].run: this runner does not have the function hashFiles().",
    ],
    [
      "run: echo ${{ github.job_workflow_sha }}",
      "jobs.a.steps[0].run: this runner does not fill in `github.job_workflow_sha`.",
    ],
    [
      "run: echo ${{ job.container.id }}",
      "jobs.a.steps[0].run: this runner does not fill in `job.container`.",
    ],
    [
      "run: echo ${{ steps.missing.outputs.x }}",
      "jobs.a.steps[0].run: `steps.missing` is not declared: no step of this job has that id.",
    ],
    [
      "{run: echo, if: inputs.missing}",
      "jobs.a.steps[0].if: `inputs.missing` is not declared under `on.workflow_dispatch.inputs`.",
    ],
    [
      "run: echo ${{ matrix.missing }}",
      "jobs.a.steps[0].run: `matrix.missing` is not declared in the job's matrix.",
    ],
  ])("names what is wrong in the step `%s`", async (step, complaint) => {
    expect(await complaintsAbout("name: A", step)).toEqual([complaint]);
  });

  it.each([
    ["on: push", "on.push"],
    ["on: [issues, release]", "on.release"],
    ["on: {schedule: [{cron: '0 5 * * *', timezone: Europe/Paris}]}", "on.schedule[0].timezone"],
    ["on: {pull_request: {paths: [src]}}", "on.pull_request.paths"],
    ["on: {workflow_dispatch: {inputs: {n: {type: number}}}}", "on.workflow_dispatch.inputs.n.type"],
  ])("names the event's key in `%s`", async (top, key) => {
    const complaints = await complaintsAbout("name: A", "run: echo", top);
    expect(complaints.map((complaint) => complaint.split(": ")[0])).toEqual([key]);
  });

  it("reports GitHub's own errors with job and line", async () => {
    const problems = await checkWorkflow(
      "on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - {run: echo, bogus: 1}\n",
      "x.yml",
    );
    expect(problems).toEqual([
      { file: "x.yml", job: "a", key: "", line: 6, message: "Unexpected value 'bogus'" },
    ]);
  });

  it("reports text that is not YAML", async () => {
    const [problem] = await checkWorkflow("on: [issues");
    expect(problem?.line).toBe(1);
  });

  it.each([
    ["needs.b.result", "`needs.b` is not declared: the job does not list it in `needs`."],
    ["needs.a.outputs.missing", "the job `a` has no output `missing`."],
    ["needs.a.outcome", "`needs.a.outcome` does not exist; there is outputs, result."],
  ])("knows what `%s` may name", async (expression, message) => {
    const problems = await checkWorkflow(`
on: issues
jobs:
  a: {runs-on: x, steps: [{run: echo}]}
  c: {needs: a, if: "${expression}", runs-on: x, steps: [{run: echo}]}
`);
    expect(problems).toEqual([{ file: "workflow.yml", job: "c", key: "jobs.c.if", line: 5, message }]);
  });
});
