import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { FIX, NOW, OLD } from "../../testing/world.ts";
import { releasesWithFix } from "./releases.ts";

const anchor = NOW - 5 * HOUR;
const unknown = () => undefined;

describe("releases that contain the fix", () => {
  test("are those first seen with the deploy or later", () => {
    const sightings = [
      { release: "shop@1", at: anchor - DAY },
      { release: "shop@1", at: anchor + HOUR },
      { release: "shop@2", at: anchor + HOUR },
    ];
    expect(releasesWithFix(sightings, anchor, unknown, NOW)).toEqual(new Set(["shop@2"]));
  });

  test("are asked of the repository where the release names a commit", () => {
    const sightings = [
      { release: `shop@${FIX}`, at: anchor - DAY },
      { release: OLD, at: anchor + HOUR },
    ];
    expect(releasesWithFix(sightings, anchor, (head) => head === FIX, NOW)).toEqual(new Set([`shop@${FIX}`]));
  });

  test("cannot be told apart where none is named", () => {
    expect(releasesWithFix([], anchor, unknown, NOW)).toBeUndefined();
  });

  test("cannot be told apart where the deploy brought no new name", () => {
    const sightings = [{ release: "shop", at: anchor - DAY }];
    expect(releasesWithFix(sightings, anchor, unknown, anchor + 3 * HOUR)).toBeUndefined();
  });

  test("are awaited for two hours before that is believed", () => {
    const sightings = [{ release: "shop@1", at: anchor - DAY }];
    expect(releasesWithFix(sightings, anchor, unknown, anchor + HOUR)).toEqual(new Set());
  });
});
