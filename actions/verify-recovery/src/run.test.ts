import type { HttpFailureKind } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import type { CountEvents } from "@patchpilot/posthog";
import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { contract, type VerifyInputs } from "./contract.ts";
import { replay } from "./decide.ts";
import type { VerifyCase } from "./questions/case.ts";
import type { ExposureHistory } from "./questions/sources.ts";
import { run } from "./run.ts";
import { closedCase } from "./testing/watched.ts";
import {
  aCase,
  aWorld,
  errorsEvery,
  history,
  LIVE,
  liveFor,
  NOW,
  openWorld,
  steadyTraffic,
  type World,
} from "./testing/world.ts";

const CHECKOUT = { event: "checkout", current: 0, baseline: 9, change: -1, actors: 0 };
const inputs = (given: Record<string, string> = {}): VerifyInputs => contract.inputs.parse(given);
const cases = (count: number): VerifyCase[] =>
  Array.from({ length: count }, (_, i) => aCase({ issue: i + 1 }));
const failing = (kind: HttpFailureKind) => () => Promise.reject(makeFailure(kind));

async function runIn(world: Partial<World>, given: Record<string, string> = {}) {
  const ports = openWorld(aWorld(world));
  const outcome = await run(inputs(given), ports);
  return { ...outcome, calls: ports.calls, applied: ports.applied };
}

