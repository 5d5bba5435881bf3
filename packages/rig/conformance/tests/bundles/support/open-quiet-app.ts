import type { SdkEvent, SentrySimulator } from "@patchpilot/simulators";
import { DAY, HOUR, MINUTE } from "@patchpilot/time";
import { findHead, type LiveApp, mergeFixes, openLiveApp } from "../../../worlds/live-app.ts";
import { addIncident } from "../../../worlds/world.ts";
import { openVerifyBundle, type VerifyBundle } from "./open-verify-bundle.ts";

/** How one crash differs from another; by default there is no price in `src/price.ts`. */
export type Crash = {
  readonly type?: string;
  readonly value?: string;
  readonly file?: string;
  readonly called?: string;
  readonly transaction?: string;
  /** Crashes of one fingerprint are one issue. */
  readonly fingerprint?: string;
};

/** Minutes from one event to the next, and to the first. */
type Happened = { readonly every: number; readonly after?: number };

/** How often something crashes. */
export type Crashes = Happened & { readonly environment?: string };

/** Requests of one transaction; of `monitor` where that is who asks. */
export type Requests = Happened & {
  readonly transaction: string;
  readonly count?: number;
  readonly sampleRate?: number;
  readonly monitor?: string;
};

/** Hours that go by after the deploy before anybody looks. */
const AFTER = 8;
const DAYS = 3;

/** A stretch of time in which one release is live. */
type Span = { readonly from: number; readonly until: number; readonly release: string };

export type QuietApp = {
  readonly app: LiveApp;
  /** What else happens before the deploy, and since. */
  readonly before: Hands;
  readonly since: Hands;
  /** Eight hours go by with so many sessions an hour. @returns what is decided then */
  readonly look: (sessions?: number) => Promise<Awaited<ReturnType<VerifyBundle["verify"]>>["decision"]>;
  readonly close: () => Promise<void>;
};

type Hands = {
  readonly crash: (other: Crash, crashes: Crashes) => void;
  readonly request: (requests: Requests) => void;
};

/** An incident that occurred every ten minutes for three days; its fix is live, and it is quiet since. */
export function openQuietApp(...own: readonly Crash[]): QuietApp {
  const app = openLiveApp({ days: DAYS, teller: "github" });
  const until = app.test.clock.now();
  const live = { from: until - DAYS * DAY, until, release: findHead(app) };
  const before = openHands(app.sentry, live);
  own.forEach((crash, index) => {
    before.crash({ fingerprint: "own", ...crash }, { every: 10 * own.length, after: 10 * index });
  });
  const issue = addOwnIncident(app, live.from);
  app.pass(1);
  const fix = mergeFixes(app, [issue]);
  app.deploy(fix);
  const from = app.test.clock.now() + MINUTE;
  let bundle: VerifyBundle | undefined;
  return {
    app,
    before,
    since: openHands(app.sentry, { from, until: from + AFTER * HOUR, release: fix }),
    look: async (sessions = 120) => {
      app.goOn(AFTER, { sessions });
      bundle = await openVerifyBundle(app);
      return (await bundle.verify()).decision;
    },
    close: async () => bundle?.close(),
  };
}

function addOwnIncident(app: LiveApp, began: number): number {
  const { id, shortId, projectId } = app.sentry.issue("SHOP-2");
  const sentry = { organization: "acme", issueId: id, shortId, project: "shop", projectId };
  return addIncident(app.test, { firstSeen: new Date(began).toISOString(), sentry });
}

function openHands(sentry: SentrySimulator, { from, until, release }: Span): Hands {
  const list = ({ every, after = 0 }: Happened): number[] => {
    const instants: number[] = [];
    for (let at = from + after * MINUTE; at < until; at += every * MINUTE) instants.push(at);
    return instants;
  };
  return {
    crash: (other, { environment, ...happened }) => {
      const place = environment === undefined ? {} : { environment };
      sentry.recordEvent({ event: makeEvent(other), release, instants: list(happened), ...place });
    },
    request: ({ transaction, count = 1, sampleRate = 1, monitor, ...happened }) => {
      const attributes = { "user_agent.original": monitor ?? "Mozilla/5.0" };
      for (const at of list(happened))
        sentry.recordTransactions({ release, at, count, transaction, sampleRate, attributes });
    },
  };
}

function makeEvent(crash: Crash): SdkEvent {
  const { type = "TypeError", value = "no price", file = "src/price.ts", called = "price" } = crash;
  const frames = [{ filename: file, function: called, lineno: 3, in_app: true }];
  const mechanism = { type: "generic", handled: false };
  return {
    exception: { values: [{ type, value, mechanism, stacktrace: { frames } }] },
    ...(crash.transaction ? { transaction: crash.transaction } : {}),
    ...(crash.fingerprint ? { fingerprint: [crash.fingerprint] } : {}),
  };
}
