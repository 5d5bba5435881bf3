import { expect, it } from "vitest";
import type { Answered } from "../asking.ts";
import { judgePostHog, judgePostHogSettings, type PostHogSettings } from "./judge-posthog.ts";

const SETTINGS: PostHogSettings = {
  "posthog-api-key": "phx_1",
  "posthog-host": "https://us.posthog.com",
  "posthog-project-id": "7",
  events: ["checkout"],
};
const seen = (...events: string[]): Answered<{ event: string; count: number }[]> => ({
  state: "answered",
  value: events.map((event) => ({ event, count: 9 })),
  asked: ["POST /api/projects/7/query/"],
});
const NOTHING = { ...SETTINGS, "posthog-api-key": undefined, "posthog-project-id": undefined, events: [] };

it("is optional as a whole", () => {
  expect(judgePostHogSettings(NOTHING)?.state).toBe("off");
});

it.each([
  [{ ...SETTINGS, "posthog-api-key": undefined }, "posthog-api-key"],
  [{ ...SETTINGS, "posthog-project-id": undefined }, "posthog-project-id"],
  [{ ...NOTHING, events: ["checkout"] }, "posthog-api-key"],
])("half a set-up names what is absent", (settings, setting) => {
  expect(judgePostHogSettings(settings)).toMatchObject({ state: "missing", settings: [setting] });
});

it("events that exist are counted", () => {
  const [, events] = judgePostHog(SETTINGS, seen("checkout", "signup"));
  expect(events).toMatchObject({ state: "ok", found: "`checkout` 9 times within 30 days." });
});

it("an event that nobody sends is named beside those that are sent, without PostHog's own", () => {
  const [, events] = judgePostHog({ ...SETTINGS, events: ["chekcout"] }, seen("$pageview", "checkout"));
  expect(events).toMatchObject({ state: "missing", found: expect.stringContaining("`chekcout`") });
  expect(events?.remedy).toBe("Seen often: `checkout`.");
});

it("a project without any event is not blamed on the names", () => {
  const [, events] = judgePostHog(SETTINGS, seen());
  expect(events?.remedy).toContain("no event of your own");
});
