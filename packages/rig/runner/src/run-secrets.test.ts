import { describe, expect, it } from "vitest";
import type { JobTokenRequest } from "./host.ts";
import { jobOf, OPENED, printed, runnerFor, runOnce } from "./testing/run-for-test.ts";

const SECRET = "s3cr3t-value";
const secrets = { KEY: SECRET };

const job = (body: string, head = "on: issues"): string => `
${head}
jobs:
  only:
    runs-on: x
    ${body}
`;

describe("secrets", () => {
  it("reach only the step that names them", async () => {
    const run = await runOnce(
      job(`steps:
      - {run: 'test -n "$KEY"', env: {KEY: "\${{ secrets.KEY }}"}}
      - {run: 'test -z "$KEY" && ! env | grep -q s3cr3t'}`),
      { secrets },
    );
    expect(run.conclusion).toBe("success");
  });

  it("are masked in log, annotations, summary and names of steps", async () => {
    const run = await runOnce(
      job(`steps:
      - name: with \${{ secrets.KEY }}
        run: |
          echo "plain $KEY"
          printf %s "$KEY" | base64
          echo "::error::$KEY"
          echo "$KEY" >> "$GITHUB_STEP_SUMMARY"
        env: {KEY: "\${{ secrets.KEY }}"}`),
      { secrets },
    );
    const [step] = jobOf(run).steps;
    expect(JSON.stringify(step)).not.toMatch(/s3cr3t|czNjcjN0/);
    expect(step).toMatchObject({ name: "with ***", summary: "***\n", annotations: [{ message: "***" }] });
  });

  it("are withheld from job outputs, with a warning", async () => {
    const run = await runOnce(
      job(`outputs: {leak: "\${{ steps.s.outputs.leak }}", fine: "\${{ steps.s.outputs.fine }}"}
    steps:
      - id: s
        run: printf 'leak=%s\\nfine=yes\\n' "$KEY" >> "$GITHUB_OUTPUT"
        env: {KEY: "\${{ secrets.KEY }}"}`),
      { secrets },
    );
    expect(jobOf(run).outputs).toEqual({ fine: "yes" });
    expect(jobOf(run).annotations[0]?.message).toBe("Skip output 'leak' since it may contain secret.");
  });

  it("are empty where they are not set", async () => {
    const run = await runOnce(job(`steps: [{run: "echo '[\${{ secrets.MISSING }}]'"}]`), { secrets });
    expect(printed(jobOf(run))).toEqual(["[]"]);
  });
});

describe("a job's token", () => {
  it("is minted with the job's permissions, is github.token and secrets.GITHUB_TOKEN, and ends with the job", async () => {
    const minted: JobTokenRequest[] = [];
    const revoked: string[] = [];
    const run = await runOnce(
      job(
        `permissions: {issues: write}
    steps: [{run: 'test "$A" = ghs_1 && test "$B" = ghs_1', env: {A: "\${{ github.token }}", B: "\${{ secrets.GITHUB_TOKEN }}"}}]`,
        "on: issues\npermissions: write-all",
      ),
      {
        mintToken: (request) => `ghs_${minted.push(request)}`,
        revokeToken: (token) => void revoked.push(token),
      },
    );
    expect(run.conclusion).toBe("success");
    expect(minted).toEqual([
      {
        permissions: { metadata: "read", issues: "write" },
        actor: "octocat",
        runId: 1,
        runAttempt: 1,
        job: "only",
      },
    ]);
    expect(revoked).toEqual(["ghs_1"]);
  });

  it("ends with a job whose time limit cannot be evaluated, too", async () => {
    const revoked: string[] = [];
    const run = await runOnce(job(`timeout-minutes: "\${{ fromJSON('{') }}"\n    steps: [{run: exit 0}]`), {
      revokeToken: (token) => void revoked.push(token),
    });
    expect([run.conclusion, revoked]).toEqual(["failure", ["ghs_token"]]);
  });

  it("cannot write, and secrets are withheld, where a fork's pull request caused the run", async () => {
    const minted: JobTokenRequest[] = [];
    const runner = await runnerFor(
      job(
        `permissions: {contents: write}\n    steps: [{run: "echo '[\${{ secrets.KEY }}]'"}]`,
        "on: pull_request",
      ),
      {
        secrets,
        mintToken: (request) => `ghs_${minted.push(request)}`,
      },
    );
    const [run] = await runner.dispatch({
      ...OPENED,
      event: "pull_request",
      payload: {
        pull_request: {
          number: 3,
          base: { ref: "main", repo: { full_name: "acme/shop" } },
          head: { repo: { full_name: "eve/shop" } },
        },
      },
    });
    await runner.close();
    expect(printed(jobOf(run as never))).toEqual(["[]"]);
    expect(minted[0]?.permissions).toEqual({ metadata: "read", contents: "read" });
  });
});
