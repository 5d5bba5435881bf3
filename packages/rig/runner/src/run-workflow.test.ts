import { describe, expect, it } from "vitest";
import { jobOf, OPENED, printed, runnerFor, runOnce } from "./testing/run-for-test.ts";

const script = (body: string): string => `
on: {issues: {types: [opened]}}
jobs:
  only:
    runs-on: ubuntu-latest
    steps:
      - id: first
        run: |
          ${body.split("\n").join("\n          ")}
`;

/** Runs one job with these steps, a YAML list; `job` and `workflow` are lines of YAML beside them. */
const runSteps = (steps: string, { job = "", workflow = "" } = {}) =>
  runOnce(`
on: issues
${workflow}
jobs:
  only:
    runs-on: x
    ${job}
    steps: ${steps}
`);

describe("a script step", () => {
  it("stops at the first command that fails", async () => {
    const job = jobOf(await runOnce(script("echo before\nfalse\necho after")));
    expect(printed(job)).toEqual(["before", "##[error]Process completed with exit code 1."]);
    expect(job.conclusion).toBe("failure");
  });

  it("lets a failing pipe pass without `shell`, and not with `shell: bash`", async () => {
    const lenient = await runOnce(script("false | cat"));
    const strict = await runOnce(`${script("false | cat")}        shell: bash\n`);
    expect([lenient.conclusion, strict.conclusion]).toEqual(["success", "failure"]);
  });

  it("keeps indentation where expressions stand in a block of several lines", async () => {
    const body = "cat <<END\n  number ${{ github.event.issue.number }}\nEND";
    expect(printed(jobOf(await runOnce(script(body))))).toEqual(["  number 7"]);
  });

  it("runs in its `working-directory` inside the workspace", async () => {
    const run = await runSteps(
      `
      - {run: mkdir sub, working-directory: .}
      - {run: 'test "$PWD" = "$GITHUB_WORKSPACE/sub"'}
`,
      { workflow: "defaults: {run: {working-directory: sub}}" },
    );
    expect(run.conclusion).toBe("success");
  });

  it("takes its shell from the job's defaults before the workflow's", async () => {
    const run = await runSteps("[{run: echo hello}]", {
      job: "defaults: {run: {shell: bash}}",
      workflow: "defaults: {run: {shell: sh}}",
    });
    expect(jobOf(run).steps[0]?.log).toContain("shell: bash --noprofile --norc -e -o pipefail {0}");
  });
});

describe("values between steps and jobs", () => {
  it("passes outputs of several lines from step to job to job", async () => {
    const run = await runOnce(`
on: issues
jobs:
  make:
    runs-on: x
    outputs: {list: "\${{ steps.write.outputs.list }}"}
    steps:
      - id: write
        run: printf 'list<<END\\na\\nb\\nEND\\n' >> "$GITHUB_OUTPUT"
  use:
    needs: make
    runs-on: x
    steps:
      - run: echo "$LIST"
        env: {LIST: "\${{ needs.make.outputs.list }}"}
`);
    expect(printed(jobOf(run, "use"))).toEqual(["a", "b"]);
  });

  it("carries GITHUB_ENV and GITHUB_PATH to the next steps of the job", async () => {
    const run = await runSteps(`
      - run: |
          echo "GREETING=hello" >> "$GITHUB_ENV"
          mkdir bin
          printf '#!/bin/sh\\necho "$GREETING from bin"' > bin/greet
          chmod +x bin/greet
          echo "$PWD/bin" >> "$GITHUB_PATH"
      - run: greet
      - run: echo \${{ env.GREETING }}
`);
    expect(printed(jobOf(run))).toEqual(["hello from bin", "hello"]);
  });

  it("lets a step's env win over the job's, and the job's over the workflow's", async () => {
    const run = await runSteps(
      `
      - {run: 'echo "$A $B $C"', env: {C: step}}
`,
      { job: "env: {B: job, C: job}", workflow: "env: {A: workflow, B: workflow, C: workflow}" },
    );
    expect(printed(jobOf(run))).toEqual(["workflow job step"]);
  });

  it("does not let a workflow overwrite GITHUB_ and RUNNER_ variables", async () => {
    const run = await runOnce(
      script('echo "GITHUB_REPOSITORY=evil/repo" >> "$GITHUB_ENV"') +
        "      - run: echo $GITHUB_REPOSITORY\n",
    );
    expect(printed(jobOf(run))).toEqual(["acme/shop"]);
  });

  it("fails a step that writes an output file nobody can read", async () => {
    const run = await runOnce(script('echo "no equals sign" >> "$GITHUB_OUTPUT"'));
    expect(jobOf(run).steps[0]).toMatchObject({
      outcome: "failure",
      annotations: [
        { message: "Unable to process the file command GITHUB_OUTPUT: Invalid format 'no equals sign'" },
      ],
    });
  });

  it("drops a summary of more than 1 MiB without failing the step", async () => {
    const run = await runOnce(script('head -c 1048577 /dev/zero | tr "\\0" x > "$GITHUB_STEP_SUMMARY"'));
    expect(jobOf(run).steps[0]).toMatchObject({
      outcome: "success",
      summary: "",
      annotations: [{ message: "The step summary was dropped: it has 1025 KiB, 1024 are allowed." }],
    });
  });
});

