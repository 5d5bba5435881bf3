import { makeIncident, writtenRecord, writtenText } from "@patchpilot/acceptance/testing";
import type { Account, Incident, IssueFacts } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { ALERT, body, WITH_FRAMES } from "./testing/bodies.ts";
import { handle, type World } from "./testing/fake-ports.ts";
import { accepted, incident, PERSON, possibleFix, recovered } from "./testing/incidents.ts";
import { failure, release, sentryEvent, sentryFrame, sentryIssue, sentryThrown } from "./testing/sentry.ts";

const TEXT_ONLY = { "sentry-token": "", "sentry-org": "" };
/** A run about the issue of one incident. */
const handleOne = (one: Incident, parts: Partial<World> = {}, given: Record<string, string> = {}) =>
  handle({ incidents: [one], ...parts }, given, one.number);
const reasonsOf = (outputs: { ignored: readonly { issue: number; reason: string }[] }) =>
  outputs.ignored.map(({ issue, reason }) => [issue, reason]);

describe("an issue that Sentry created", () => {
  it("is accepted with what Sentry confirms", async () => {
    const { outputs, changes } = await handleOne(incident(12));
    expect(outputs.accepted).toEqual([12]);
    expect(outputs.issues).toEqual([12]);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.phase).toBe("accepted");
    expect(writtenRecord(changes[0])).toMatchObject({
      phase: "accepted",
      key: "sentry:acme/12",
      kind: "error",
      title: "TypeError: x is undefined",
      severity: "high",
      environment: "production",
      release: "shop@1.2.4",
      episode: 1,
      basis: "service",
      firstSeen: "2026-11-20T09:00:00Z",
      sentry: { organization: "acme", shortId: "SHOP-12", issueId: "12", project: "shop", projectId: "11" },
      suspectFiles: ["src/cart.ts", "src/checkout.ts"],
    });
    expect(writtenRecord(changes[0]).confidence).toBeGreaterThanOrEqual(0.9);
  });

  it("names suspects, with the commits since the last good release", async () => {
    const releases = [
      release("shop@1.2.4", "2026-11-20T08:00:00Z", { commit: "d".repeat(40) }),
      release("shop@1.2.3", "2026-11-15T08:00:00Z"),
    ];
    const { world, changes } = await handleOne(incident(12), { releases });
    const asked = { commit: "d".repeat(40), since: "2026-11-15T08:00:00Z", until: "2026-11-20T09:00:00Z" };
    expect(world.questions).toEqual([
      { path: "src/cart.ts", ...asked },
      { path: "src/checkout.ts", ...asked },
    ]);
    expect(writtenText(changes[0])).toContain(
      "1. `src/cart.ts`: crashed here, line 71; changed since the last good release (ccccccc)",
    );
    expect(writtenText(changes[0])).toContain(
      "`cccccccccccc` (2026-11-20): changed the crashing file since the last good release: `Read the cart later`",
    );
  });

  it.each([
    ["the last good one of production", "2026-11-15T08:00:00Z", "since the last good release"],
    ["none: the week before counts", null, "in the week before it first occurred"],
  ])("takes no preview's release for a good one, but %s", async (_, goodAt, period) => {
    const deployed = (version: string, at: string, environment: string) =>
      release(version, at, { lastDeploy: { environment, dateFinished: null } });
    const releases = [
      deployed("shop@1.2.4", "2026-11-20T08:00:00Z", "production"),
      deployed("shop@1.2.4-preview", "2026-11-20T07:00:00Z", "preview"),
      ...(goodAt === null ? [] : [deployed("shop@1.2.3", goodAt, "production")]),
    ];
    const { world, changes } = await handleOne(incident(12), { releases });
    expect(world.questions[0]?.since).toBe(goodAt ?? "2026-11-13T09:00:00.000Z");
    expect(writtenText(changes[0])).toContain(period);
    expect(writtenText(changes[0])).not.toContain("preview");
  });

  it("is accepted by its text alone without a Sentry token, and says once what is missing", async () => {
    const { outputs, changes } = await handleOne(
      incident(12, { body: WITH_FRAMES }),
      { paths: ["sdk/index.js"] },
      TEXT_ONLY,
    );
    expect(outputs.accepted).toEqual([12]);
    const record = writtenRecord(changes[0]);
    expect(record).toMatchObject({
      basis: "text",
      key: "sentry:fridai/7332116922",
      suspectFiles: ["sdk/index.js"],
    });
    expect(record.environment).toBeUndefined();
    expect(record.confidence).toBeLessThan(0.75);
    expect(writtenText(changes[0]).match(/sentry-token/g)).toHaveLength(1);
    expect(writtenText(changes[0])).toContain("the environment is unknown");
  });

  it("is looked at again once Sentry can be asked, in the same episode", async () => {
    const waiting = accepted(12, "12", {}, { basis: "text", confidence: 0.45 });
    const { changes, outputs } = await handleOne(waiting);
    expect(writtenRecord(changes[0])).toMatchObject({
      basis: "service",
      episode: 1,
      acceptedAt: "2026-11-01T00:00:00Z",
    });
    expect(outputs.accepted).toEqual([12]);
  });

  it.each(["accepted", "needs-human"] as const)(
    "is left as it stands while Sentry still cannot answer: %s",
    async (phase) => {
      const dispatch = { phase, phaseAt: "2026-11-02T00:00:00Z", reason: "its confidence is low" };
      const text = accepted(
        12,
        "12",
        {},
        { basis: "text" },
        { dispatch: { data: dispatch, seq: 1, commentId: "C_2", body: "" } },
      );
      const issues = new Map([["12", failure("server")]]);
      const { changes, outputs, outcome } = await handleOne(text, { issues });
      expect(changes.flatMap(({ records }) => records)).toEqual([]);
      expect(outputs.accepted).toEqual(phase === "accepted" ? [12] : []);
      expect(outcome.lines).toContainEqual({
        level: "warning",
        text: expect.stringContaining("#12 still waits for Sentry to confirm it"),
      });
    },
  );

  it("is accepted with lower confidence while Sentry cannot answer", async () => {
    const { changes, outcome } = await handleOne(incident(12), {
      issues: new Map([["12", failure("server")]]),
    });
    expect(writtenRecord(changes[0])).toMatchObject({ basis: "text" });
    expect(outcome.lines).toContainEqual(
      expect.objectContaining({
        level: "warning",
        text: expect.stringContaining("#12 is accepted by its text"),
      }),
    );
  });

  it.each([
    ["files", "The repository's files could not be listed. The log of this run says why."],
    ["history", "The history of suspect files could not be read. The log of this run says why."],
    ["releases", "Sentry's releases could not be listed. The log of this run says why."],
  ] as const)("says what is missing where %s are not given out", async (silent, words) => {
    const { changes } = await handleOne(incident(12), { silent: [silent] });
    expect(writtenText(changes[0])).toContain(words);
    expect(writtenText(changes[0])).not.toContain("No frame of the stack leads");
  });

  it("asks little of GitHub for fifty at once, and reads what they share once", async () => {
    const incidents = Array.from({ length: 50 }, (_, index) => incident(index + 1));
    const frames = ["src/index.ts", "src/checkout.ts", "src/cart.ts"];
    const events = new Map(
      incidents.map(({ number }) => [
        String(number),
        sentryEvent({
          exceptions: [
            sentryThrown({ type: `Error${number}`, frames: frames.map((path) => sentryFrame(path, "f")) }),
          ],
        }),
      ]),
    );
    const paths = ["src/cart.ts", "src/checkout.ts", "src/index.ts"];
    const { world, outputs } = await handle({ incidents, events, paths });
    expect(outputs.accepted).toHaveLength(50);
    // GitHub answers only so many questions in time: each incident gets its share, not the first ones all of it.
    expect(world.questions.filter(({ path }) => path === "src/cart.ts")).toHaveLength(50);
    expect(world.asked).toEqual(["listing", "sweep", "known", "pull requests", "files", "history"]);
  });
});

