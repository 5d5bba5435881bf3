import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { findNearest } from "@patchpilot/action-kit/settings";
import { describe, expect, it, test } from "vitest";
import { actionFolders } from "../repository.ts";
import { loadRelease, releaseKeysText } from "./release-keys.ts";

test("the module has the kind of each input, and quotes where names need them", () => {
  const claim = {
    version: "1.2.0",
    readsFile: true,
    inputs: { "state-key": "secret", base: "value" },
  } as const;
  expect(releaseKeysText({ claim })).toContain(
    [
      "  claim: {",
      '    version: "1.2.0",',
      "    readsFile: true,",
      "    inputs: {",
      '      "state-key": "secret",',
      '      base: "value",',
      "    },",
      "  },",
    ].join("\n"),
  );
});

describe("the actions of this release", async () => {
  const release = await loadRelease(actionFolders());
  const actions = Object.keys(release);

  it.each(actionFolders().map((folder) => [basename(folder), folder]))(
    "%s reads the file if it asks GitHub for anything",
    (action, folder) => {
      const main = readFileSync(join(folder, "src", "main.ts"), "utf8");
      expect(release[action]?.readsFile).toBe(main.includes("@patchpilot/connections/start"));
    },
  );

  it.each(actions)("%s has a name that no slip makes of another action's, or of an input's", (action) => {
    const others = actions.filter((other) => other !== action);
    const inputs = actions
      .flatMap((each) => Object.keys(release[each]?.inputs ?? {}))
      // No release has one of the two alone.
      .filter((input) => input !== "redispatch");
    expect(findNearest(action, [...others, ...inputs])).toEqual([]);
    expect(others.flatMap((other) => other.split("-"))).not.toContain(action);
  });
});
