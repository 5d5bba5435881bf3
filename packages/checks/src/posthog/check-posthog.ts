import { openPostHog } from "@patchpilot/connections";
import { DAY } from "@patchpilot/time";
import { openAsking } from "../asking.ts";
import type { Check } from "../check.ts";
import { BUDGET, type CheckWires } from "../wires.ts";
import { judgePostHog, judgePostHogSettings, type PostHogSettings } from "./judge-posthog.ts";

/** Asks PostHog for the events of the last 30 days, in one query. */
export async function checkPostHog(
  settings: PostHogSettings,
  now: Date,
  wires: CheckWires,
): Promise<readonly Check[]> {
  const absent = judgePostHogSettings(settings);
  if (absent !== undefined) return [absent];
  const { fetch, ask } = openAsking(wires.fetch);
  const posthog = openPostHog(settings, { retries: 1, budget: BUDGET, ...wires, fetch });
  if (posthog === undefined) return [];
  const month = { from: new Date(now.getTime() - 30 * DAY), to: now };
  return judgePostHog(settings, await ask(() => posthog.frequentEvents(month)));
}
