import { expect, test } from "vitest";
import { findCallCause } from "./call-cause.ts";

test.each([
  ["api-error", 429, "limits"],
  ["api-error", 529, "limits"],
  ["api-error", 500, "infrastructure"],
  ["api-error", undefined, "infrastructure"],
  ["api-error", 404, "setup"],
  ["unauthorized", 401, "setup"],
  ["refused", undefined, "agent"],
  ["crashed", undefined, "agent"],
  ["timeout", undefined, "agent"],
] as const)("a call that ended with %s (%s) is owed to: %s", (ended, status, cause) => {
  expect(findCallCause({ ended, status })).toBe(cause);
});