describe("a run", () => {
  test("closes what has recovered, with the numbers that a replay repeats", async () => {
    const { outputs, applied } = await runIn({});
    expect(outputs).toMatchObject({
      closed: [12],
      waiting: [],
      retry: [],
      escalated: [],
      issues: [],
      count: 0,
    });
    const [entry] = applied;
    expect(JSON.stringify(replay(JSON.parse(JSON.stringify(entry?.record?.data.numbers))))).toBe(
      JSON.stringify(entry?.decision),
    );
    expect(JSON.stringify(entry?.record?.data).length).toBeLessThan(4096);
  });

  const counted = { summary: "`checkout` fell.", window: { from: "", to: "" }, events: [CHECKOUT] };
  const young = () => aCase({ onset: NOW - 3 * DAY, impact: counted });

  test("says in the comment of a close what the incident cost, and what came back", async () => {
    const asked: CountEvents[] = [];
    const countEvents = async (question: CountEvents) => {
      asked.push(question);
      const count = asked.length === 1 ? 400 : 990;
      const baseline = { count: 1_000, actors: 1_000 };
      return [{ event: "checkout", incident: { count, actors: count }, baseline }];
    };
    const { applied } = await runIn({ cases: [young()], ports: { countEvents } });
    expect(applied[0]?.record?.text).toContain("`checkout` fell by 60 %, 600 fewer.");
    expect(applied[0]?.record?.text).toContain("`checkout` is back.");
    expect(asked.map(({ events }) => events)).toEqual([["checkout"], ["checkout"]]);
  });

  test("closes all the same where PostHog does not answer, and says what impact knew", async () => {
    const { outputs, applied, lines } = await runIn({
      cases: [young()],
      ports: { countEvents: failing("timeout") },
    });
    expect(outputs.closed).toEqual([12]);
    expect(applied[0]?.record?.text).toContain(
      "While it lasted: `checkout` fell. What came back was not counted.",
    );
    expect(lines.filter(({ level }) => level === "warning")).toHaveLength(1);
  });

  test("asks PostHog nothing about what does not close", async () => {
    const countEvents = () => Promise.reject(new Error("must not be asked"));
    const { outputs } = await runIn({
      cases: [young()],
      errors: () => history(30, 10),
      ports: { countEvents },
    });
    expect(outputs.closed).toEqual([]);
  });

  test("does not tell a next step that what could not be written was done", async () => {
    const apply = async () => ({ problems: ["#12: refused."], resolved: [], unwritten: new Set([12]) });
    const { outputs, lines } = await runIn({ ports: { apply } });
    expect(outputs).toMatchObject({ closed: [], incidents: [{ issue: 12, phase: "verifying" }] });
    expect(outputs.decisions).toMatchObject([{ issue: 12, decision: "close" }]);
    expect(lines).toContainEqual({ level: "warning", text: "#12: refused." });
  });

  test("shows a provider's words in its summary as words", async () => {
    const detail = "Vercel says ![x](https://evil.example/beacon) | <img src=x>";
    const waiting = [{ sha: LIVE, state: "pending", at: NOW, detail }] as const;
    const production = { source: "vercel", history: [], waiting } as const;
    const { summary } = await runIn({ production });
    expect(summary).toContain("evil.example");
    expect(summary).not.toMatch(/!\[|https:\/\/|[^\\]<img/);
  });

  test("asks for fifty incidents what it asks for one", async () => {
    const one = await runIn({ cases: cases(1) });
    const fifty = await runIn({ cases: cases(50) });
    expect(fifty.outputs.closed).toHaveLength(50);
    expect(fifty.calls).toEqual(one.calls);
  });

  test("says quietly how many it looked at where nothing is due", async () => {
    const { lines, summary } = await runIn({ cases: [aCase({ held: true })] });
    const text = "Looked at 1 incident; nothing is due.";
    expect(lines).toContainEqual({ level: "info", text });
    expect(summary).toContain(text);
  });

  test("says why nothing is done about a named incident", async () => {
    const readCases = async () => ({ now: NOW, cases: [aCase({ held: true })], absences: ["#7 is none."] });
    const { lines, summary } = await runIn({ ports: { readCases } }, { issues: "12,7" });
    expect(lines).toContainEqual({ level: "notice", text: "#7 is none." });
    const text = expect.stringContaining("#12: nothing is done. On hold: the label patchpilot:hold is set");
    expect(lines).toContainEqual({ level: "info", text });
    expect(summary).toMatch(/- #7 is none\.\n- #12: nothing is done/);
  });

  test("hands what still fails on to dispatch", async () => {
    const { outputs } = await runIn({ errors: () => history(30, 10) });
    expect(outputs).toMatchObject({ retry: [12], issues: [12], count: 1 });
  });

  test("waits with a time while it is too soon to tell", async () => {
    const { outputs } = await runIn({ production: liveFor(3), errors: () => history(3) });
    expect(outputs.waiting).toEqual([12]);
    expect(Date.parse(outputs.decisions[0]?.eta ?? "")).toBeGreaterThan(NOW);
  });

  test("writes nothing the second time", async () => {
    const first = await runIn({ production: liveFor(3), errors: () => history(3) });
    const data = first.applied[0]?.record?.data;
    const previous = JSON.parse(JSON.stringify(data));
    const second = await runIn({
      production: liveFor(3),
      errors: () => history(3),
      cases: [aCase({ previous })],
    });
    expect(second.applied[0]?.record).toBeNull();
  });

  test("asks nothing dearer of an incident than its first no needs", async () => {
    const { calls } = await runIn({ containing: [] });
    expect(calls).toEqual(["cases", "production", "sessions", "containment", "apply"]);
  });

  test("with an empty list of issues does nothing", async () => {
    const { calls, outputs, lines } = await runIn({}, { issues: "[]" });
    expect(calls).toEqual([]);
    expect(outputs.count).toBe(0);
    expect(lines).toEqual([{ level: "info", text: "There is nothing to do: `issues` names none." }]);
  });

  test.each(["dry-run", "stop"])("with %s decides but writes nothing", async (name) => {
    const { calls, outputs, lines } = await runIn({}, { [name]: "true" });
    expect(outputs.closed).toEqual([12]);
    expect(calls).not.toContain("apply");
    expect(lines[0]).toMatchObject({ level: "notice", text: expect.stringContaining(name) });
  });
});

describe("what goes wrong at a provider", () => {
  test("while Sentry is down nothing is recovered, and the job is not red", async () => {
    const { outputs, failure, lines } = await runIn({ ports: { readErrors: failing("server") } });
    expect(outputs.decisions).toMatchObject([{ decision: "wait", verdict: "unknown" }]);
    expect(failure).toBeUndefined();
    expect(lines.some(({ level }) => level === "warning")).toBe(true);
  });

  test("a refused credential fails the job after the outputs are decided", async () => {
    const { outputs, failure } = await runIn({ ports: { readErrors: failing("unauthorized") } });
    expect(outputs.waiting).toEqual([12]);
    expect(failure).toContain("Sentry");
  });

  test("traffic that cannot be read is not replaced by the clock", async () => {
    const { outputs } = await runIn({ ports: { readExposure: { sessions: failing("server") } } });
    expect(outputs.decisions).toMatchObject([{ decision: "wait", verdict: "unknown" }]);
  });

  test("a name that does not resolve is unknown, and the errors are judged all the same", async () => {
    const health = { state: "unknown", detail: "The name of the health URL does not resolve here." } as const;
    const { outputs } = await runIn({ health, errors: () => history(30, 10) });
    expect(outputs.retry).toEqual([12]);
  });

  test("whether another error took its place must be known before anything closes", async () => {
    const { outputs } = await runIn({ ports: { readNeighbours: failing("timeout") } });
    expect(outputs.waiting).toEqual([12]);
  });

  test("one incident that names no error does not hold the others up", async () => {
    const { outputs } = await runIn({ cases: [aCase({ issue: 1, error: null }), aCase({ issue: 2 })] });
    expect(outputs.closed).toEqual([2]);
    expect(outputs.waiting).toEqual([1]);
  });

  test("without Sentry it says what to set", async () => {
    const { outputs } = await runIn({ errors: undefined });
    expect(outputs.decisions[0]?.reason).toContain("sentry-token");
  });
});

describe("exposure", () => {
  const probe = { state: "healthy", detail: "answered 200" } as const;

  test("auto takes the first source that has data", async () => {
    const empty: ExposureHistory = { ...steadyTraffic(0) };
    const spans = () => Promise.resolve(new Map([["1", empty]]));
    const sessions = () => Promise.resolve(new Map([["1", steadyTraffic()]]));
    const { applied } = await runIn({ ports: { readExposure: { spans, sessions } } });
    expect(applied[0]?.decision.numbers.facts.errors).toMatchObject({ source: "sessions" });
  });

  test.each([
    ["gives way to one that is not", { sessions: steadyTraffic() }, "sessions"],
    ["is taken if there is no other", {}, "spans"],
  ])(
    "a source that is sparsely sampled %s",
    async (_, { sessions }: { sessions?: ExposureHistory }, source) => {
      const sampled = steadyTraffic();
      const sampleRates = sampled.releases.flatMap(({ counts }) => counts.map(() => 0.01));
      const spans = () => Promise.resolve(new Map([["1", { ...sampled, sampleRates }]]));
      const readExposure = { spans, sessions: async () => new Map(sessions ? [["1", sessions]] : []) };
      const { applied } = await runIn({ ports: { readExposure } });
      expect(applied[0]?.decision.numbers.facts.errors).toMatchObject({ source });
    },
  );

  test("without any the clock counts, and closes only with another sign of life", async () => {
    const alone = await runIn({ exposure: undefined });
    expect(alone.outputs.escalated).toEqual([12]);
    const healthy = await runIn({ exposure: undefined, health: probe });
    expect(healthy.outputs.closed).toEqual([12]);
  });

  test("a source that was asked for by name and finds nothing is said", async () => {
    const { outputs } = await runIn({}, { exposure: "spans" });
    expect(outputs.decisions).toMatchObject([{ decision: "wait", verdict: "unknown" }]);
    expect(outputs.decisions[0]?.reason).toContain("exposure: spans");
  });

  test("traffic that stopped is waited for", async () => {
    const traffic = steadyTraffic();
    const counts = (traffic.releases[0]?.counts ?? []).map((count, i, all) =>
      i < all.length - 60 ? count : 0,
    );
    const { outputs, calls } = await runIn({
      exposure: { ...traffic, releases: [{ release: null, counts }] },
    });
    expect(outputs.waiting).toEqual([12]);
    expect(calls).not.toContain("errors");
  });
});

describe("health", () => {
  test("is healthy three times in a row, asked once for all incidents", async () => {
    const { calls } = await runIn({ cases: cases(20), health: { state: "healthy", detail: "answered 200" } });
    expect(calls.filter((call) => call === "health")).toHaveLength(3);
  });

  test("is unhealthy at the first failure", async () => {
    const { calls, outputs } = await runIn({ health: { state: "unhealthy", detail: "answered 500" } });
    expect(calls.filter((call) => call === "health")).toHaveLength(1);
    expect(outputs.waiting).toEqual([12]);
  });
});

describe("the watch after a close", () => {
  const seenAt = (at: number | null) => (questions: readonly { readonly issue: number }[]) =>
    Promise.resolve(
      new Map(questions.map(({ issue }) => [issue, { lastSeen: at, count: null, users: null }])),
    );

  test("asks for nothing more where no look is due and Sentry has seen nothing", async () => {
    const watched = Array.from({ length: 200 }, (_, index) => closedCase(20, { issue: index + 1 }));
    const { calls, applied } = await runIn({ cases: watched, ports: { readLastSeen: seenAt(null) } });
    expect(calls).toEqual(["cases", "apply"]);
    expect(applied).toEqual([]);
  });

  test("asks production, traffic and errors at a look, and confirms", async () => {
    const { calls, applied } = await runIn({
      cases: [closedCase(25)],
      errors: () => history(60),
      ports: { readLastSeen: seenAt(null) },
    });
    expect(calls).toEqual(["cases", "production", "containment", "sessions", "errors", "apply"]);
    expect(applied[0]).toMatchObject({
      decision: { decision: "confirm" },
      record: { data: { looks: ["24h"], anchor: NOW - 60 * HOUR } },
    });
  });

  test("reopens what came back between the looks", async () => {
    const back = { ...history(60), points: errorsEvery(20, NOW - 8 * HOUR, NOW) };
    const { outputs } = await runIn({
      cases: [closedCase(20)],
      errors: () => back,
      ports: { readLastSeen: seenAt(NOW - HOUR) },
    });
    expect(outputs).toMatchObject({ reopened: [12], issues: [12] });
    expect(outputs.incidents[0]?.phase).toBe("accepted");
  });

  test("orders no attempt where production went back to a release without the fix", async () => {
    const back = { ...history(60), points: errorsEvery(20, NOW - 8 * HOUR, NOW) };
    const { outputs } = await runIn({
      cases: [closedCase(20)],
      errors: () => back,
      containing: [],
      ports: { readLastSeen: seenAt(NOW - HOUR) },
    });
    expect(outputs).toMatchObject({ reopened: [12], issues: [] });
    expect(outputs.incidents[0]?.phase).toBe("verifying");
  });

  test("does not ask Sentry for the counts of an issue that it knows no more", async () => {
    const { calls, applied } = await runIn({
      cases: [closedCase(25)],
      ports: { readLastSeen: () => Promise.resolve(new Map()) },
    });
    expect(calls).not.toContain("errors");
    expect(applied[0]?.decision.reason).toContain("deleted, or merged");
  });

  test("says once that it cannot tell while Sentry is down, and looks again", async () => {
    const ports = { readLastSeen: seenAt(null), readErrors: failing("server") };
    const { applied } = await runIn({ cases: [closedCase(25)], ports });
    expect(applied[0]).toMatchObject({ decision: { decision: "doubt", looks: [] } });
    const subject = closedCase(25, { previous: applied[0]?.record?.data ?? null });
    const again = await runIn({ cases: [subject], ports });
    expect(again.applied).toMatchObject([{ record: null }]);
    const up = await runIn({
      cases: [subject],
      errors: () => history(60),
      ports: { readLastSeen: seenAt(null) },
    });
    expect(up.applied[0]).toMatchObject({ decision: { decision: "confirm", looks: ["24h"] } });
  });
});

describe("a fix that a person made", () => {
  test("is verified against the first production deployment after acceptance", async () => {
    const subject = aCase({ phase: "needs-human", merge: null });
    const { outputs, applied } = await runIn({ cases: [subject], containing: [] });
    expect(outputs.closed).toEqual([12]);
    expect(applied[0]?.decision.numbers.facts.deployment).toMatchObject({ sha: LIVE });
  });

  test("leaves an accepted incident alone while nothing was deployed", async () => {
    const subject = aCase({ phase: "accepted", merge: null, acceptedAt: NOW - HOUR });
    const { outputs, calls, applied } = await runIn({ cases: [subject] });
    expect(outputs.decisions).toEqual([]);
    expect(applied).toEqual([]);
    expect(calls).toEqual(["cases", "production", "apply"]);
  });
});
