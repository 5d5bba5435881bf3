import { join } from "node:path";
import {
  checkWorkflow,
  describeProblem,
  describeWorkflow,
  type JobDescription,
  type WorkflowDescription,
} from "@patchpilot/workflow";
import { beforeAll, describe, expect, test } from "vitest";
import { describeInputs } from "../../generating/describe-contract.ts";
import { loadContract } from "../../generating/load-contract.ts";
import { REPOSITORY } from "../../repository.ts";
import { findFaults, SEPARATION_RULES } from "./job-separation.ts";
import { ownWorkflows } from "./own-workflows.ts";
import { findUnpinned } from "./pinned-actions.ts";
import { readRepairCaller } from "./repair-caller.ts";

const [[ADDRESS, called] = ["", ""]] = Object.entries(ownWorkflows());
const caller = readRepairCaller();

const contractOf = (action: string) => loadContract(join(REPOSITORY, "actions", action));
const jobOf = ({ jobs }: WorkflowDescription, id: string): JobDescription => {
  const job = jobs.find((candidate) => candidate.id === id);
  if (job === undefined) throw new Error(`There is no job ${id}.`);
  return job;
};

let workflow: WorkflowDescription;
let template: WorkflowDescription;
beforeAll(async () => {
  workflow = await describeWorkflow(called, "repair.yml");
  template = await describeWorkflow(caller, "patchpilot-repair.yml");
});

describe("the repair workflow", () => {
  test("is one that GitHub's parser accepts and the embedded runner runs", async () => {
    expect((await checkWorkflow(called, "repair.yml")).map(describeProblem)).toEqual([]);
  });

  test("has four jobs, each with a limit of time and everything of others pinned", () => {
    expect(workflow.jobs.map(({ id }) => id)).toEqual(["gate", "work", "verify", "publish"]);
    expect(called.match(/^ {4}timeout-minutes: .+$/gm)).toHaveLength(4);
    expect(findUnpinned(called)).toEqual([]);
  });

  test("gives no job power over another", () => {
    expect(findFaults(workflow)).toEqual([]);
  });

  test("needs of every job what its action needs", async () => {
    const needed = async (action: string) =>
      Object.fromEntries((await contractOf(action)).permissions.map(({ scope, access }) => [scope, access]));
    expect(jobOf(workflow, "gate").permissions).toEqual(await needed("claim"));
    expect(jobOf(workflow, "work").permissions).toEqual(await needed("repair"));
    expect(jobOf(workflow, "verify").permissions).toEqual(await needed("repair"));
    // A plan is posted as a comment.
    expect(jobOf(workflow, "publish").permissions).toEqual({ ...(await needed("propose")), issues: "write" });
  });

  test("runs on GitHub's machines where the variable for its runner is not set", () => {
    expect(called.match(/^ {4}runs-on: .+$/gm)).toEqual(
      Array(4).fill(expect.stringMatching(/ \|\| inputs\.runs-on \|\| 'ubuntu-latest' \}\}$/)),
    );
  });

  test("passes no input that an action of ours does not have", async () => {
    const ours = workflow.jobs
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith("patchpilot/"));
    expect(ours).toHaveLength(7);
    for (const step of ours) {
      const inputs = describeInputs(await contractOf(/\/([\w-]+)@/.exec(step.uses ?? "")?.[1] ?? ""));
      expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    }
  });
});

/** For each rule a change to the workflow that breaks it: what to replace, and by what. */
const MUTATIONS: Readonly<
  Record<keyof typeof SEPARATION_RULES, readonly (readonly [string | RegExp, string])[]>
