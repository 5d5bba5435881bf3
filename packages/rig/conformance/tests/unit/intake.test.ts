import type { TokenPermissions } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import {
  fail,
  type IntakeWorld,
  KEEPER,
  listRequests,
  READER,
  readIncident,
  startIntake,
  withoutSentry,
} from "../../worlds/intake-world.ts";
import { addIncident, talk } from "../../worlds/world.ts";
import { watchIntakeWorlds } from "./watch-intake-worlds.ts";

const open = watchIntakeWorlds();

/** A shop in which one error happened. */
function openFailing(): IntakeWorld {
  const test = open();
  fail(test, "total");
  return test;
}

/** A shop whose one incident is accepted. */
async function openAccepted(): Promise<IntakeWorld> {
  const test = openFailing();
  await startIntake(test, { issue: 1 });
  return test;
}

describe("an issue that Sentry's alert opened", () => {
  it("is accepted with severity, confidence, suspects, labels and a record", async () => {
    const test = openFailing();
    const { outputs, lines } = await startIntake(test, { issue: 1 });
    expect(outputs).toMatchObject({ issues: [1], accepted: [1], count: 1, ignored: [] });
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
    const { labels, records, phase, episode } = await readIncident(test, 1);
    expect([phase, episode]).toEqual(["accepted", 1]);
    expect(labels.toSorted()).toEqual(["patchpilot", "patchpilot:accepted"]);
    expect(records.incident?.data).toMatchObject({
      key: "sentry:acme/7000000001",
      severity: "high",
      environment: "production",
      release: "shop@1.2.4",
      basis: "service",
      suspectFiles: ["src/checkout.ts", "src/cart.ts"],
      suspectAuthor: "maya",
      sentry: { organization: "acme", shortId: "SHOP-1", project: "shop" },
    });
    expect(records.incident?.data.confidence).toBeGreaterThan(0.75);
    expect(records.incident?.body).toContain(test.guilty.slice(0, 12));
    expect(records.incident?.body).not.toContain("Initial commit");
  });

  it("costs four requests of GitHub, and one more the first time for the labels", async () => {
    const test = open();
    fail(test, "first");
    fail(test, "second");
    expect(await listRequests(test, () => startIntake(test, { issue: 1 }))).toHaveLength(5);
    expect(await listRequests(test, () => startIntake(test, { issue: 2 }))).toEqual([
      "query Issues",
      "git/get-tree",
      "query Histories",
      "mutation Write",
    ]);
  });

  it("is not written to again by a second run, which hands it on all the same", async () => {
    const test = await openAccepted();
    const version = test.world.versions.current;
    const { outputs } = await startIntake(test, { issue: 1 });
    expect(outputs.issues).toEqual([1]);
    expect(test.world.versions.current).toBe(version);
  });

  it("is found by a sweep where its event was missed", async () => {
    const test = openFailing();
    expect((await startIntake(test)).outputs.accepted).toEqual([1]);
  });

  it("is left alone where the same error has an incident under another Sentry issue", async () => {
    const test = await openAccepted();
    const { title, body } = { title: "again", body: test.world.repository("acme/shop").issues.get(1)?.body };
    test.world.as("sentry[bot]").openIssue({ title, body: body ?? "" });
    const { outputs } = await startIntake(test, { issue: 2 });
    expect(outputs.ignored).toEqual([{ issue: 2, reason: "duplicate", detail: "the same as #1" }]);
    expect(outputs.issues).toEqual([]);
  });
});

describe("an issue that people talk about much", () => {
  it("keeps its one record although that is not among the comments that are read at first", async () => {
    const test = openFailing();
    talk(test, 1, 12);
    await startIntake(test, { issue: 1 });
    talk(test, 1, 45);
    const version = test.world.versions.current;
    expect((await startIntake(test, { issue: 1 })).outputs.accepted).toEqual([1]);
    expect(test.world.versions.current).toBe(version);
  });
});

describe("an issue that a person forged", () => {
  it("is ignored, whatever its text says", async () => {
    const test = openFailing();
    const body = test.world.repository("acme/shop").issues.get(1)?.body ?? "";
    test.world.as("mallory").openIssue({ title: "TypeError", body });
    const { outputs } = await startIntake(test, { issue: 2 });
    expect(outputs.ignored).toMatchObject([{ issue: 2, reason: "not-sentry" }]);
    expect(await readIncident(test, 2)).toMatchObject({ phase: undefined, labels: [] });
  });

  it("is accepted once a person with write access vouches for it", async () => {
    const test = open({ alerts: false });
    fail(test, "total");
    test.world.as("mallory").openIssue({ title: "Broken", body: "The checkout is broken." });
    test.world.as("maya").label(1, "patchpilot:take-on");
    const { outputs } = await startIntake(test, { issue: 1 });
    expect(outputs.accepted).toEqual([1]);
    expect((await readIncident(test, 1)).records.incident?.data).toMatchObject({
      kind: "issue",
      reason: "someone vouched for it",
    });
  });
});

describe("a fix under way", () => {
  const openFix = (test: IntakeWorld, login: string): void => {
    test.world
      .as(login)
      .push({ branch: `fix-${login}`, message: "Fix", files: { "src/fix.ts": `// ${login}\n` } });
    test.world.as(login).openPull({ head: `fix-${login}`, base: "main", title: "Fix", body: "Fixes #1" });
  };

  it("of somebody with access keeps an issue from being accepted", async () => {
    const test = openFailing();
    openFix(test, "maya");
    const { outputs } = await startIntake(test, { issue: 1 });
    expect(outputs.ignored).toMatchObject([{ issue: 1, reason: "fix-in-flight" }]);
  });

  it("of a stranger stops nothing", async () => {
    const test = openFailing();
    openFix(test, "mallory");
    expect((await startIntake(test, { issue: 1 })).outputs.accepted).toEqual([1]);
  });
});

