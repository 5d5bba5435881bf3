import { describe, expect, it } from "vitest";
import type { JobTokenRequest } from "./host.ts";
import type { RunRecord } from "./run/records.ts";
import { jobOf, OPENED, printed, runnerFor, runOnce } from "./testing/run-for-test.ts";

const ADDRESS = "acme/tools/.github/workflows/check.yml@v1";

const CALLER = `
on: issues
jobs:
  call: {uses: ${ADDRESS}}
`;

/** A workflow to call: what stands under `workflow_call`, and the one step of its only job `inner`. */
const called = (step: string, call = "{}", job = ""): string => `
on: {workflow_call: ${call}}
jobs:
  inner:
    runs-on: x
    ${job}
    steps: [${step}]
`;

const runCalling = (
  caller: string,
  callee: string,
  options: Parameters<typeof runOnce>[1] = {},
): Promise<RunRecord> => runOnce(caller, { calledWorkflows: { [ADDRESS]: callee }, ...options });

describe("a job that calls a workflow", () => {
  it("runs its jobs under its own name and key", async () => {
    const run = await runCalling(CALLER, called("{run: echo hello}"));
    expect(run.jobs.map(({ key, name }) => [key, name])).toEqual([["call/inner", "call / inner"]]);
    expect(printed(jobOf(run))).toEqual(["hello"]);
  });

  it("finds the workflow whatever the ref, where none is named", async () => {
    const calledWorkflows = { "acme/tools/.github/workflows/check.yml": called("{run: exit 0}") };
    expect((await runOnce(CALLER, { calledWorkflows })).conclusion).toBe("success");
  });

  it("finds a local one among the repository's own, and a called one's among those of its repository", async () => {
    const runner = await runnerFor("", {
      workflows: {
        "caller.yml": "on: issues\njobs: {outer: {uses: ./.github/workflows/own.yml}}",
        "own.yml": `on: workflow_call\njobs: {middle: {uses: ${ADDRESS}}}`,
      },
      calledWorkflows: {
        [ADDRESS]: "on: workflow_call\njobs: {below: {uses: ./.github/workflows/more.yml}}",
        "acme/tools/.github/workflows/more.yml@v1": called("{run: exit 0}"),
      },
    });
    const [run] = await runner.dispatch(OPENED);
    await runner.close();
    expect(run?.jobs.map(({ name }) => name)).toEqual(["outer / middle / below / inner"]);
  });

  it("sees the caller's event and github context, and none of its env", async () => {
    const run = await runCalling(
      `name: Caller\nenv: {SHARED: x}\n${CALLER}`,
      called(
        "{run: 'echo \"${{ github.workflow }} ${{ github.event_name }} ${{ github.event.issue.number }} ${{ github.job }} [$SHARED]\"'}",
      ),
    );
    expect(printed(jobOf(run))).toEqual(["Caller issues 7 inner []"]);
  });

  it("is skipped, and failed, as one job", async () => {
    const run = await runOnce(
      `
on: issues
jobs:
  no: {if: false, uses: ${ADDRESS}}
  bad: {uses: ${ADDRESS}}
  after: {needs: bad, if: "always() && needs.bad.result == 'failure'", runs-on: x, steps: [{run: echo}]}
`,
      { calledWorkflows: { [ADDRESS]: called("{run: exit 1}") } },
    );
    expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual(
      expect.arrayContaining([
        ["no", "skipped"],
        ["bad / inner", "failure"],
        ["after", "success"],
      ]),
    );
  });

  it("passes on what the called workflow puts out", async () => {
    const run = await runCalling(
      `
on: issues
jobs:
  call: {uses: ${ADDRESS}}
  use: {needs: call, runs-on: x, steps: [{run: "echo \${{ needs.call.outputs.word }}"}]}
`,
      called(
        "{id: s, run: 'echo w=hello >> \"$GITHUB_OUTPUT\"'}",
        '{outputs: {word: {value: "${{ jobs.inner.outputs.w }}, ${{ jobs.inner.result }}"}}}',
        'outputs: {w: "${{ steps.s.outputs.w }}"}',
      ),
    );
    expect(printed(jobOf(run, "use"))).toEqual(["hello, success"]);
  });

  it("asks `if` of the called jobs about the called jobs alone", async () => {
    const run = await runCalling(
      `
on: issues
jobs:
  first: {runs-on: x, steps: [{run: exit 1}]}
  call: {needs: first, if: always(), uses: ${ADDRESS}}
`,
      called("{run: echo ran}"),
    );
    expect(printed(jobOf(run, "call/inner"))).toEqual(["ran"]);
  });
});