describe("an issue that is ignored", () => {
  it.each<[string, Partial<IssueFacts>, string]>([
    ["a person imitates Sentry", { author: PERSON }, "not-sentry"],
    ["a person is called like Sentry", { author: { ...PERSON, login: "sentry[bot]" } }, "not-sentry"],
    ["another bot imitates Sentry", { author: { type: "Bot", id: 5, login: "sentry-helper" } }, "not-sentry"],
    ["it is closed", { open: false }, "resolved"],
    ["a person holds it", { labels: ["patchpilot:hold"] }, "held"],
    ["its conversation is locked", { locked: true }, "locked"],
    ["it has no link", { body: "Error: x" }, "unreadable"],
    ["its link stands in a fence only", { body: `\`\`\`\n${ALERT}\n\`\`\`` }, "unreadable"],
    ["it belongs to another organization", { body: ALERT }, "wrong-project"],
    [
      "it leads to another Sentry",
      { body: body(12, "SHOP-12").replace("acme.sentry.io", "sentry.evil.example") },
      "wrong-project",
    ],
  ])("because %s", async (_, facts, reason) => {
    const { outputs, changes } = await handle({ incidents: [incident(12, facts)] }, { issues: "12" });
    expect(reasonsOf(outputs)).toEqual([[12, reason]]);
    expect(changes).toEqual([]);
  });

  it.each([
    ["it is resolved in Sentry", sentryIssue("12", { status: "resolved" }), {}, "resolved"],
    ["it is archived in Sentry", sentryIssue("12", { status: "ignored" }), {}, "resolved"],
    ["its project is another", sentryIssue("12"), { "sentry-projects": "web" }, "wrong-project"],
    ["it has too few events", sentryIssue("12", { count: 4 }), { "min-events": "5" }, "below-threshold"],
    [
      "it is not severe enough",
      sentryIssue("12", { priority: "low", level: "warning" }),
      { "min-severity": "medium" },
      "below-threshold",
    ],
    ["Seer has a fix open", sentryIssue("12", { hasOpenFixPr: true }), {}, "fix-in-flight"],
    ["Sentry knows no such issue", failure("not-found"), {}, "unreadable"],
  ] as const)("because %s", async (_, issue, given, reason) => {
    const { outputs } = await handleOne(incident(12), { issues: new Map([["12", issue]]) }, given);
    expect(reasonsOf(outputs)).toEqual([[12, reason]]);
  });

  it("never because Sentry does not tell how often it occurred", async () => {
    const issues = new Map([["12", sentryIssue("12", { count: null, userCount: null })]]);
    const { outputs, changes } = await handleOne(incident(12), { issues }, { "min-events": "5" });
    expect(outputs.accepted).toEqual([12]);
    expect(writtenText(changes[0])).not.toMatch(/\| Seen \||null/);
  });

  it("because its event comes from another environment", async () => {
    const events = new Map([["12", sentryEvent({ tags: { environment: "staging" } })]]);
    const { outputs } = await handleOne(incident(12), { events });
    expect(reasonsOf(outputs)).toEqual([[12, "wrong-environment"]]);
    expect(outputs.ignored[0]?.detail).toContain("the environment `staging`, not from `production`");
  });

  it("because a person's open pull request fixes it", async () => {
    const pull = possibleFix({ closes: [12] });
    const fixed = await handleOne(incident(12), { pulls: [pull] });
    expect(reasonsOf(fixed.outputs)).toEqual([[12, "fix-in-flight"]]);
    const stranger = await handleOne(incident(12), { pulls: [{ ...pull, trusted: false }] });
    expect(stranger.outputs.accepted).toEqual([12]);
    const ours = await handleOne(incident(12), { pulls: [{ ...pull, ours: true }] });
    expect(ours.outputs.accepted).toEqual([12]);
  });

  it("is not told of in a sweep when it has nothing to do with Sentry", async () => {
    const { outputs } = await handle({
      incidents: [incident(3, { author: PERSON, body: "Bump sentry SDK, fix UTF-8" })],
    });
    expect(outputs.ignored).toEqual([]);
  });

  it("by nobody where a person with write access vouches for it", async () => {
    const command = {
      command: "take-on" as const,
      eventId: "E_1",
      at: "2026-11-20T11:00:00Z",
      actor: { type: "User", id: 9, login: "alice" },
    };
    const facts = { author: PERSON, body: "It crashes", labels: ["patchpilot:take-on"], commands: [command] };
    const vouched = await handleOne(incident(12, facts), { writers: ["alice"] });
    expect(writtenRecord(vouched.changes[0])).toMatchObject({ key: "github:12", basis: "text" });
    const unvouched = await handleOne(incident(12, facts), { writers: [] });
    expect(reasonsOf(unvouched.outputs)).toEqual([[12, "not-sentry"]]);
  });
});

