import { MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { type FailingApp, findHead, openFailingApp, stateAndPhase } from "../../worlds/live-app.ts";
import type { Life } from "../../worlds/providers.ts";
import { dispatch, intake } from "../../worlds/run-actions.ts";

type Closed = {
  readonly app: FailingApp;
  /** The release in which it crashed. */
  readonly old: string;
  readonly fixed: string;
  /** What the run said that closed it. */
  readonly said: readonly string[];
};

type Closing = {
  readonly allow?: string;
  /** Before the close. */
  readonly prepare?: (app: FailingApp) => void;
  /** Every build calls itself by this one release, which says nothing of commits. */
  readonly onlyRelease?: string;
};

/** An incident that has just been closed. */
async function openClosed({
  allow = "close,retry,escalate",
  prepare,
  onlyRelease,
}: Closing = {}): Promise<Closed> {
  const app = openFailingApp();
  const old = findHead(app);
  const fixed = await app.repair();
  const life = onlyRelease === undefined ? {} : { release: onlyRelease };
  if (onlyRelease !== undefined) app.goOn(1, life);
  app.deploy(fixed);
  app.goOn(6, life);
  prepare?.(app);
  const { lines } = await app.verify({ inputs: { allow } });
  expect(stateAndPhase(app)).toEqual(["closed", "recovered"]);
  app.goOn(2, life);
  return { app, old, fixed, said: lines.map(({ text }) => text) };
}

const RESOLVING = { allow: "close,retry,escalate,resolve" };

/** One crash of somebody who has had the page open for long. */
function crashOnce(
  { sentry, test: { clock }, live }: FailingApp,
  client: Pick<Life, "release" | "environment">,
) {
  const at = clock.now();
  live({ from: at - MINUTE, until: at, sessions: 0, crashEvery: 1, ...client });
  expect(sentry.issues()).toHaveLength(1);
}

const readStatus = ({ sentry }: FailingApp) => sentry.issues()[0]?.status;

/** What intake takes up again, what dispatch sends, and where the incident is then. */
async function takeUp(app: FailingApp) {
  const taken = await intake(app.test, { runId: "late", inputs: app.sentryInputs });
  const sent = await dispatch(app.test, { runId: "sent" });
  return [taken.outputs.accepted, sent.outputs.dispatched, ...stateAndPhase(app)];
}

function breakAgain(app: FailingApp): void {
  const files = { "src/a.ts": "//\n" };
  app.test.world.as("maya").push({ branch: "main", message: "Break it again", files });
  app.deploy(findHead(app));
}

const NOTHING_HAPPENED = [[], [], "closed", "recovered"];

describe("a late event of an old client", () => {
  test("is no regression in Sentry, which resolved the issue in the release with the fix", async () => {
    const { app, old, fixed, said } = await openClosed(RESOLVING);
    expect(said).toContain(`#${app.issue} is resolved in Sentry in release ${fixed}.`);
    crashOnce(app, { release: old });
    expect(readStatus(app)).toBe("resolved");
    expect(await takeUp(app)).toEqual(NOTHING_HAPPENED);
  });

  test.each<[string, (closed: Closed) => Parameters<typeof crashOnce>[1]]>([
    ["of the old release", ({ old }) => ({ release: old })],
    ["of the release with the fix", ({ fixed }) => ({ release: fixed })],
    ["of a release that Sentry has never seen", () => ({ release: "shop@0.1" })],
    ["of no release", () => ({ release: null })],
    ["of another environment", ({ old }) => ({ release: old, environment: "preview" })],
  ])("%s reopens nothing, though Sentry calls it a regression", async (_, nameClient) => {
    const closed = await openClosed();
    closed.app.sentry.setStatus("SHOP-1", "resolved");
    crashOnce(closed.app, nameClient(closed));
    expect(readStatus(closed.app)).toBe("unresolved");
    expect(await takeUp(closed.app)).toEqual(NOTHING_HAPPENED);
  });

  test("reopens nothing where the issue was never resolved in Sentry", async () => {
    const { app, old } = await openClosed();
    crashOnce(app, { release: old });
    expect(await takeUp(app)).toEqual(NOTHING_HAPPENED);
  });
});

test.each([
  ["before the first look", 0],
  ["after the last one", 10],
])(
  "an issue that Sentry's bot reopens for it %s orders nothing, and is closed once found away",
  async (_, days) => {
    const { app, old } = await openClosed();
    app.goOn(24 * days);
    await app.verify();
    crashOnce(app, { release: old });
    app.test.world.as("sentry[bot]").reopenIssue(app.issue);
    expect(await takeUp(app)).toEqual([[], [], "open", "recovered"]);
    app.goOn(24);
    await app.verify();
    expect(stateAndPhase(app)).toEqual(["closed", "recovered"]);
  },
);

describe("resolving in Sentry", () => {
  test.each(["ignored", "resolved"] as const)("leaves alone what a person %s", async (status) => {
    const prepare = ({ sentry }: FailingApp) => sentry.setStatus("SHOP-1", status);
    const { app } = await openClosed({ ...RESOLVING, prepare });
    expect(readStatus(app)).toBe(status);
    expect(app.sentry.requests.filter(({ operation }) => operation.startsWith("PUT"))).toEqual([]);
  });

  test("is left out, with the remedy, where no release is sure to hold the fix", async () => {
    const { app, said } = await openClosed({ ...RESOLVING, onlyRelease: "stable" });
    expect(readStatus(app)).toBe("unresolved");
    expect(said.join()).toContain("`sentry-cli releases set-commits --auto`");
  });
});

test("a real relapse in a newer release comes back, and the next attempt is sent", async () => {
  const { app } = await openClosed(RESOLVING);
  breakAgain(app);
  app.goOn(25, { crashEvery: 20 });
  await app.verify();
  expect(stateAndPhase(app)).toEqual(["open", "accepted"]);
  const { outputs } = await dispatch(app.test, { runId: "again" });
  expect(outputs.dispatched).toMatchObject([{ issue: app.issue, attempt: 2 }]);
});

test("a relapse after the watch comes back, though a bot had reopened the issue late in it", async () => {
  const { app, old } = await openClosed();
  for (const days of [8, 72]) {
    app.goOn(24 * days);
    await app.verify();
  }
  crashOnce(app, { release: old });
  app.test.world.as("sentry[bot]").reopenIssue(app.issue);
  await app.verify();
  expect(stateAndPhase(app)).toEqual(["closed", "recovered"]);
  app.goOn(24 * 20);
  breakAgain(app);
  app.goOn(2, { crashEvery: 20 });
  expect(await takeUp(app)).toMatchObject([[app.issue], [{ attempt: 2 }], "open", "working"]);
});
