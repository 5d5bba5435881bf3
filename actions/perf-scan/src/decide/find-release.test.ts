import { HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { toReleases } from "../connect/spans.ts";
import { findRelease } from "./find-release.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const release = (version: string, hours: number | null) => ({
  version,
  projects: ["shop"],
  at: hours === null ? null : new Date(NOON + hours * HOUR).toISOString(),
  deployed: false,
  commit: null,
});
const near = (...hours: readonly (number | null)[]) =>
  findRelease(
    hours.map((hour, index) => release(String(index), hour)),
    NOON,
  );

describe("the release that came when it became slow", () => {
  it.each([
    ["the newest before it", [-30, -2, -5], "1"],
    ["one shortly after it, for the breakpoint is the beginning of an hour", [-20, 1], "1"],
    ["one half a day before it", [-12], "0"],
  ] as const)("is %s", (_, hours, version) => {
    expect(near(...hours)?.release.version).toBe(version);
  });

  it.each([
    ["it came two hours later", [2]],
    ["it came a day before", [-24]],
    ["nobody knows when it came", [null]],
  ] as const)("is none where %s", (_, hours) => {
    expect(near(...hours)).toBeNull();
  });

  it("is compared with the one before it", () => {
    expect(near(-30, -2, -5)?.previous?.version).toBe("2");
  });

  it("is none where it is not known when it became slow", () => {
    expect(findRelease([release("1", -1)], null)).toBeNull();
  });
});

describe("releases of an environment", () => {
  const known = {
    version: "shop@1",
    projects: ["shop"],
    platforms: [],
    dateCreated: "2026-11-20T08:00:00Z",
    dateReleased: null,
    firstEvent: null,
    commit: null,
    lastDeploy: null,
  };
  const deployed = (environment: string) => ({
    ...known,
    lastDeploy: { environment, dateFinished: "2026-11-20T09:00:00Z" },
  });

  it("came when they were deployed to it", () => {
    expect(toReleases([deployed("production")], "production")).toMatchObject([
      { at: "2026-11-20T09:00:00Z", deployed: true },
    ]);
  });

  it("are those that were deployed nowhere else, where Sentry is told of deployments", () => {
    expect(toReleases([deployed("production"), deployed("staging"), known], "production")).toHaveLength(2);
  });

  it("came when they were created, where it is told of none", () => {
    expect(toReleases([deployed("staging"), known], "production")).toMatchObject([
      { at: "2026-11-20T08:00:00Z", deployed: false },
      { at: "2026-11-20T08:00:00Z", deployed: false },
    ]);
  });
});
