import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { findNearest, parseActionKeys, writeActionKeys } from "@patchpilot/action-kit/settings";
import { describe, expect, it, test } from "vitest";
import { actionFolders } from "../repository.ts";
import { loadRelease, releaseKeysText } from "./release-keys.ts";

test("the module names each input once, with its kind unless it is a value", () => {
  const inputs = { "state-key": "secret", base: "value", body: "words" } as const;
  const claim = { readsFile: true, inputs };
  expect(releaseKeysText({ claim })).toContain(
    "  claim: parseActionKeys(`file state-key:secret base body:words`),\n",
  );
});

test("long lists of inputs are written in short lines", () => {
  const inputs = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`input-${at}`, "value"] as const));
  const text = releaseKeysText({ "perf-scan": { readsFile: false, inputs } });
  expect(text).toContain('  "perf-scan": parseActionKeys(`no-file input-0 ');
  const lines = text.split("\n").slice(4);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(130);
  expect(text.match(/input-\d+/g)).toEqual(Object.keys(inputs));
});

describe("the actions of this release", async () => {
  const release = await loadRelease(actionFolders());
  const actions = Object.keys(release);

  it.each(actions)("%s has the keys that it is written with", (action) => {
    const keys = release[action];
    if (keys === undefined) throw new Error(action);
    expect(parseActionKeys(writeActionKeys(keys))).toEqual(keys);
  });

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