describe("inputs of a called workflow", () => {
  const INPUTS =
    '{inputs: {name: {type: string, default: "${{ github.event_name }}"}, deep: {type: boolean}, size: {type: number}}}';
  const print = called('{run: \'echo "[${{ inputs.name }}] ${{ toJSON(inputs) }}" | tr -d "\\n "\'}', INPUTS);

  it("are what is passed, with its type, or the default", async () => {
    const withAll = CALLER.replace("}\n", ", with: {deep: true, size: 3, name: 7}}\n");
    const given = await runCalling(withAll, print);
    const fallback = await runCalling(CALLER, print);
    expect(printed(jobOf(given))).toEqual(["[7]{name:7,deep:true,size:3}"]);
    expect(printed(jobOf(fallback))).toEqual(["[issues]{name:issues,deep:false,size:0}"]);
  });

  it("fail the job where an expression is of another type", async () => {
    const run = await runCalling(CALLER.replace("}\n", ', with: {size: "${{ vars.SIZE }}"}}\n'), print, {
      vars: { SIZE: "" },
    });
    expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([["call", "failure"]]);
    expect(jobOf(run).annotations[0]?.message).toBe(
      `The input 'size' of ${ADDRESS} is a number, and an empty text was passed.`,
    );
  });
});

describe("secrets of a called workflow", () => {
  const secrets = { KEY: "s3cr3t-value", OTHER: "0ther-value" };
  const tell = called(
    '{run: \'echo "${#KEY} ${#OTHER}"\', env: {KEY: "${{ secrets.key }}", OTHER: "${{ secrets.OTHER }}"}}',
    "{secrets: {key: {required: false}}}",
  );

  it.each([
    ["are none that are not passed", "", "0 0"],
    ["are those that are named", ', secrets: {key: "${{ secrets.KEY }}"}', "12 0"],
    ["are all with `inherit`", ", secrets: inherit", "12 11"],
    ["are empty where the caller has none", ', secrets: {key: "${{ secrets.MISSING }}"}', "0 0"],
  ])("%s", async (_name, passed, lengths) => {
    const run = await runCalling(CALLER.replace("}\n", `${passed}}\n`), tell, { secrets });
    expect(printed(jobOf(run))).toEqual([lengths]);
  });
});

describe("permissions of a called workflow", () => {
  const minted = async (caller: string, callee: string): Promise<readonly JobTokenRequest[]> => {
    const requests: JobTokenRequest[] = [];
    await runCalling(caller, callee, { mintToken: (request) => `ghs_${requests.push(request)}` });
    return requests;
  };
  const allowing = (permissions: string): string =>
    `permissions: {}${CALLER.replace("}\n", `, permissions: ${permissions}}\n`)}`;

  it("are the calling job's where it names none", async () => {
    const [token] = await minted(allowing("{issues: write}"), called("{run: exit 0}"));
    expect(token).toMatchObject({ job: "call/inner", permissions: { metadata: "read", issues: "write" } });
  });

  it("may be lowered", async () => {
    const callee = called("{run: exit 0}", "{}", "permissions: {issues: read}");
    const [token] = await minted(allowing("{issues: write, contents: write}"), callee);
    expect(token?.permissions).toEqual({ metadata: "read", issues: "read" });
  });

  it("are never raised: GitHub does not start such a workflow", async () => {
    const callee = called("{run: exit 0}", "{}", "permissions: {contents: write}");
    await expect(minted(allowing("{contents: read}"), callee)).rejects.toThrow(
      "The nested job 'inner' is requesting 'contents: write', but is only allowed 'contents: read'.",
    );
  });

  it("have the first caller's limit however deep the calls go", async () => {
    const calledWorkflows = {
      [ADDRESS]: "on: workflow_call\njobs: {below: {uses: ./.github/workflows/more.yml}}",
      "acme/tools/.github/workflows/more.yml@v1": called("{run: echo}", "{}", "permissions: {issues: write}"),
    };
    await expect(runOnce(allowing("{issues: read}"), { calledWorkflows })).rejects.toThrow(
      "The nested job 'inner' is requesting 'issues: write', but is only allowed 'issues: read'.",
    );
  });
});