describe("conditions", () => {
  it("runs failure() and always() steps after a failure, and no others", async () => {
    const run = await runSteps(`
      - {run: exit 1}
      - {run: echo plain}
      - {run: echo failure, if: failure()}
      - {run: echo always, if: always()}
      - {run: echo cancelled, if: cancelled()}
`);
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual([
      "failure",
      "skipped",
      "success",
      "success",
      "skipped",
    ]);
  });

  it("tells outcome from conclusion after `continue-on-error`", async () => {
    const run = await runSteps(`
      - {id: try, run: exit 1, continue-on-error: true}
      - {run: "echo \${{ steps.try.outcome }} \${{ steps.try.conclusion }}"}
`);
    expect(printed(jobOf(run)).at(-1)).toBe("failure success");
    expect(run.conclusion).toBe("success");
  });

  it("starts no process for a job whose `if` is false, and calls a run of such jobs skipped", async () => {
    const started: string[] = [];
    const run = await runOnce(
      `
on: issues
jobs:
  only:
    if: github.event.sender.login == 'sentry[bot]'
    runs-on: x
    steps: [{run: echo hello}]
`,
      { mintToken: ({ job }) => `token ${started.push(job)}` },
    );
    expect(jobOf(run)).toMatchObject({ conclusion: "skipped", steps: [] });
    expect([run.conclusion, started]).toEqual(["skipped", []]);
  });

  it.each([
    ["skips what needs a failed job, and what needs that", "", "", ["failure", "skipped", "skipped"]],
    ["runs a job that asks for failure()", "failure()", "", ["failure", "success", "skipped"]],
    ["runs a chain that asks for always()", "always()", "always()", ["failure", "success", "success"]],
    [
      "reads results of needed jobs",
      "always() && needs.a.result == 'failure'",
      "failure()",
      ["failure", "success", "success"],
    ],
  ])("%s", async (_name, second, third, conclusions) => {
    const run = await runOnce(`
on: issues
jobs:
  a: {runs-on: x, steps: [{run: exit 1}]}
  b: {needs: a, if: "${second}", runs-on: x, steps: [{run: echo b}]}
  c: {needs: b, if: "${third}", runs-on: x, steps: [{run: echo c}]}
`);
    expect(["a", "b", "c"].map((key) => jobOf(run, key).conclusion)).toEqual(conclusions);
  });

  it("fails the step, with the reason, where a condition cannot be evaluated", async () => {
    const run = await runSteps(`[{run: echo, if: "fromJSON('{')"}]`);
    expect(jobOf(run).steps[0]?.annotations[0]?.message).toContain("cannot be evaluated");
  });
});

