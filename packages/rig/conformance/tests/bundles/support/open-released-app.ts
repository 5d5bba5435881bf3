import { DAY, HOUR } from "@patchpilot/time";
import { acceptCrash, findHead, type LiveApp, mergeFixes, openLiveApp } from "../../../worlds/live-app.ts";
import { live } from "../../../worlds/providers.ts";
import { openVerifyBundle, type VerifyBundle } from "./open-verify-bundle.ts";

/** What one release does in production. */
export type Part = {
  readonly release: string;
  /** Sessions an hour; default 0. */
  readonly sessions?: number;
  /** Minutes between two crashes; absent: none. */
  readonly crashEvery?: number;
};

/** An app whose releases crash or do not, seen through the bundle. */
export type ReleasedApp = VerifyBundle & {
  readonly app: LiveApp;
  readonly issue: number;
  /** The commit that was live before, and the one with the fix. */
  readonly old: string;
  readonly fix: string;
  /** Lets hours go by in which these releases are in use. */
  readonly pass: (hours: number, ...parts: readonly Part[]) => void;
  /** The same, and then a look. */
  readonly look: (hours: number, ...parts: readonly Part[]) => Promise<string>;
};

const DAYS = 7;

/** An incident of a crash that came every ten minutes for a week, with a fix that is merged now. */
export async function openReleasedApp(
  before: (old: string) => readonly Part[] = (old) => [{ release: old, sessions: 240, crashEvery: 10 }],
): Promise<ReleasedApp> {
  const app = openLiveApp({ days: 0, teller: "github" });
  const { sentry, test } = app;
  const happen = (from: number, until: number, parts: readonly Part[]): void => {
    for (const { sessions = 0, ...part } of parts) live(sentry, { from, until, sessions, ...part });
  };
  const now = test.clock.now();
  const old = findHead(app);
  happen(now - DAYS * DAY, now, before(old));
  const issue = acceptCrash(app, "SHOP-1");
  app.pass(1);
  const fix = mergeFixes(app, [issue]);
  const bundle = await openVerifyBundle(app);
  const pass: ReleasedApp["pass"] = (hours, ...parts) => {
    const from = test.clock.now();
    happen(from, from + hours * HOUR, parts);
    test.clock.set(from + hours * HOUR);
  };
  const look: ReleasedApp["look"] = async (hours, ...parts) => {
    pass(hours, ...parts);
    return bundle.decide();
  };
  return { ...bundle, app, issue, old, fix, pass, look };
}
