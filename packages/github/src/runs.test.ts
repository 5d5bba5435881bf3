import { describe, expect, it } from "vitest";
import { listRuns, readNewestRun, sendRepositoryDispatch, sendWorkflowDispatch } from "./runs.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const EVENT = { type: "patchpilot-repair", payload: { attempt: 1 } };
const ORDER = { workflow: "repair.yml", ref: "main", inputs: {}, runDetails: true };
const started = () => new Response(null, { status: 204 });
const slow = () => reply({ message: "Slow down" }, 429, { "retry-after": "2" });

const OTHER_ANSWERS: readonly (readonly [string, () => Response])[] = [
  [
    "a 200 of a proxy",
    () => new Response("<html>", { status: 200, headers: { "content-type": "text/html" } }),
  ],
  ["a 202", () => reply({}, 202)],
];

describe("a repository dispatch", () => {
  it("is sent where GitHub answers 204", async () => {
    const { github, asked } = githubThat(started);
    await sendRepositoryDispatch(github, SHOP, EVENT);
    expect(asked.map(({ path }) => path)).toEqual(["/repos/acme/shop/dispatches"]);
  });

  it.each(OTHER_ANSWERS)("may or may not be sent after %s, and is not sent again", async (_, answer) => {
    const { github, asked } = githubThat(answer);
    const failure = await failureOf(sendRepositoryDispatch(github, SHOP, EVENT));
    expect([failure, asked.length]).toEqual([expect.objectContaining({ kind: "ambiguous" }), 1]);
  });

  it("is sent again after a 429 of two seconds, which carried nothing out", async () => {
    const { github, asked } = githubThat((_, count) => (count === 1 ? slow() : started()));
    await sendRepositoryDispatch(github, SHOP, EVENT);
    expect(asked.length).toBe(2);
  });
});

describe("a workflow dispatch", () => {
  it("is the run that GitHub names", async () => {
    const { github } = githubThat(() => reply({ workflow_run_id: 42 }));
    expect(await sendWorkflowDispatch(github, SHOP, ORDER)).toBe("42");
  });

  it("is sent where an older server answers 204", async () => {
    const { github } = githubThat(started);
    expect(await sendWorkflowDispatch(github, SHOP, { ...ORDER, runDetails: false })).toBeUndefined();
  });

  it.each(OTHER_ANSWERS)("may or may not be sent after %s", async (_, answer) => {
    const { github, asked } = githubThat(answer);
    const failure = await failureOf(sendWorkflowDispatch(github, SHOP, ORDER));
    expect([failure, asked.length]).toEqual([expect.objectContaining({ kind: "ambiguous" }), 1]);
  });
});

describe("a workflow run", () => {
  const listed = {
    ...{ id: 7, workflow_id: 1, path: "repair.yml", display_title: "Repair", html_url: "" },
    ...{ created_at: "2026-11-21T09:00:00Z", updated_at: "2026-11-21T09:00:00Z" },
  };
  const endOf = async (state: { readonly status: string; readonly conclusion: string | null }) => {
    const { github } = githubThat(() => reply({ workflow_runs: [{ ...listed, ...state }] }));
    const search = { event: "repository_dispatch", since: "2026-11-21T00:00:00Z" };
    return (await listRuns(github, SHOP, search)).map(({ ended }) => ended);
  };

  it("has ended once it has a conclusion, whatever its state is called", async () => {
    expect(await endOf({ status: "brand_new", conclusion: "failure" })).toEqual([true]);
  });

  it("has not ended in a state that nobody knows, without a conclusion", async () => {
    expect(await endOf({ status: "brand_new", conclusion: null })).toEqual([false]);
  });
});

describe("the newest run of a schedule", () => {
  const search = { file: "patchpilot.yml", event: "schedule" };
  const run = {
    ...{ id: 7, workflow_id: 1, path: "patchpilot.yml", display_title: "PatchPilot", html_url: "" },
    ...{ created_at: "2026-11-21T09:00:00Z", updated_at: "2026-11-21T09:01:00Z" },
    ...{ status: "completed", conclusion: "success" },
  };

  it("is when GitHub made it", async () => {
    const { github } = githubThat(() => reply({ workflow_runs: [run] }));
    expect(await readNewestRun(github, SHOP, search)).toBe("2026-11-21T09:00:00Z");
  });

  it("is none if there was none", async () => {
    const { github } = githubThat(() => reply({ workflow_runs: [] }));
    expect(await readNewestRun(github, SHOP, search)).toBeUndefined();
  });
});
