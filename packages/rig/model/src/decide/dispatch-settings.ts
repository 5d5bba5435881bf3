import type { DispatchSettings } from "@patchpilot/action-dispatch/facts";
import { dispatchRunId, millis, TICK } from "../github/facts.ts";
import type { Config } from "./config.ts";

/** The settings of a run of dispatch, in which a control has limits that are none. @param now in ticks */
export function makeDispatchSettings(config: Config, now: number, run: number): DispatchSettings {
  const { without, maxAttempts, maxCiRepairs, caps, approval } = config;
  return {
    now: millis(now),
    run: dispatchRunId(run),
    runAttempt: 1,
    maxAttempts: without === "attempts-without-end" ? 99 : maxAttempts,
    leaseMs: TICK,
    startMs: without === "no-time-for-old-lists" ? -1 : TICK,
    attemptMs: 2 * TICK,
    minSeverity: "medium",
    minConfidence: 0.75,
    autonomy: "draft-pr",
    allow: ["close", "retry", "escalate"],
    approval: approval ?? "none",
    redispatch: false,
    spend: {
      reserve: caps === undefined ? {} : { usd: caps.perAttempt },
      caps: caps === undefined ? [] : [{ currency: "usd", scope: "month", most: caps.perMonth }],
      prices: { models: new Map() },
    },
    maxCiRepairs: without === "repairs-without-end" ? 99 : maxCiRepairs,
  };
}
