import type { FrequentEvent } from "@patchpilot/posthog";
import { type Answer, judgeRefusal, type Refused } from "../asking.ts";
import { attention, type Check, type CheckSubject, fine, missing, off } from "../check.ts";
import { listNames } from "../words.ts";

export type PostHogSettings = {
  readonly "posthog-api-key"?: string | undefined;
  readonly "posthog-host": string;
  readonly "posthog-project-id"?: string | undefined;
  readonly events: readonly string[];
};

const ACCESS: CheckSubject = {
  name: "PostHog",
  settings: ["posthog-api-key", "posthog-project-id", "posthog-host"],
};
const EVENTS: CheckSubject = { name: "PostHog events", settings: ["events"] };

/** What keeps PostHog from being asked; undefined: it can be asked. */
export function judgePostHogSettings(settings: PostHogSettings): Check | undefined {
  const { "posthog-api-key": apiKey, "posthog-project-id": projectId, events } = settings;
  if (!apiKey && !projectId && events.length === 0)
    return off(ACCESS, "Not set up: product impact is not counted.");
  if (!apiKey)
    return missing(
      { ...ACCESS, settings: ["posthog-api-key"] },
      "No API key is set.",
      "Make a personal API key (phx_…) with the scope query:read, or remove the other PostHog variables.",
    );
  if (!projectId)
    return missing(
      { ...ACCESS, settings: ["posthog-project-id"] },
      "No project is set.",
      "Set the number that PostHog shows under Settings > Project.",
    );
  return undefined;
}

/** Judges what PostHog answered: whether it lets us in, and whether it knows the events. */
export function judgePostHog(
  { events: wanted, "posthog-project-id": projectId }: PostHogSettings,
  answer: Answer<readonly FrequentEvent[]>,
): readonly Check[] {
  if (answer.state === "refused") return [judgeRefusal({ ...ACCESS, settings: blamedFor(answer) }, answer)];
  const access = fine(ACCESS, `Project ${listNames([projectId ?? ""])} answers queries.`, answer.asked);
  return [access, judgeEvents(wanted, answer.value, answer.asked)];
}

function blamedFor({ kind }: Refused): readonly string[] {
  if (kind === "unauthorized") return ["posthog-api-key", "posthog-host"];
  if (kind === "network" || kind === "timeout" || kind === "unreadable") return ["posthog-host"];
  return ACCESS.settings;
}

function judgeEvents(
  wanted: readonly string[],
  seen: readonly FrequentEvent[],
  asked: Extract<Answer<unknown>, { state: "answered" }>["asked"],
): Check {
  const often = seen.map(({ event }) => event).filter((event) => !event.startsWith("$"));
  const choose =
    often.length === 0
      ? "PostHog has seen no event of your own within 30 days: check the project and the app's key."
      : `Seen often: ${listNames(often)}.`;
  if (wanted.length === 0)
    return attention(EVENTS, "No event is named, so impact is not counted.", choose, asked);
  const unknown = wanted.filter((name) => !seen.some(({ event }) => event === name));
  if (unknown.length > 0)
    return missing(EVENTS, `PostHog has not seen ${listNames(unknown)} within 30 days.`, choose, asked);
  const counts = wanted.map((name) => {
    const times = seen.find(({ event }) => event === name)?.count ?? 0;
    return `${listNames([name])} ${times} times`;
  });
  return fine(EVENTS, `${counts.slice(0, 10).join(", ")} within 30 days.`, asked);
}
