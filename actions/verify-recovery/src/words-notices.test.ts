import { expect, test } from "vitest";
import { contract } from "./contract.ts";
import { findMissingNotices } from "./words-notices.ts";

const noticesFor = (given: Record<string, string>) =>
  findMissingNotices(contract.inputs.parse({ "sentry-token": "reader", ...given }));

test("what was never asked for is not missed", () => {
  expect(noticesFor({})).toEqual([]);
  expect(noticesFor({ "vercel-project": "shop", "vercel-token": "secret" })).toEqual([]);
});

test.each([
  ["sentry-token", { "sentry-token": "" }],
  ["vercel-token", { "vercel-project": "shop", "vercel-token": "" }],
  ["posthog-project-id", { "posthog-api-key": "phx_1" }],
  ["posthog-api-key", { "posthog-project-id": "7" }],
])("an absent %s is said once, by its name", (name, given) => {
  expect(noticesFor(given)).toEqual([expect.stringContaining(`\`${name}\``)]);
});
