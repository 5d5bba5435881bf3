import { createHttp } from "@patchpilot/http";
import { connectPostHog, type FrequentEvent, isPostHogRead } from "@patchpilot/posthog";
import { type Answer, openAsking } from "../asking.ts";
import type { Check } from "../check.ts";
import { BUDGET, type CheckWires } from "../wires.ts";
import { judgePostHog, judgePostHogSettings, type PostHogSettings } from "./judge-posthog.ts";

const MONTH = 30 * 86_400_000;

/** Asks PostHog for the events of the last 30 days, in one query. */
export async function checkPostHog(
  settings: PostHogSettings,
  now: Date,
  wires: CheckWires,
): Promise<readonly Check[]> {
  const { apiKey, projectId } = settings;
  const absent = judgePostHogSettings(settings);
  if (absent !== undefined || !apiKey || !projectId) return absent === undefined ? [] : [absent];
  const events = await readEvents({ ...settings, apiKey, projectId }, now, wires);
  return judgePostHog(settings, events);
}

function readEvents(
  { host, apiKey, projectId }: { readonly host: string; readonly apiKey: string; readonly projectId: string },
  now: Date,
  wires: CheckWires,
): Promise<Answer<readonly FrequentEvent[]>> {
  const { fetch, ask } = openAsking(wires.fetch);
  const limits = { isRead: isPostHogRead, retries: 1, budget: BUDGET };
  const http = createHttp({ name: "PostHog", ...limits, ...wires, fetch });
  const time = wires.time ? { time: wires.time } : {};
  const posthog = connectPostHog({ host, projectId, apiKey, http, ...time });
  return ask(() => posthog.frequentEvents({ from: new Date(now.getTime() - MONTH), to: now }));
}
