import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StoryReport } from "../src/story/run-scenario.ts";
import { findWrongNotices } from "./support/wrong-notices.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
/** `npm run test:demo` plays every scenario. For want of time `npm test` plays those that differ most. */
const PLAYS_ALL = process.env["DEMO_SCENARIOS"] === "all";

/** Who acts in a repair: the four jobs, and what stands for the coding agent. */
const REPAIR_JOBS = ["gate", "scripted agent", "work", "verify", "publish"];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

type Played = { readonly status: number | null; readonly shown: string };

/** Runs the demo as `npm run demo` does once everything is built. Its own temporary files go where the test sees them. */
function run(
  args: readonly string[],
  onOutput: (shown: string, stop: () => void) => void = () => undefined,
  path = process.env["PATH"],
) {
  const child = spawn(process.execPath, ["--conditions=source", MAIN, ...args], {
    env: { PATH: path, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let shown = "";
  const hear = (text: Buffer): void => {
    shown += text.toString();
    onOutput(shown, () => child.kill("SIGINT"));
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return new Promise<Played>((resolve) => child.once("close", (status) => resolve({ status, shown })));
}

/** Plays a scenario to its end, which must be the one that it promises. */
async function play(
  scenario: string,
): Promise<StoryReport & { readonly page: string; readonly shown: string }> {
  const [json, out] = [join(folder, "report.json"), join(folder, "page.html")];
  const options = ["--scenario", scenario, "--json", json, "--out", out, "--ticks", "3"];
  const { status, shown } = await run(options);
  if (status !== 0) throw new Error(shown);
  const report = JSON.parse(await readFile(json, "utf8")) as StoryReport;
  expect(findWrongNotices(report.written)).toEqual([]);
  return { ...report, page: await readFile(out, "utf8"), shown };
}

const textOf = ({ issue }: StoryReport): string => issue.comments.map(({ body }) => body).join("\n");
const actorsOf = ({ timeline }: StoryReport): Set<string> => new Set(timeline.map(({ actor }) => actor));

const namesOf = (name: string) => expect.arrayContaining([expect.objectContaining({ name })]);

const CLOSED_BY_PROOF = { outcome: "recovered", decision: "close", verdict: "recovered" };

describe("the demo", () => {
  test.runIf(PLAYS_ALL)("repeated: the second worker is told what the first repair taught", async () => {
    const report = await play("repeated");
    expect(report).toMatchObject(CLOSED_BY_PROOF);
    const [figure = ""] = report.timeline.flatMap(({ actor, event }) => (actor === "lesson" ? [event] : []));
    expect(figure).toMatch(/^the lesson names 2 of 2 files .* \d+ saved/);
    expect(textOf(report)).toContain("#### What it teaches");
  });

  test("recovered: repaired, waited with an ETA, and closed by proof", async () => {
    const report = await play("recovered");
    expect(report).toMatchObject({
      ...CLOSED_BY_PROOF,
      issue: { state: "closed", labels: namesOf("patchpilot:recovered") },
    });
    const events = report.timeline.map(({ actor, event }) => `${actor}: ${event}`);
    expect(events).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^verify-recovery: waits: .* Answer expected by 3 March, /),
        expect.stringMatching(/^work: lets agent and tests run (behind|in|as) /),
        expect.stringMatching(/^verify: lets agent and tests run (behind|in|as) /),
      ]),
    );
    expect([...actorsOf(report)]).toEqual(
      expect.arrayContaining(["Sentry", "intake", "impact", "dispatch", ...REPAIR_JOBS, "in your place"]),
    );
    expect(report.shown).toContain("the coding agent is a script");
    expect(report.page).toContain('<tr class="added">');
    for (const job of ["gate", "work", "verify", "publish"])
      expect(report.page).toContain(`<li>✅ repair / ${job}: success</li>`);
    expect(report.page).not.toContain("patchpilot:v1");
    for (const count of Object.values(report.requests)) expect(count).toBeGreaterThan(0);
  });

  test("slow: found without an error, and closed when it is fast again", async () => {
    const report = await play("slow");
    expect(report).toMatchObject({
      ...CLOSED_BY_PROOF,
      issue: { state: "closed", author: "github-actions[bot]" },
    });
    const found = report.timeline.filter(({ actor }) => actor === "perf-scan").map(({ event }) => event);
    expect(found).toEqual([
      expect.stringMatching(/^opens issue #1: POST \/checkout became slower, p95 \d+ ms/),
    ]);
    expect(textOf(report)).toContain("src/stock.js");
    expect([...actorsOf(report)]).toEqual(expect.arrayContaining(["dispatch", ...REPAIR_JOBS]));
    expect(actorsOf(report)).not.toContain("Sentry");
  });

  test("forged: a copy of Sentry's issue by a person is left alone", async () => {
    const report = await play("forged");
    expect(report).toMatchObject({ outcome: "ignored", decision: null, verdict: null });
    expect(report.issue).toMatchObject({ state: "open", labels: [], comments: [], author: "stranger" });
    expect(actorsOf(report)).not.toContain("dispatch");
  });

  test("dead-worker: a person is told what did not start", async () => {
    const report = await play("dead-worker");
    expect(report).toMatchObject({ outcome: "needs-human", issue: { state: "open" } });
    expect(textOf(report)).toContain("of the type `patchpilot-repair`.");
  });

  // The shop shares this pipe: were it left running, the run would not end.
  test("Ctrl-C ends everything and leaves no files behind", async () => {
    let isAsked = false;
    const { status } = await run([], (shown, stop) => {
      if (isAsked || !shown.includes("accepts #1")) return;
      isAsked = true;
      stop();
    });
    expect(status).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  test("what cannot be opened is one clear sentence, and leaves nothing behind", async () => {
    const { status, shown } = await run([], undefined, "/nowhere");
    expect([status, shown.trim().split("\n").at(-1)]).toEqual([
      1,
      "git cannot be started: install it, or put it on the PATH.",
    ]);
    expect(shown).not.toContain("    at ");
    expect(await readdir(folder)).toEqual([]);
  });

  test("an unknown scenario is one clear sentence", async () => {
    const { status, shown } = await run(["--scenario", "happy"]);
    expect([status, shown.trim().split("\n").length]).toEqual([1, 1]);
  });
});

describe.runIf(PLAYS_ALL)("the demo's other endings", () => {
  test("request: what a person asked for is merged and closed as done", async () => {
    const report = await play("request");
    expect(report).toMatchObject({
      outcome: "done",
      issue: { state: "closed" },
      pulls: [{ state: "merged" }],
    });
  });

  test("no-fix: never closed, tried again", async () => {
    const report = await play("no-fix");
    expect(report).toMatchObject({ outcome: "failing", decision: "retry", issue: { state: "open" } });
    expect(report.issue.labels).toEqual(namesOf("patchpilot:proposed"));
  });

  test("half-fix: improved or failing, never recovered", async () => {
    const report = await play("half-fix");
    expect(["improved", "failing"]).toContain(report.outcome);
    expect(report.issue.state).toBe("open");
  });

  test("quiet-death: the team hears of it within the hour, and silence without visitors is no recovery", async () => {
    const report = await play("quiet-death");
    expect(report).toMatchObject({ outcome: "inconclusive", decision: "escalate", issue: { state: "open" } });
    expect(textOf(report)).toMatch(
      /Nobody has used the app since 3 March, 08:\d\d UTC, \d+ min after fix #\W?2/,
    );
  });
});