> = {
  "nothing is granted at the top": [["permissions: {}", "permissions: {contents: read}"]],
  "every job names its permissions": [
    ["    permissions:\n      contents: read\n    outputs", "    outputs"],
    ["    permissions:\n      contents: read\n    outputs", "    permissions: read-all\n    outputs"],
  ],
  "no code runs beside write access": [
    ["      - id: propose\n", "      - run: npm test\n      - id: propose\n"],
    [
      "      - id: propose\n",
      "      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1\n      - id: propose\n",
    ],
    ["      contents: read\n", "      contents: write\n"],
    ["uses: patchpilot/claim@v1", "uses: patchpilot/claim-more@v1"],
  ],
  "each job reads its own secrets alone": [
    [
      "          npm-token: ${{ secrets.npm-token }}\n          dry-run: ${{ inputs.dry-run }}\n          stop: ${{ vars.PATCHPILOT_STOP }}\n      - id: reproduced",
      "          npm-token: ${{ secrets.openai-api-key }}\n      - id: reproduced",
    ],
    ["          base: ${{ inputs.base }}\n", "          base: ${{ secrets.ANTHROPIC-API-KEY }}\n"],
    ["pr-token: ${{ steps.app.outputs.token }}", "pr-token: ${{ secrets[inputs.base] }}"],
    [
      "      HAS_APP: ${{ secrets.app-id != '' && secrets.app-private-key != '' }}",
      "      HAS_APP: ${{ toJSON(secrets) }}",
    ],
    ["permissions: {}", 'permissions: {}\nenv: {KEY: "${{ secrets.openai-api-key }}"}'],
  ],
  "no secret or token beside the tests": [
    ["model-url: ${{ inputs.model-url }}", "model-url: ${{ github.token }}"],
  ],
  "the token stays out of every checkout": [["          persist-credentials: false\n", ""]],
  "publish waits for the result of verify": [
    [
      /needs: \[gate, work, verify\]\n {4}if: needs\.verify\.result == 'success'([\s\S]*?) {10}proof: .*\n/,
      "needs: [gate, work]$1",
    ],
    ["if: needs.verify.result == 'success'", "if: always()"],
    ["if: needs.verify.result == 'success'", "if: always() && needs.verify.result == 'success'"],
    [
      "if: needs.verify.result == 'success'",
      "if: needs.verify.result == 'success' || needs.work.result == 'success'",
    ],
  ],
  "nothing is taken from verify but how it ended": [
    ["proven: ${{ steps.proven.outcome }}", "proven: ${{ steps.proven.outputs.result }}"],
    ["proven: ${{ steps.proven.outcome }}", "proven: ${{ toJSON(steps) }}"],
    [
      /tested: \$\{\{ steps\.verify\.outcome \}\}\n([\s\S]*)draft: \$\{\{ inputs\.draft \}\}/,
      "tested: ${{ steps.verify.outcome }}\n      draft: yes\n$1draft: ${{ needs.verify.outputs.draft }}",
    ],
    ["draft: ${{ inputs.draft }}", "draft: ${{ toJSON(needs) }}"],
    ["draft: ${{ inputs.draft }}", "draft: ${{ needs[inputs.base].result }}"],
  ],
  "the patch is the one that work made": [
    [
      /patch-sha256: \$\{\{ needs\.work\.outputs\.patch-sha256 \}\}(?=\n {10}result-file)/,
      "patch-sha256: ${{ inputs.base }}",
    ],
    [/ {10}patch-sha256: \$\{\{ needs\.work\.outputs\.patch-sha256 \}\}\n(?= {10}base-sha)/, ""],
  ],
  "each artifact is the one that its job made": [
    ["artifact-ids: ${{ needs.work.outputs.artifact }}", "name: patch"],
    ["artifact-ids: ${{ needs.gate.outputs.task }}", "artifact-ids: ${{ inputs.base }}"],
  ],
  "every patch is tested": [
    ["          step: verify\n", "          step: work\n"],
    [
      /if: needs\.work\.outputs\.patch-sha256 != ''(?=\n {8}uses: patchpilot)/,
      "if: needs.work.outputs.result == 'patch'",
    ],
  ],
  "no expression stands in a script": [
    ["      - id: repair\n", "      - run: echo ${{ inputs.command }}\n      - id: repair\n"],
  ],
  "the event is read for nothing": [
    ["base: ${{ inputs.base }}", "base: ${{ github.event.client_payload.base }}"],
  ],
};

describe.each(Object.entries(MUTATIONS))("a repair workflow without the rule: %s", (rule, mutations) => {
  test.each(mutations.map(([from, to], at) => [at + 1, from, to] as const))(
    "%i: is found out by that name",
    async (_, from, to) => {
      const mutated = called.replace(from, to);
      expect(mutated).not.toBe(called);
      const faults = findFaults(await describeWorkflow(mutated));
      expect(faults.map((fault) => fault.split(": ")[0])).toContain(rule);
    },
  );
});

test("every rule has a change that it finds", () => {
  expect(Object.keys(MUTATIONS)).toEqual(Object.keys(SEPARATION_RULES));
});

describe("the workflow to copy", () => {
  test("is one that GitHub accepts together with the one that it calls", async () => {
    const problems = await checkWorkflow(caller, "patchpilot-repair.yml", { [ADDRESS]: called });
    expect(problems.map(describeProblem)).toEqual([]);
  });

  test("grants nothing by default, and calls our workflow by its major version", () => {
    expect(template.permissions).toEqual({});
    expect(template.jobs.map(({ uses }) => uses)).toEqual([ADDRESS]);
    expect(findUnpinned(caller)).toEqual([]);
  });

  test("allows what the four jobs need together, and not more", () => {
    const together: Record<string, string> = {};
    for (const { permissions } of workflow.jobs)
      for (const [scope, level] of Object.entries(permissions ?? {}))
        if (together[scope] !== "write") together[scope] = level;
    expect(jobOf(template, "repair").permissions).toEqual(together);
  });

  test("passes every secret that the workflow knows, by name", () => {
    const declared = /\n {4}secrets:\n([\s\S]*?)\n {4}outputs:/.exec(called)?.[1] ?? "";
    const names = [...declared.matchAll(/^ {6}([\w-]+):$/gm)].map(([, name]) => name);
    const { secrets } = jobOf(template, "repair");
    expect(Object.keys(secrets).sort()).toEqual(names.sort());
  });

  test("reads the event for the key alone, which its run's name and its queue carry", () => {
    const expressions = caller.match(/\$\{\{.*?\}\}/g) ?? [];
    const fromEvent = expressions.filter((expression) => expression.includes("github.event"));
    expect(fromEvent).toEqual(Array(2).fill("${{ github.event.client_payload.patchpilot.key }}"));
    expect(caller).toMatch(/^run-name: "patchpilot \$\{\{/m);
    expect(caller).toMatch(/^ {2}queue: max$/m);
  });
});

test.each([
  [
    "asks for more than its limit",
    "      issues: write #",
    "      issues: read #",
    "is requesting 'issues: write'",
  ],
  [
    "passes an input that is not there",
    "      agent: $",
    "      agentt: $",
    "Invalid input, agentt is not defined",
  ],
  [
    "passes a secret that is not there",
    "      app-id: $",
    "      app: $",
    "Invalid secret, app is not defined",
  ],
])("a caller that %s is refused", async (_name, from, to, message) => {
  const problems = await checkWorkflow(caller.replace(from, to), "caller.yml", { [ADDRESS]: called });
  expect(problems.map(describeProblem).join("\n")).toContain(message);
});
