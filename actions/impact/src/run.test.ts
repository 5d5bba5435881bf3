import type { HttpFailureKind } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import { nameAction } from "@patchpilot/owner";
import type { CountEvents, EventCount } from "@patchpilot/posthog";
import { describe, expect, it } from "vitest";
import type { ImpactInputs } from "./contract.ts";
import type { CaseRecord, ImpactCase } from "./facts.ts";
import type { ImpactPorts } from "./ports.ts";
import { run } from "./run.ts";

const NOW = Date.parse("2026-11-21T12:05:00Z");
const DAY = 86_400_000;

const inputs = (change: Partial<ImpactInputs> = {}): ImpactInputs => ({
  issues: "auto",
  "trusted-authors": [],
  allow: ["close"],
  "dry-run": false,
  stop: "false",
  "posthog-host": "https://us.posthog.example",
  events: ["checkout"],
  "window-hours": 24,
  baseline: "previous-week",
  ...change,
});

const incident = (issue: number, change: Partial<ImpactCase> = {}): ImpactCase => ({
  issue,
  open: true,
  held: false,
  readOnly: false,
  summary: {
    issue,
    key: `sentry:acme/${issue}`,
    kind: "error",
    title: "TypeError",
    severity: "high",
    phase: "accepted",
    url: `https://github.example/acme/shop/issues/${issue}`,
  },
  severity: "high",
  episode: 1,
  times: { firstSeen: NOW - 2 * DAY, acceptedAt: NOW - 2 * DAY },
  previous: null,
  ...change,
});

const RECORD = {
  summary: "counted before",
  window: { from: new Date(NOW - 3 * DAY).toISOString(), to: new Date(NOW).toISOString() },
  events: [{ event: "checkout", current: 1, baseline: 2, change: -0.5, actors: 1 }],
};

/** Ports that remember what was asked and written. */
function fakePorts(cases: readonly ImpactCase[], change: Partial<ImpactPorts> = {}) {
  const asked: CountEvents[] = [];
  const written: CaseRecord[] = [];
  const countEvents = async (question: CountEvents): Promise<EventCount[]> => {
    asked.push(question);
    return question.events.map((event) => ({
      event,
      incident: { count: 812, actors: 600 },
      baseline: { count: 1_177, actors: 900 },
    }));
  };
  const ports: ImpactPorts = {
    readCases: async () => ({ now: NOW, cases }),
    apply: async (records) => {
      written.push(...records);
      return [];
    },
    countEvents,
    ...change,
  };
  return { ports, asked, written };
}

const failing = (kind: HttpFailureKind) => () =>
  Promise.reject(makeFailure(kind, { provider: "PostHog", remedy: "Do this." }));