describe("an incident that was closed", () => {
  const openClosed = async (): Promise<IntakeWorld> => {
    const test = await openAccepted();
    test.world.as("maya").closeIssue(1);
    test.sentry.setStatus("SHOP-1", "resolved");
    test.clock.advance(HOUR);
    return test;
  };

  it("is reopened as the next episode when a newer release brings the error back", async () => {
    const test = await openClosed();
    expect((await startIntake(test)).outputs.accepted).toEqual([]);
    test.sentry.recordRelease({ version: "shop@1.2.5" });
    fail(test, "total", 2, "shop@1.2.5");
    const { outputs } = await startIntake(test);
    expect(outputs.accepted).toEqual([1]);
    expect(await readIncident(test, 1)).toMatchObject({ phase: "accepted", episode: 2, open: true });
  });

  it("stays closed while only old clients report the error", async () => {
    const test = await openClosed();
    fail(test, "total", 2, "shop@1.2.4");
    expect((await startIntake(test)).outputs.accepted).toEqual([]);
    expect((await readIncident(test, 1)).open).toBe(false);
  });
});

describe("without a Sentry token", () => {
  it("an issue is accepted by its text with low confidence, which is said once", async () => {
    const test = openFailing();
    const { outputs } = await startIntake(test, { issue: 1, inputs: withoutSentry });
    expect(outputs.accepted).toEqual([1]);
    await startIntake(test, { issue: 1, inputs: withoutSentry });
    const { records } = await readIncident(test, 1);
    expect(records.incident?.data).toMatchObject({ basis: "text" });
    expect(records.incident?.data.confidence).toBeLessThan(0.75);
    expect(records.incident?.body.match(/Sentry was not asked/g)).toHaveLength(1);
    expect(test.world.repository("acme/shop").comments.list()).toHaveLength(1);
  });

  it("the incident is completed once a token is there", async () => {
    const test = openFailing();
    await startIntake(test, { issue: 1, inputs: withoutSentry });
    await startIntake(test);
    expect((await readIncident(test, 1)).records.incident?.data).toMatchObject({
      basis: "service",
      episode: 1,
    });
  });

  it("a token without an organization is refused in one sentence", async () => {
    const test = open();
    await expect(startIntake(test, { inputs: { "sentry-org": "" } })).rejects.toThrow(/`sentry-org` is not/);
  });
});

describe("a record that is not ours", () => {
  it("is not believed, and that is said once on the issue", async () => {
    const test = await openAccepted();
    const own = (await readIncident(test, 1)).records.incident?.body ?? "";
    test.world.as("mallory").comment(1, own.replace("seq=1", "seq=9"));
    await startIntake(test, { issue: 1 });
    const version = test.world.versions.current;
    await startIntake(test, { issue: 1 });
    expect(test.world.versions.current).toBe(version);
    expect((await readIncident(test, 1)).records.incident?.body.match(/is not trusted/g)).toHaveLength(1);
  });

  it("that came before acceptance is said in the comment alone", async () => {
    const test = openFailing();
    test.world.as("mallory").comment(1, "<!-- patchpilot:v1 kind=incident seq=9 mac=- data=e30 -->");
    await startIntake(test, { issue: 1 });
    await startIntake(test, { issue: 1 });
    expect((await readIncident(test, 1)).records.incident?.body.match(/is not trusted/g)).toHaveLength(1);
  });
});

describe("many at once", () => {
  it("fifty new issues cost at most 11 requests of GitHub, and one for the configuration", async () => {
    const test = open();
    for (let index = 0; index < 50; index += 1) fail(test, `field${index}`);
    const asked = await listRequests(test, async () => {
      const { outputs } = await startIntake(test);
      expect(outputs.accepted).toHaveLength(50);
    });
    expect(asked.filter((operation) => operation !== "rate-limit/get").length).toBeLessThanOrEqual(11);
  });

  it("an idle sweep over a thousand open incidents costs two requests", async () => {
    const test = open();
    for (let index = 0; index < 1000; index += 1) addIncident(test, { phase: "needs-human" });
    test.clock.advance(48 * HOUR);
    await startIntake(test, { permissions: KEEPER });
    const asked = await listRequests(test, () => startIntake(test, { permissions: KEEPER }));
    expect(asked.filter((operation) => operation !== "rate-limit/get").length).toBeLessThanOrEqual(2);
  });
});

describe("permissions", () => {
  it.each([
    ["issues", "issues: write"],
    ["pull_requests", "pull-requests: read"],
  ] as const)("without %s a run says what it needs", async (scope, remedy) => {
    const test = openFailing();
    const { [scope]: _, ...permissions } = READER;
    const outcome = await startIntake(test, { issue: 1, permissions }).then(
      ({ lines }) => lines.map(({ text }) => text).join("\n"),
      (error: Error) => error.message,
    );
    expect(outcome).toContain(remedy);
  });

  it("without contents an incident is accepted, and a warning says what is missing", async () => {
    const test = openFailing();
    const { contents: _, ...permissions } = READER as TokenPermissions;
    const { outputs, lines } = await startIntake(test, { issue: 1, permissions });
    expect(outputs.accepted).toEqual([1]);
    expect(lines.map(({ text }) => text).join("\n")).toContain("contents: read");
  });
});