describe("one cause", () => {
  it("is one incident when Sentry's issue is known, open or closed", async () => {
    for (const known of [
      accepted(5, "12"),
      accepted(5, "12", { open: false, closedAt: "2026-11-10T00:00:00Z", stateReason: "COMPLETED" }),
    ]) {
      const { outputs } = await handleOne(incident(12), { known: [known] });
      expect(reasonsOf(outputs)).toEqual([[12, "duplicate"]]);
    }
  });

  it.each([{}, { source: "sentry" }])(
    "is one incident where its first link named no id: %j",
    async (given) => {
      const upgraded = accepted(
        5,
        "12",
        {},
        {
          key: "sentry:sentry.io/SHOP-12",
          sentry: { organization: "acme", shortId: "SHOP-12", issueId: "12" },
        },
      );
      const issues = new Map([["12", sentryIssue("12")]]);
      const { world, outputs } = await handle(
        { incidents: [incident(12)], known: [upgraded], issues },
        given,
      );
      expect(outputs.accepted).not.toContain(12);
      expect(world.drafts).toEqual([]);
    },
  );

  it("is one incident when two Sentry issues have the same fingerprint", async () => {
    const { outputs } = await handle({ incidents: [incident(12), incident(13)] }, { issues: "12,13" });
    expect(outputs.accepted).toEqual([12]);
    expect(reasonsOf(outputs)).toEqual([[13, "duplicate"]]);
  });

  it("is told from others where there are no frames to tell them apart", async () => {
    const events = new Map(
      ["12", "13"].map((id) => [
        id,
        sentryEvent({
          exceptions: [sentryThrown({ value: "timeout", frames: [] })],
        }),
      ]),
    );
    const { outputs } = await handle(
      { incidents: [incident(12), incident(13)], events },
      { issues: "12,13" },
    );
    expect(outputs.accepted).toEqual([12, 13]);
  });
});