describe("concurrency of a called workflow", () => {
  it.each([
    ["the calling job", "on: issues", ", concurrency: g", "g"],
    ["the workflow", "on: issues\nconcurrency: g", "", "g"],
  ])("cannot want a group that %s holds", async (_name, head, job, group) => {
    const caller = `${head}\njobs: {call: {uses: ${ADDRESS}${job}}}`;
    const run = await runCalling(caller, `concurrency: ${group}${called("{run: exit 0}")}`);
    expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([["call", "cancelled"]]);
    expect(jobOf(run).annotations[0]?.message).toContain("deadlock for concurrency group 'g'");
  });

  it("waits for a group that another run holds, and runs then", async () => {
    const runner = await runnerFor(CALLER, {
      calledWorkflows: { [ADDRESS]: `concurrency: {group: g, queue: max}${called("{run: exit 0}")}` },
    });
    const runs = await Promise.all([runner.dispatch(OPENED), runner.dispatch(OPENED)]);
    await runner.close();
    expect(runs.flat().map(({ conclusion }) => conclusion)).toEqual(["success", "success"]);
  });
});

describe("a run with a called workflow", () => {
  const TWO = `
on: workflow_call
jobs:
  good: {runs-on: x, outputs: {n: "\${{ steps.s.outputs.n }}"}, steps: [{id: s, run: 'echo n=$GITHUB_RUN_ATTEMPT >> "$GITHUB_OUTPUT"'}]}
  late: {needs: good, runs-on: x, steps: [{run: 'echo \${{ needs.good.outputs.n }}; test "$GITHUB_RUN_ATTEMPT" = 2'}]}
`;

  it("re-runs only the failed jobs inside, and those inside keep what the others put out", async () => {
    const runner = await runnerFor(CALLER, { calledWorkflows: { [ADDRESS]: TWO } });
    const [first] = await runner.dispatch(OPENED);
    expect(first?.conclusion).toBe("failure");
    const again = await runner.rerun(first?.id ?? 0, { failedOnly: true });
    await runner.close();
    expect(again.conclusion).toBe("success");
    expect(again.jobs.map(({ key, attempt }) => [key, attempt])).toEqual([
      ["call/good", 1],
      ["call/late", 2],
    ]);
    expect(printed(jobOf(again, "call/late"))).toEqual(["1"]);
  });

  it("re-runs everything inside where all is re-run", async () => {
    const runner = await runnerFor(CALLER, { calledWorkflows: { [ADDRESS]: TWO } });
    const [first] = await runner.dispatch(OPENED);
    const again = await runner.rerun(first?.id ?? 0);
    await runner.close();
    expect(again.jobs.map(({ key, attempt }) => [key, attempt])).toEqual([
      ["call/good", 2],
      ["call/late", 2],
    ]);
  });

  it("ends cancelled inside, too, when it is cancelled", async () => {
    const runner = await runnerFor(CALLER, {
      calledWorkflows: { [ADDRESS]: called('{run: "echo ready; tail -f /dev/null"}') },
      grace: { interruptMs: 0, terminateMs: 0 },
      onEvent: (event) => {
        if (event.kind === "log" && event.line === "ready") void runner.cancel(event.run.id);
      },
    });
    const [run] = await runner.dispatch(OPENED);
    await runner.close();
    expect([run?.conclusion, run?.jobs[0]?.conclusion]).toEqual(["cancelled", "cancelled"]);
  });
});

