import { describe, expect, test } from "vitest";
import { compareVersions, parseRelease } from "./names.ts";

const SHA = "5f2c4c6a".repeat(5);

describe("the name of a release", () => {
  test.each([
    SHA,
    `shop@${SHA}`,
    `@acme-shop@${SHA}`,
    `shop@1.2.3+${SHA}`,
    `backend-${SHA}`,
    `${SHA}-dirty`,
    SHA.toUpperCase(),
  ])("tells its commit: %s", (release) => {
    expect(parseRelease(release).commit).toBe(SHA);
  });

  test.each([
    ["5f2c4c6", "5f2c4c6"],
    ["shop@5f2c4c6a5f2c", "5f2c4c6a5f2c"],
    ["v1.2.3-14-g5f2c4c6", "5f2c4c6"],
    ["1.2.3+5f2c4c6-dirty", "5f2c4c6"],
  ])("tells the first digits of it: %s", (release, short) => {
    expect(parseRelease(release)).toMatchObject({ commit: null, short });
  });

  test.each(["20261119", "shop@4.2.0", "1234567", "production", "shop@", "@", ""])(
    "tells no commit: %s",
    (release) => {
      expect(parseRelease(release)).toMatchObject({ commit: null, short: null });
    },
  );

  test.each([
    ["web@1.0.0", "web"],
    ["@acme-web@1.0.0", "@acme-web"],
    ["1.0.0", ""],
    ["@1.0.0", ""],
  ])("tells the app of %s", (release, app) => {
    expect(parseRelease(release).app).toBe(app);
  });
});

describe("two versions", () => {
  const compare = (a: string, b: string) => Math.sign(compareVersions(parseRelease(a), parseRelease(b)));
  test.each([
    ["1.9.0", "1.10.0"],
    ["v1.2", "v1.2.1"],
    ["2026.11.19", "2026.11.20"],
    ["4.2.0-rc.2", "4.2.0-rc.10"],
    ["4.2.0-rc.1", "4.2.0"],
    ["4.2.0-alpha", "4.2.0-beta"],
    ["shop@4.2.0+841", "shop@4.2.0+842"],
    ["417", "418"],
  ])("are ordered: %s before %s", (older, newer) => {
    expect([compare(older, newer), compare(newer, older)]).toEqual([-1, 1]);
  });

  test.each([
    ["web@1.0.0", "api@2.0.0"],
    ["shop@1.0.0", "shop@production"],
    ["1.2.0", "1.2"],
  ])("are not: %s and %s", (a, b) => {
    expect(compare(a, b)).toBe(0);
  });
});