describe("many issues", () => {
  it("lose nothing when Sentry fails for one", async () => {
    const issues = new Map([["13", failure("timeout")]]);
    const { outputs, outcome } = await handle(
      { incidents: [incident(12), incident(13, { body: body(13, "SHOP-13", "OtherError: y") })], issues },
      { issues: "12,13" },
    );
    expect(outputs.accepted).toEqual([12, 13]);
    expect(outcome.lines.filter((line) => line.level === "warning")).toHaveLength(1);
    expect(outcome.failure).toBeUndefined();
  });

  it("are neither handed on nor called accepted where their record was refused", async () => {
    const { outputs, outcome } = await handleOne(incident(12), { problems: ["#12: refused."] });
    expect(outputs.accepted).toEqual([]);
    expect(outcome.lines).toEqual([
      { level: "warning", text: "#12: refused." },
      { level: "info", text: "#12 is left to the next run: not all of it could be written." },
    ]);
  });

  it.each([
    ["forbidden", "Sentry refuses SHOP-13"],
    ["not-found", "Sentry has no issue SHOP-13"],
  ] as const)("lose only the one that the token may not read: %s", async (kind, told) => {
    const issues = new Map([["13", failure(kind)]]);
    const { outputs, outcome } = await handle(
      { incidents: [incident(12), incident(13, { body: body(13, "SHOP-13") })], issues },
      { issues: "12,13" },
    );
    expect(outputs.accepted).toEqual([12]);
    expect(reasonsOf(outputs)).toEqual([[13, "unreadable"]]);
    expect(outcome.lines.filter(({ level }) => level === "warning")).toEqual([
      { level: "warning", text: expect.stringContaining(`#13 is left out: ${told}`) },
    ]);
  });

  it("stop at a refused credential, by name", async () => {
    const issues = new Map(["12", "13"].map((id) => [id, failure("forbidden")]));
    const incidents = [incident(12), incident(13, { body: body(13, "SHOP-13") })];
    await expect(handle({ incidents, issues }, { issues: "12,13" })).rejects.toThrow("Sentry");
    await expect(handle({ incidents, issues }, {}, 12)).rejects.toThrow("Sentry");
  });

  it("are limited after filtering, the most severe first", async () => {
    const other = (id: string) => sentryEvent({ exceptions: [sentryThrown({ type: `E${id}` })] });
    const ids = ["11", "12", "13", "14"];
    const issues = new Map([
      ["11", sentryIssue("11", { status: "resolved" })],
      ["12", sentryIssue("12", { priority: "low" })],
      ["13", sentryIssue("13", { userCount: 5000, level: "fatal" })],
      ["14", sentryIssue("14")],
    ]);
    const { outputs, outcome } = await handle(
      {
        incidents: ids.map((id) => incident(Number(id))),
        issues,
        events: new Map(ids.map((id) => [id, other(id)])),
      },
      { issues: ids.join(","), limit: "2" },
    );
    expect(outputs.accepted).toEqual([13, 14]);
    expect(outcome.lines).toContainEqual({
      level: "notice",
      text: "1 more passed every filter and waits for a later run: they exceed `limit`.",
    });
  });
});

