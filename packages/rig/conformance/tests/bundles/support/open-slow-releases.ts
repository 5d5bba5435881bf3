import { DAY, HOUR } from "@patchpilot/time";
import { findHead, mergeFixes, openLiveApp } from "../../../worlds/live-app.ts";
import { recordHours, type ServedHours, slowness } from "../../../worlds/slow-app.ts";
import { addIncident } from "../../../worlds/world.ts";
import type { ReleasedApp } from "./open-released-app.ts";
import { openVerifyBundle, type VerifyBundle } from "./open-verify-bundle.ts";

/** How one release serves an operation; by default the slow one. */
export type Serving = Omit<ServedHours, "from" | "hours" | "transaction"> &
  Partial<Pick<ServedHours, "transaction">>;

/** An app with a slow operation whose releases are fast or slow, seen through the bundle. */
export type SlowReleases = VerifyBundle &
  Pick<ReleasedApp, "app" | "issue" | "old" | "fix"> & {
    /** Lets hours go by in which these serve. */
    readonly serve: (hours: number, ...parts: readonly Serving[]) => void;
    /** The same, and then a look. @returns decision, verdict and reason */
    readonly look: (hours: number, ...parts: readonly Serving[]) => Promise<string>;
  };

const CART = "GET /cart";
const DAYS = 9;

/** `GET /cart` was fast for nine days and is three times slower for one; its fix is merged, and deployed unless said otherwise. */
export async function openSlowReleases(
  name: (sha: string) => string | undefined = (sha) => sha,
  { isDeployed = true, beside = [] }: { isDeployed?: boolean; beside?: readonly Serving[] } = {},
): Promise<SlowReleases> {
  const app = openLiveApp({ days: 0, teller: "github" });
  const { clock } = app.test;
  const happen = (from: number, hours: number, parts: readonly Serving[]) => {
    for (const part of parts) recordHours(app, { transaction: CART, from, hours, ...part });
  };
  const old = findHead(app);
  const release = name(old);
  const before = (factor: number) => ({ requests: 50, factor, ...(release ? { release } : {}) });
  const now = clock.now();
  happen(now - (DAYS + 1) * DAY, DAYS * 24, [before(1), ...beside]);
  happen(now - DAY, 24, [before(3), ...beside]);
  const issue = addIncident(app.test, slowness(CART, now));
  app.pass(1);
  const fix = mergeFixes(app, [issue]);
  if (isDeployed) app.deploy(fix);
  const bundle = await openVerifyBundle(app);
  const serve: SlowReleases["serve"] = (hours, ...parts) => {
    const from = clock.now();
    happen(from, hours, parts);
    clock.set(from + hours * HOUR);
  };
  const look: SlowReleases["look"] = async (hours, ...parts) => {
    serve(hours, ...parts);
    return bundle.decide();
  };
  return { ...bundle, app, issue, old, fix, serve, look };
}
