import { expect, test } from "vitest";
import { openPostHog, openSentry, openVercel } from "./index.ts";

/** Notes where a request goes and what it carries, and answers nothing of use. */
function openWire() {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { url, headers } = new Request(input, init);
    asked.push(`${url} ${headers.get("authorization")}`);
    return new Response("{}", { status: 404 });
  };
  return { asked, access: { fetch, retries: 0 } };
}

const posthog = { "posthog-host": "https://eu.posthog.com", "posthog-api-key": "phx_1" };
const vercel = { "vercel-url": "https://api.vercel.com", "vercel-token": "t" };
const WINDOW = { from: new Date(0), to: new Date(1) };

test("PostHog is asked at its host, about its project, with its key", async () => {
  const { asked, access } = openWire();
  const opened = openPostHog({ ...posthog, "posthog-project-id": "7" }, access);
  await expect(opened?.frequentEvents(WINDOW)).rejects.toThrow();
  expect(asked).toEqual(["https://eu.posthog.com/api/projects/7/query/ Bearer phx_1"]);
});

test("PostHog is not configured without a project or a key", () => {
  expect(openPostHog(posthog, {})).toBeUndefined();
  expect(
    openPostHog({ "posthog-host": "https://eu.posthog.com", "posthog-project-id": "7" }, {}),
  ).toBeUndefined();
});

test("Vercel is asked at its address, about its project, with its token", async () => {
  const { asked, access } = openWire();
  const opened = openVercel({ ...vercel, "vercel-project": "shop" }, access);
  await expect(opened?.readProduction()).rejects.toThrow();
  expect(asked).toEqual(["https://api.vercel.com/v9/projects/shop Bearer t"]);
});

test("a token of Vercel needs a project", () => {
  expect(openVercel({ "vercel-url": "https://api.vercel.com" }, {})).toBeUndefined();
  expect(() => openVercel(vercel, {})).toThrow("Set it to the project's id or name.");
});

test("Sentry is asked at its address, about its organization, with its token", async () => {
  const { asked, access } = openWire();
  const inputs = { "sentry-url": "https://de.sentry.io", "sentry-projects": [] };
  const opened = openSentry(inputs, { token: "t", organization: "acme" }, access);
  await expect(opened.readOrganization()).rejects.toThrow();
  expect(asked[0]).toBe("https://de.sentry.io/api/0/organizations/acme/ Bearer t");
});