describe("a matrix", () => {
  it("runs every combination", async () => {
    const run = await runSteps(
      `[{run: "echo \${{ matrix.n }}\${{ matrix.os }} \${{ strategy.job-index }}/\${{ strategy.job-total }}"}]`,
      { job: `strategy: {matrix: {n: "\${{ fromJSON('[1,2]') }}", os: [a, b]}}` },
    );
    expect(run.jobs.map((job) => job.name)).toEqual([
      "only (1, a)",
      "only (1, b)",
      "only (2, a)",
      "only (2, b)",
    ]);
    expect(run.jobs.flatMap(printed).sort()).toEqual(["1a 0/4", "1b 1/4", "2a 2/4", "2b 3/4"]);
  });

  it("fails the job where a vector is empty", async () => {
    const run = await runSteps("[{run: echo}]", { job: `strategy: {matrix: {n: "\${{ fromJSON('[]') }}"}}` });
    expect(jobOf(run).annotations[0]?.message).toBe("Matrix vector 'n' does not contain any values.");
  });
});

describe("contexts", () => {
  it("names the run after `run-name`, else after the issue", async () => {
    const named = await runOnce(`
on: issues
run-name: patchpilot \${{ github.event.issue.number }}
jobs: {a: {if: false, runs-on: x, steps: [{run: echo}]}}
`);
    const unnamed = await runOnce("on: issues\njobs: {a: {if: false, runs-on: x, steps: [{run: echo}]}}");
    expect([named.title, unnamed.title]).toEqual(["patchpilot 7", "It broke"]);
  });

  it("fills in github, runner, job, vars and inputs", async () => {
    const runner = await runnerFor(
      `
name: Manual
on: {workflow_dispatch: {inputs: {n: {type: string, default: five}, dry: {type: boolean, default: false}}}}
jobs:
  only:
    runs-on: x
    steps:
      - run: |
          echo "\${{ github.event_name }} \${{ github.repository_id }} \${{ github.ref_name }} \${{ github.workflow }} \${{ github.run_attempt }}"
          echo "\${{ runner.os == 'Linux' || runner.os == 'macOS' }} \${{ job.status }} \${{ vars.TARGET }}"
          echo "\${{ inputs.n }} \${{ inputs.dry == true }} \${{ github.event.inputs.dry }}"
`,
      { vars: { TARGET: "prod" } },
    );
    const [run] = await runner.dispatch({
      event: "workflow_dispatch",
      workflow: "test.yml",
      inputs: { dry: true },
      actor: "me",
    });
    await runner.close();
    expect(printed(jobOf(run as never))).toEqual([
      "workflow_dispatch 42 main Manual 1",
      "true success prod",
      "five true true",
    ]);
  });

  it("gives the event to processes as a file", async () => {
    const run = await runOnce(script('grep -c "It broke" "$GITHUB_EVENT_PATH"'));
    expect(printed(jobOf(run))).toEqual(["1"]);
  });
});

describe("starting workflows", () => {
  it("raises workflow_run for workflows that listen to another one's end", async () => {
    const runner = await runnerFor("", {
      workflows: {
        "first.yml": "name: First\non: issues\njobs: {a: {runs-on: x, steps: [{run: exit 1}]}}",
        "second.yml": `
on: {workflow_run: {workflows: [First], types: [completed]}}
jobs: {a: {runs-on: x, steps: [{run: "echo \${{ github.event.workflow_run.conclusion }}"}]}}`,
      },
    });
    await runner.start(OPENED);
    await runner.idle();
    const second = runner.runs.find((run) => run.workflow.file === "second.yml");
    await runner.close();
    expect(printed(jobOf(second as never))).toEqual(["failure"]);
  });

  it("answers with no run where nothing listens", async () => {
    const runner = await runnerFor(script("echo"));
    const runs = await runner.dispatch({ ...OPENED, action: "closed" });
    await runner.close();
    expect(runs).toEqual([]);
  });

  it("refuses workflows with problems and names every one", async () => {
    const workflow = "on: push\njobs: {a: {runs-on: x, container: node, steps: [{uses: acme/unknown@v1}]}}";
    await expect(runnerFor(workflow)).rejects.toThrow(/on\.push.*\n.*jobs\.a\.container/);
    await expect(
      runnerFor("on: issues\njobs: {a: {runs-on: x, steps: [{uses: acme/unknown@v1}]}}"),
    ).rejects.toThrow("jobs.a.steps[0].uses: nothing stands for the action acme/unknown@v1");
  });
});
