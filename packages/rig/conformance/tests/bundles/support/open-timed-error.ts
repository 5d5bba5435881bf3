import { HOUR, MINUTE } from "@patchpilot/time";
import { acceptCrash, findHead, type LiveApp, mergeFixes, openLiveApp } from "../../../worlds/live-app.ts";
import { openVerifyBundle, type VerifyBundle } from "./open-verify-bundle.ts";

/** How often something happens, by the hour. */
export type HourlyRate = (at: number) => number;

/** An app with an error whose time matters, beside one that occurs all the time. */
export type TimedApp = {
  readonly app: LiveApp;
  /** Lets time go by until an instant, with the error at this rate. */
  readonly goOn: (until: string, errors: HourlyRate) => void;
  /** Deploys what is live once more. */
  readonly restart: () => void;
  /** Makes the error an incident, and deploys a fix. */
  readonly deployFix: () => void;
  /** What the bundle decides now. */
  readonly look: () => Promise<Awaited<ReturnType<VerifyBundle["verify"]>>["decision"]>;
  readonly close: () => Promise<void>;
};

/** Opens it on a Saturday at nine, 2026-11-21, with the release of that instant. */
export function openTimedError(sessions: HourlyRate = () => 120): TimedApp {
  const app = openLiveApp({ days: 1, teller: "github" });
  const { test, sentry } = app;
  let release = findHead(app);
  let bundle: VerifyBundle | undefined;
  const raise = (from: number, until: number, perHour: number) => {
    const instants: number[] = [];
    for (let at = from + MINUTE; perHour > 0 && at < until; at += HOUR / perHour) instants.push(at);
    if (instants.length > 0) sentry.recordEvent({ event: TIMED, release, instants });
  };
  return {
    app,
    goOn: (until, errors) => {
      while (test.clock.now() < Date.parse(until)) {
        const from = test.clock.now();
        const to = Math.min(Date.parse(until), from + HOUR);
        app.goOn((to - from) / HOUR, { sessions: sessions(from), crashEvery: 20 });
        raise(from, to, errors(from));
      }
    },
    restart: () => app.deploy(release),
    deployFix: () => {
      const issue = acceptCrash(app, "SHOP-2");
      app.pass(1);
      release = mergeFixes(app, [issue]);
      app.deploy(release);
    },
    look: async () => {
      bundle ??= await openVerifyBundle(app);
      return (await bundle.verify()).decision;
    },
    close: async () => bundle?.close(),
  };
}

const TIMED = {
  exception: {
    values: [
      {
        type: "RangeError",
        value: "no such day",
        mechanism: { type: "generic", handled: false },
        stacktrace: { frames: [{ filename: "src/days.ts", function: "pickDay", lineno: 4, in_app: true }] },
      },
    ],
  },
};