describe("a second run", () => {
  it("changes nothing of what waits, and hands it on again", async () => {
    const waiting = accepted(12, "12");
    const { outputs, changes } = await handleOne(waiting);
    expect(outputs.accepted).toEqual([12]);
    expect(changes.flatMap((change) => change.records)).toEqual([]);
  });

  it("leaves alone what another action has in hand", async () => {
    const working = accepted(12, "12", {}, { phase: "working" });
    const { outputs, changes } = await handleOne(working);
    expect([outputs.accepted, outputs.ignored, changes]).toEqual([[], [], []]);
  });

  it("notes a fix of a person and stands down", async () => {
    const pull = possibleFix({ title: "Fix SHOP-12" });
    const { outputs, changes } = await handleOne(accepted(12, "12"), { pulls: [pull] });
    expect(reasonsOf(outputs)).toEqual([[12, "fix-in-flight"]]);
    expect(outputs.accepted).toEqual([]);
    expect(writtenRecord(changes[0]).standDown).toBe(pull.url);
    expect(writtenText(changes[0])).toContain(
      "[Pull request 40](https://github.com/acme/shop/pull/40) seems to fix this",
    );
  });

  it("notes an edited body and keeps the evidence", async () => {
    const waiting = accepted(12, "12", {}, { bodyHash: "of another text" });
    const { changes } = await handleOne(waiting);
    expect(writtenRecord(changes[0]).bodyEdited).toBe(true);
    expect(writtenText(changes[0])).toMatch(/^### Incident accepted\n\n#### Since acceptance/);
  });
});

describe("an incident that came back", () => {
  const closedAs = (stateReason: string) =>
    accepted(5, "12", { open: false, stateReason, closedAt: "2026-11-10T00:00:00Z" });
  const regressed = (release: string | null, at = "2026-11-20T00:00:00Z") =>
    new Map([["12", sentryIssue("12", { substatus: "regressed", regressions: [{ at, release }] })]]);
  /** Seen again on the day before; the watch of what was closed in July is over. */
  const seenAgain = (version: string | null, lastSeen = "2026-11-20T10:00:00Z") => {
    const lastRelease = version === null ? null : { version, dateCreated: null };
    return new Map([["12", sentryIssue("12", { substatus: "regressed", lastSeen, lastRelease })]]);
  };
  const unwatched = recovered(5, "12", { closedAt: "2026-07-01T00:00:00Z" });
  const releases = [release("shop@1", "2026-06-01T00:00:00Z"), release("shop@2", "2026-11-15T00:00:00Z")];

  it.each([null, "shop@1", "shop@2", "unknown"])(
    "is left to verify-recovery while it is watched, though Sentry says so of release %s",
    async (version) => {
      const { changes, world } = await handle({
        known: [recovered(5, "12")],
        issues: regressed(version),
        releases,
      });
      expect([changes, world.askedOfSentry]).toEqual([[], []]);
    },
  );

  it.each([null, "shop@2"])(
    "is reopened in a new episode by what is seen of release %s after its watch",
    async (version) => {
      const { changes, outputs } = await handle({ known: [unwatched], issues: seenAgain(version), releases });
      expect(outputs.accepted).toEqual([5]);
      expect(changes[0]).toMatchObject({ state: "reopen", phase: "accepted" });
      expect(writtenRecord(changes[0])).toMatchObject({
        episode: 2,
        reason: "it came back after it was closed",
      });
      expect(writtenText(changes[0])).toContain("### Incident is back");
    },
  );

  it.each([
    ["of an older release", seenAgain("shop@1")],
    ["of a release that Sentry does not know", seenAgain("unknown")],
    ["within its watch alone", seenAgain(null, "2026-09-01T00:00:00Z")],
  ])("is not back after its watch by an error %s", async (_, issues) => {
    const { changes } = await handle({ known: [unwatched], issues, releases });
    expect(changes).toEqual([]);
  });

  it("is not back by old clients, however many incidents are asked about, and Sentry calls it ongoing", async () => {
    const ids = ["12", "13", "14", "15"];
    const seen = { lastSeen: "2026-11-20T10:00:00Z", lastRelease: { version: "shop@1", dateCreated: null } };
    const known = ids.map((id) => recovered(Number(id), id, { closedAt: "2026-07-01T00:00:00Z" }));
    const issues = new Map(ids.map((id) => [id, sentryIssue(id, { substatus: "ongoing", ...seen })]));
    expect((await handle({ known, issues, releases })).changes).toEqual([]);
  });

  it.each([
    ["is back by the release of the fix", "2026-06-30T00:00:00Z", [5]],
    ["is not back by a release from before the merge", "2026-06-28T00:00:00Z", []],
  ])("%s, seen after its watch", async (_, created, taken) => {
    const facts = { fix: { kind: "merged", at: Date.parse("2026-06-29T00:00:00Z") } };
    const known = [recovered(5, "12", { closedAt: "2026-07-01T00:00:00Z", numbers: { facts } })];
    const since = { issues: seenAgain("shop@1"), releases: [release("shop@1", created)] };
    expect((await handle({ known, ...since })).outputs.accepted).toEqual(taken);
  });

  it("is not back when the regression is older than its close", async () => {
    const { changes } = await handle({
      known: [closedAs("COMPLETED")],
      issues: regressed("shop@2", "2026-11-09T00:00:00Z"),
      releases,
    });
    expect(changes).toEqual([]);
  });

  it.each([
    ["back by a release newer than the close", "2026-11-15T00:00:00Z", [5]],
    ["not back by a release older than the close", "2026-11-05T00:00:00Z", []],
  ])("is %s, where a person closed it", async (_, at, taken) => {
    const known = [closedAs("COMPLETED")];
    const since = { issues: regressed("shop@2"), releases: [release("shop@2", at)] };
    const { outputs, changes } = await handle({ known, ...since });
    expect([outputs.accepted, changes.length]).toEqual([taken, taken.length]);
  });

  it.each([{}, { source: "sentry" }])("stays closed while a person's fix is open: %j", async (given) => {
    const pull = possibleFix({ title: "Fix SHOP-12 again" });
    const back = { known: [unwatched], issues: seenAgain(null), pulls: [pull] };
    const { changes, outputs } = await handle(back, given);
    expect(reasonsOf(outputs)).toEqual([[5, "fix-in-flight"]]);
    expect(changes).toEqual([]);
  });

  it("stays closed where a person said that it is not to be fixed", async () => {
    const refused = closedAs("NOT_PLANNED");
    const { changes } = await handle({ known: [refused], issues: regressed(null) });
    expect(changes).toEqual([]);
  });

  const reopened = (reopenedBy: Account, { records }: Incident, reopenedAt = "2026-11-19T00:00:00Z") =>
    incident(5, { body: body(12, "SHOP-12"), reopenedAt, reopenedBy }, records);
  const watched = recovered(5, "12", { closedAt: "2026-11-10T00:00:00Z" });
  const BOT = { type: "Bot", id: 39604003, login: "sentry" };

  it("is left to verify-recovery where Sentry's bot reopened its issue within the watch", async () => {
    expect((await handleOne(reopened(BOT, watched))).changes).toEqual([]);
  });

  it.each([
    ["a person reopened its issue", PERSON, watched],
    ["Sentry's bot did after the watch", BOT, unwatched],
    ["Sentry's bot did within the watch, which ended unanswered", BOT, unwatched, "2026-07-20T00:00:00Z"],
  ])("is taken up again where %s", async (_, by, known, at = "2026-11-19T00:00:00Z") => {
    const { changes } = await handleOne(reopened(by, known, at));
    expect(writtenRecord(changes[0])).toMatchObject({ episode: 2, phase: "accepted" });
    expect(changes[0]?.state).toBeUndefined();
  });

  it("is left to verify-recovery while the close of its recovery has not come yet", async () => {
    const { records } = recovered(5, "12");
    const open = incident(5, { body: body(12, "SHOP-12") }, records);
    expect((await handleOne(open)).changes).toEqual([]);
  });
});

describe("similar incidents of the past", () => {
  it("are named with reasons, and their files never outrank the crash", async () => {
    const lesson = {
      signature: "TypeError at srv/lib/old.ts:total",
      cause: "x is undefined",
      files: ["README.md"],
      outcome: "recovered",
      confidence: 0.9,
    };
    const same = { ...lesson, signature: "TypeError at src/cart.ts:total < src/checkout.ts:pay" };
    const near = {
      ...same,
      signature: "TypeError at src/cart.ts:round",
      files: ["src/cart.ts", "src/checkout.ts"],
    };
    const known = [recovered(5, "40", { lesson: same }), recovered(6, "41", { lesson: near })];
    const { changes } = await handleOne(incident(12), { known });
    expect(writtenRecord(changes[0])).toMatchObject({
      similar: [5, 6],
      sameSignature: [5],
      suspectFiles: ["src/cart.ts", "src/checkout.ts", "README.md"],
    });
    expect(writtenText(changes[0])).toContain(
      "- [issue 5](https://github.com/acme/shop/issues/5): `the same signature`",
    );
  });
});

describe("source sentry", () => {
  /** A run that finds these issues in Sentry's list. */
  const handleListed = (ids: string[], parts: Partial<World> = {}, given: Record<string, string> = {}) =>
    handle(
      { issues: new Map(ids.map((id) => [id, sentryIssue(id)])), ...parts },
      { source: "sentry", ...given },
    );

  it("opens an issue for what GitHub does not know, and records it", async () => {
    const { world, outputs, changes } = await handleListed(["12"]);
    expect(world.drafts).toEqual([
      {
        key: "sentry:acme/12",
        title: "TypeError: x is undefined",
        body: "Sentry Issue: [SHOP-12](https://acme.sentry.io/issues/12/)\n\nSentry lists this error of `production` as unresolved. The first comment has the evidence.",
      },
    ]);
    expect(outputs.accepted).toEqual([900]);
    expect(writtenRecord(changes[0])).toMatchObject({ key: "sentry:acme/12", basis: "service" });
  });

  it("opens none for an incident that is known, open or closed", async () => {
    const { world } = await handleListed(["12", "13"], { known: [accepted(5, "12"), recovered(6, "13")] });
    expect(world.drafts).toEqual([]);
  });

  it("hands on again what an earlier run accepted and nobody served", async () => {
    const { outputs, changes } = await handleListed(["12"], {
      known: [accepted(5, "12"), accepted(6, "13", {}, { phase: "working" })],
    });
    expect(outputs.accepted).toEqual([5]);
    expect(changes.flatMap(({ records }) => records)).toEqual([]);
  });

  it("stands down where a person began to fix what was accepted", async () => {
    const pull = possibleFix({ closes: [5] });
    const { outputs, changes } = await handleListed(["12"], { known: [accepted(5, "12")], pulls: [pull] });
    expect(reasonsOf(outputs)).toEqual([[5, "fix-in-flight"]]);
    expect(writtenRecord(changes[0]).standDown).toBe(pull.url);
  });

  it("asks Sentry nothing more about incidents that only the index remembers, and gives what is new their room", async () => {
    const { world, outputs } = await handleListed(
      ["12", "13", "14"],
      {
        indexed: ["sentry:acme/13", "sentry:acme/14"],
        opened: ({ key }) => ({ key, state: "opened", incident: makeIncident(900) }),
      },
      { limit: "1" },
    );
    expect(world.askedOfSentry).toEqual(["12"]);
    expect(world.drafts.map(({ key }) => key)).toEqual(["sentry:acme/12"]);
    expect(outputs.accepted).toEqual([900]);
  });

  it.each([
    ["passes over what another run opened and recorded meanwhile", recovered(5, "12"), []],
    ["finishes an issue that an earlier run opened and did not record", makeIncident(77), [77]],
  ])("%s", async (_, known, taken) => {
    const { outputs } = await handleListed(["12"], {
      opened: ({ key }) => ({ key, state: "known", incident: known }),
    });
    expect(outputs.accepted).toEqual(taken);
  });

  it("leaves to the other run what that one is opening", async () => {
    const { outputs, outcome } = await handleListed(["12"], {
      opened: ({ key }) => ({ key, state: "held", message: "another run is opening it" }),
    });
    expect(outputs.accepted).toEqual([]);
    expect(outcome.lines).toContainEqual({
      level: "warning",
      text: "sentry:acme/12: another run is opening it",
    });
  });

  it("needs a token", async () => {
    await expect(handle({}, { source: "sentry", ...TEXT_ONLY })).rejects.toThrow(
      "`source: sentry` needs `sentry-token`",
    );
  });
});

describe("a run that must not write", () => {
  it.each([{ "dry-run": "true" }, { stop: "stop" }])("says what it would do with %j", async (given) => {
    const { world, outputs, outcome } = await handleOne(incident(12), {}, given);
    expect(world.changes).toEqual([]);
    expect(outputs.accepted).toEqual([]);
    expect(outcome.lines.map((line) => line.text).join("\n")).toContain("#12 would be accepted");
  });

  it("asks for nothing where `issues` is empty", async () => {
    const { world, outputs, outcome } = await handle({ incidents: [incident(12)] }, { issues: "" });
    expect(world.asked).toEqual([]);
    expect(outputs.count).toBe(0);
    expect(outcome.lines).toHaveLength(1);
  });
});
