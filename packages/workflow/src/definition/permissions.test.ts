import { describe, expect, it } from "vitest";
import { permissionsOfJob, RESTRICTED_DEFAULT, withoutWrites } from "./permissions.ts";

describe("permissionsOfJob", () => {
  it("takes the job's list whole, so that the workflow's other scopes are denied", () => {
    const granted = permissionsOfJob(
      { issues: "write" },
      { contents: "write", issues: "read" },
      RESTRICTED_DEFAULT,
    );
    expect(granted).toEqual({ metadata: "read", issues: "write" });
  });

  it("denies everything but metadata with an empty list", () => {
    expect(permissionsOfJob(undefined, {}, RESTRICTED_DEFAULT)).toEqual({ metadata: "read" });
  });

  it("falls back to the repository's default", () => {
    expect(permissionsOfJob(undefined, undefined, RESTRICTED_DEFAULT)).toEqual({
      contents: "read",
      metadata: "read",
      packages: "read",
    });
  });

  it("leaves out scopes that are set to none", () => {
    expect(permissionsOfJob({ issues: "none", checks: "read" }, undefined, {})).toEqual({
      checks: "read",
      metadata: "read",
    });
  });

  it("gives no scope a level that it does not know, with the shorthands", () => {
    const all = permissionsOfJob("write-all", undefined, {});
    const read = permissionsOfJob("read-all", undefined, {});
    expect([all["models"], all["id-token"], all["issues"]]).toEqual(["read", "write", "write"]);
    expect([read["models"], read["id-token"], read["issues"]]).toEqual(["read", undefined, "read"]);
  });
});

describe("withoutWrites", () => {
  it("turns writes into reads and takes the identity token away", () => {
    expect(withoutWrites({ contents: "write", "id-token": "write", issues: "read" })).toEqual({
      contents: "read",
      issues: "read",
    });
  });
});