describe("impact", () => {
  it("counts each incident in its own window and writes what it found", async () => {
    const { ports, asked, written } = fakePorts([incident(12), incident(15)]);
    const { outputs, lines } = await run(inputs(), ports);
    const from = new Date("2026-11-19T12:05:00Z");
    const to = new Date("2026-11-20T12:05:00Z");
    expect(asked[0]).toEqual({
      events: ["checkout"],
      incident: { from, to },
      baseline: { from: new Date(from.getTime() - 7 * DAY), to: new Date(to.getTime() - 7 * DAY) },
    });
    expect(written.map(({ issue }) => issue)).toEqual([12, 15]);
    expect(written[0]?.text).toContain("| `checkout` | 812 | 1,177 | −31 % | 600 | 900 |");
    expect(outputs).toMatchObject({ issues: [12, 15], count: 2 });
    expect(outputs.impact[0]).toMatchObject({
      issue: 12,
      events: [
        { event: "checkout", current: 812, baseline: 1_177, change: -0.31, actors: 600, baselineActors: 900 },
      ],
      summary: expect.stringContaining("`checkout` fell by 31 %"),
    });
    expect(lines).toContainEqual({
      level: "info",
      text: expect.stringMatching(/^#12: `checkout` fell by 31 %/),
    });
  });

  it("asks and writes nothing for what was counted in full, and hands on what is known", async () => {
    const { ports, asked, written } = fakePorts([incident(12, { previous: RECORD })]);
    const { outputs } = await run(inputs(), ports);
    expect([asked, written]).toEqual([[], []]);
    expect(outputs.impact).toEqual([{ issue: 12, events: RECORD.events, summary: "counted before" }]);
    expect(outputs.issues).toEqual([12]);
  });

  it.each(["issue", "task"])(
    "counts nothing for work that a person asked for (%s), and hands it on",
    async (kind) => {
      const request = incident(12, { summary: { ...incident(12).summary, kind } });
      const { ports, asked, written } = fakePorts([request]);
      const { outputs } = await run(inputs(), ports);
      expect([asked, written]).toEqual([[], []]);
      expect(outputs).toMatchObject({ issues: [12], impact: [] });
    },
  );

  it("leaves held incidents alone, and hands them on", async () => {
    const { ports, asked, written } = fakePorts([incident(12, { held: true })]);
    expect((await run(inputs(), ports)).outputs.issues).toEqual([12]);
    expect([asked, written]).toEqual([[], []]);
  });

  it("writes nothing where a newer PatchPilot wrote, and says what to upgrade", async () => {
    const { ports, written } = fakePorts([incident(12, { readOnly: true })]);
    const { lines } = await run(inputs(), ports);
    expect(written).toEqual([]);
    expect(lines.filter(({ level }) => level !== "info")).toEqual([
      { level: "warning", text: expect.stringContaining(`upgrade \`${nameAction("impact")}\``) },
    ]);
  });

  it("says quietly how many it looked at where none is due", async () => {
    const { ports } = fakePorts([incident(12, { previous: RECORD }), incident(15, { held: true })]);
    const { lines, summary } = await run(inputs(), ports);
    const text = "Looked at 2 incidents; none is due to be counted.";
    expect(lines).toEqual([{ level: "info", text }]);
    expect(summary).toContain(text);
  });

  it("says quietly that there is none at all", async () => {
    const { lines, summary } = await run(inputs(), fakePorts([]).ports);
    const text = "No open incident is at the stage where impact is counted, so there is nothing to count.";
    expect([lines, summary]).toEqual([[{ level: "info", text }], expect.stringContaining(text)]);
  });

  it.each<[string, Partial<ImpactCase>, string]>([
    ["closed", { open: false }, "is closed"],
    ["on hold", { held: true }, "take `patchpilot:hold` off"],
    ["counted in full", { previous: RECORD }, "is not due"],
    ["a request", { summary: { ...incident(12).summary, kind: "task" } }, "is a request and not a failure"],
  ])("says why a named incident is not counted that is %s", async (_, change, reason) => {
    const named = { now: NOW, cases: [incident(12, change)], absences: [] };
    const { ports } = fakePorts([], { readCases: async () => named });
    const { lines, summary } = await run(inputs({ issues: [12] }), ports);
    expect(lines.map(({ text }) => text)).toEqual([expect.stringContaining(reason)]);
    expect(summary).toContain(reason);
  });

  it("says once, in log and summary, why a named issue is no incident", async () => {
    const named = { now: NOW, cases: [], absences: ["#12 has no PatchPilot record."] };
    const { ports } = fakePorts([], { readCases: async () => named });
    const { lines, summary } = await run(inputs({ issues: [12] }), ports);
    expect(lines).toEqual([{ level: "notice", text: "#12 has no PatchPilot record." }]);
    expect(summary).toContain("**Impact:** #12 has no PatchPilot record.");
  });

  it("drops closed incidents", async () => {
    const { ports } = fakePorts([incident(12, { open: false }), incident(15)]);
    expect((await run(inputs(), ports)).outputs.issues).toEqual([15]);
  });

  it("tells what GitHub refused to write", async () => {
    const problem = "#12: record impact was refused (locked).";
    const { ports } = fakePorts([incident(12)], { apply: async () => [problem] });
    expect((await run(inputs(), ports)).lines).toContainEqual({ level: "warning", text: problem });
  });
});

describe("a run that must not write", () => {
  it.each([
    [{ "dry-run": true }, "`dry-run`: nothing is written."],
    [{ stop: "true" }, "`stop` is set: this run is read-only."],
  ])("with %j counts, prints and says why", async (change, words) => {
    const { ports, written } = fakePorts([incident(12)]);
    const { outputs, lines } = await run(inputs(change), ports);
    expect(written).toEqual([]);
    expect(lines[0]).toEqual({ level: "notice", text: words });
    expect(outputs.impact).toHaveLength(1);
  });
});

describe("without the means to count", () => {
  it("says once what is missing, and hands every incident on", async () => {
    const { ports } = fakePorts([incident(12), incident(15)], { countEvents: undefined });
    const { outputs, lines } = await run(inputs(), ports);
    expect(outputs).toMatchObject({ issues: [12, 15], impact: [] });
    expect(lines).toEqual([
      { level: "info", text: expect.stringContaining("Pass `posthog-api-key` and `posthog-project-id`") },
    ]);
  });

  it("says that no events are named", async () => {
    const { ports, asked } = fakePorts([incident(12)]);
    const { lines } = await run(inputs({ events: [] }), ports);
    expect(asked).toEqual([]);
    expect(lines).toEqual([
      { level: "info", text: expect.stringContaining("`events` names no product events") },
    ]);
  });

  it("says that the list of issues is empty, and reads nothing", async () => {
    const readCases = () => Promise.reject(new Error("must not read"));
    const { ports } = fakePorts([], { readCases });
    const { outputs, lines } = await run(inputs({ issues: [] }), ports);
    expect(outputs.count).toBe(0);
    expect(lines).toEqual([{ level: "info", text: "There is nothing to do: `issues` names none." }]);
  });
});

describe("when PostHog does not answer", () => {
  it.each(["timeout", "network", "server", "rate-limited", "unreadable", "budget"] as const)(
    "because of %s, impact is left out with a warning and the rest goes on",
    async (kind) => {
      const { ports, written } = fakePorts([incident(12)], { countEvents: failing(kind) });
      const result = await run(inputs(), ports);
      expect(result.failure).toBeUndefined();
      expect(result.lines).toEqual([
        { level: "warning", text: expect.stringContaining("everything else continues") },
      ]);
      expect([result.outputs.issues, written]).toEqual([[12], []]);
    },
  );

  it.each(["unauthorized", "forbidden", "not-found", "rejected"] as const)(
    "because of %s, the job fails with the remedy, after its outputs are set",
    async (kind) => {
      const { ports } = fakePorts([incident(12)], { countEvents: failing(kind) });
      const result = await run(inputs(), ports);
      expect(result.failure).toContain("Do this.");
      expect(result.outputs.issues).toEqual([12]);
    },
  );

  it("keeps what was counted before it fell silent, and asks no more", async () => {
    const { ports, written } = fakePorts([incident(12), incident(15), incident(18)]);
    const answers = [ports.countEvents, failing("timeout")];
    let questions = 0;
    const countEvents: ImpactPorts["countEvents"] = async (question) => {
      questions += 1;
      return (await answers[Math.min(questions, 2) - 1]?.(question)) ?? [];
    };
    const { outputs } = await run(inputs(), { ...ports, countEvents });
    expect([written.map(({ issue }) => issue), questions]).toEqual([[12], 2]);
    expect([outputs.issues, outputs.impact.map(({ issue }) => issue)]).toEqual([[12, 15, 18], [12]]);
  });
});