describe("what is refused before anything starts", () => {
  it.each([
    [
      "a workflow that nobody gave the text of",
      CALLER.replace("@v1", "@v2"),
      called("{run: echo}"),
      "jobs.call.uses: nothing stands for the workflow acme/tools/.github/workflows/check.yml@v2",
    ],
    [
      "one that cannot be called",
      CALLER,
      "on: issues\njobs: {a: {runs-on: x, steps: [{run: echo}]}}",
      "workflow_call key is not defined in the referenced workflow.",
    ],
    [
      "an input that it does not have",
      CALLER.replace("}\n", ", with: {more: 1}}\n"),
      called("{run: echo}"),
      "Invalid input, more is not defined in the referenced workflow.",
    ],
    [
      "a missing input",
      CALLER,
      called("{run: echo}", "{inputs: {n: {type: string, required: true}}}"),
      "Input n is required, but not provided while calling.",
    ],
    [
      "a missing secret",
      CALLER,
      called("{run: echo}", "{secrets: {key: {required: true}}}"),
      "Secret key is required, but not provided while calling.",
    ],
    [
      "a secret that it does not have",
      CALLER.replace("}\n", ", secrets: {key: x}}\n"),
      called("{run: echo}"),
      "Invalid secret, key is not defined in the referenced workflow.",
    ],
    [
      "the caller's own token",
      CALLER.replace("}\n", ', secrets: {t: "${{ secrets.GITHUB_TOKEN }}"}}\n'),
      called("{run: echo}", "{secrets: {t: {}}}"),
      "jobs.call.secrets.t: this runner does not pass on GITHUB_TOKEN",
    ],
    [
      "a matrix of calls",
      CALLER.replace("}\n", ", strategy: {matrix: {n: [1]}}}\n"),
      called("{run: echo}"),
      "jobs.call.strategy: this runner does not run `strategy`.",
    ],
    [
      "an input that is not declared",
      CALLER,
      called("{run: 'echo ${{ inputs.none }}'}"),
      "`inputs.none` is not declared under `on.workflow_call.inputs`.",
    ],
    [
      "an output of a job that is not there",
      CALLER,
      called("{run: echo}", '{outputs: {o: {value: "${{ jobs.none.outputs.o }}"}}}'),
      "`jobs.none` is not declared: the workflow has no such job.",
    ],
    [
      "an output that a job does not have",
      CALLER,
      called("{run: echo}", '{outputs: {o: {value: "${{ jobs.inner.outputs.o }}"}}}'),
      "the job `inner` has no output `o`.",
    ],
    [
      "an output that the called workflow does not have",
      `${CALLER}  use: {needs: call, runs-on: x, steps: [{run: "echo \${{ needs.call.outputs.o }}"}]}\n`,
      called("{run: echo}"),
      "the job `call` has no output `o`.",
    ],
    [
      "what the called workflow has wrong",
      CALLER,
      called("{run: echo, shell: python}"),
      `${ADDRESS}:7: jobs.inner.steps[0].shell: this runner does not run the shell`,
    ],
    [
      "a workflow that calls itself",
      CALLER,
      `on: workflow_call\njobs: {again: {uses: ${ADDRESS}}}`,
      `the workflow calls itself: test.yml → ${ADDRESS} → ${ADDRESS}.`,
    ],
    [
      "a folder of its own",
      CALLER.replace("workflows/check.yml", "workflows/sub/check.yml"),
      called("{run: echo}"),
      "is not run here: name a workflow as",
    ],
  ])("%s", async (_name, caller, callee, message) => {
    await expect(runCalling(caller, callee)).rejects.toThrow(message);
  });

  it("more than ten levels", async () => {
    const level = (next: number): string =>
      `on: workflow_call\njobs: {go: {uses: acme/tools/.github/workflows/l${next}.yml@v1}}`;
    const names = Array.from({ length: 10 }, (_, at) => `acme/tools/.github/workflows/l${at + 1}.yml@v1`);
    const calledWorkflows = Object.fromEntries(names.map((name, at) => [name, level(at + 2)]));
    const caller = level(1).replace("workflow_call", "issues");
    await expect(runOnce(caller, { calledWorkflows })).rejects.toThrow("at most 10 levels");
  });
});
