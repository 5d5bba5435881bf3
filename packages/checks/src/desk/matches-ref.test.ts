import { expect, it } from "vitest";
import { matchesRef } from "./matches-ref.ts";

it.each([
  [true, "refs/heads/patchpilot/*", "refs/heads/patchpilot/1-a1"],
  [false, "refs/heads/*", "refs/heads/patchpilot/1-a1"],
  [true, "refs/heads/**/*", "refs/heads/patchpilot/1-a1"],
  [true, "refs/heads/**/*", "refs/heads/main"],
  [false, "refs/heads/**", "refs/heads/patchpilot/1-a1"],
  [true, "refs/**/*", "refs/patchpilot/claims/1-a1"],
  [true, "patchpilot/?-a1", "patchpilot/1-a1"],
  [true, "patchpilot/[0-9]-a1", "patchpilot/1-a1"],
  [false, "patchpilot/[!0-9]-a1", "patchpilot/1-a1"],
  [false, "patch.ilot/*", "patchpilot/1-a1"],
  [false, "[z-a]*", "main"],
  [true, "main", "main"],
  [false, "main", "maintenance"],
])("it is %s that %s fits %s", (fits, pattern, name) => {
  expect(matchesRef(pattern, name)).toBe(fits);
});
