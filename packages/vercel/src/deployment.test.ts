import { describe, expect, it } from "vitest";
import { readDeployment } from "./deployment.ts";
import { deploymentSchema } from "./replies.ts";

const read = (fields: object) => readDeployment(deploymentSchema.parse({ id: "dpl_1", ...fields }));

describe("where a deployment stands", () => {
  it.each([
    [{ readyState: "QUEUED" }, "building"],
    [{ readyState: "BUILDING" }, "building"],
    [{ readyState: "A_STATE_OF_NEXT_YEAR" }, "building"],
    [{ readyState: "READY" }, "staged"],
    [{ readyState: "READY", readySubstate: "STAGED" }, "staged"],
    [{ readyState: "READY", readySubstate: "ROLLING" }, "rolling"],
    [{ readyState: "READY", readySubstate: "PROMOTED" }, "promoted"],
    [{ state: "ERROR" }, "failed"],
  ])("%j is %s", (fields, state) => {
    expect(read(fields).state).toBe(state);
  });
});

describe("why a deployment failed", () => {
  it.each([
    [{ readyState: "ERROR", errorMessage: "npm run build exited with 1" }, "build-failed"],
    [{ readyState: "CANCELED" }, "canceled"],
    [{ readyState: "DELETED" }, "deleted"],
    [{ readyState: "BLOCKED", seatBlock: { blockCode: "TEAM_ACCESS_REQUIRED" } }, "missing-team-access"],
    [{ readyState: "CANCELED", seatBlock: { blockCode: "TEAM_ACCESS_REQUIRED" } }, "missing-team-access"],
    [{ readyState: "BLOCKED", seatBlock: { blockCode: "COMMIT_AUTHOR_REQUIRED" } }, "unverified-commit"],
    [{ readyState: "BLOCKED", attribution: { commitMeta: { isVerified: false } } }, "unverified-commit"],
    [{ readyState: "BLOCKED" }, "blocked"],
    [{ readyState: "READY", readySubstate: "STAGED", checksConclusion: "failed" }, "checks-failed"],
    [{ readyState: "READY", aliasError: { code: "x", message: "domain is taken" } }, "alias-failed"],
  ])("%j is %s", (fields, reason) => {
    expect(read(fields).failure?.reason).toBe(reason);
  });

  it("repeats what Vercel said on one line, and no more than 160 characters of it", () => {
    const sentence = read({
      readyState: "ERROR",
      errorMessage: `Command failed\n\u0007with ${"x".repeat(300)}`,
    }).failure?.sentence;
    expect(sentence).toMatch(/^Vercel could not build it: Command failed with x+…\.$/);
    expect(sentence?.length).toBeLessThan(200);
  });

  it("is no failure once production traffic has reached it", () => {
    const fields = { readyState: "READY", readySubstate: "PROMOTED", checksConclusion: "failed" };
    expect(read(fields).failure).toBeUndefined();
  });
});

describe("the commit of a deployment", () => {
  it.each(["github", "gitlab", "bitbucket"])("is told by the keys of %s", (host) => {
    const meta = { [`${host}CommitSha`]: "abc", [`${host}CommitRef`]: "main" };
    expect(read({ meta })).toMatchObject({ sha: "abc", branch: "main" });
  });

  it("is unknown where the deployed files are not those of the commit", () => {
    expect(read({ meta: { githubCommitSha: "abc", gitDirty: "1" } }).sha).toBeUndefined();
  });

  it("is unknown for a deployment without git", () => {
    expect(read({}).sha).toBeUndefined();
  });
});

describe("the times of a deployment", () => {
  it("are dates, and absent where Vercel says only that something happened", () => {
    expect(read({ createdAt: 1_000, ready: 2_000, aliasAssigned: 3_000 })).toMatchObject({
      createdAt: new Date(1_000),
      readyAt: new Date(2_000),
      aliasedAt: new Date(3_000),
    });
    expect(read({ aliasAssigned: true }).aliasedAt).toBeUndefined();
  });
});
