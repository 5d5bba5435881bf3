import { describe, expect, it } from "vitest";
import { readProduction } from "./production.ts";
import { projectSchema } from "./replies.ts";

const read = (fields: object) =>
  readProduction(projectSchema.parse({ id: "prj_1", name: "shop", ...fields }));
const live = (id: string, aliasAssigned: number) => ({
  targets: { production: { id, aliasAssigned, meta: { githubCommitSha: "abc", githubCommitRef: "main" } } },
});
const request = (fields: object) => ({
  lastAliasRequest: {
    fromDeploymentId: "dpl_2",
    toDeploymentId: "dpl_1",
    jobStatus: "succeeded",
    requestedAt: 9_000,
    ...fields,
  },
});

describe("what is live", () => {
  it("is nothing in a new project", () => {
    expect(read({}).live).toBeUndefined();
  });

  it("is the production target with its commit, since its domains were assigned", () => {
    expect(read(live("dpl_1", 5_000)).live).toEqual({
      id: "dpl_1",
      sha: "abc",
      branch: "main",
      liveSince: new Date(5_000),
    });
  });

  it("is half an answer where it does not say since when", () => {
    expect(() => read({ targets: { production: { id: "dpl_1" } } })).toThrow("since when");
  });

  it("is live since the rollback or promotion that brought it back", () => {
    const project = { ...live("dpl_1", 5_000), ...request({ type: "promote" }) };
    expect(read(project).live?.liveSince).toEqual(new Date(9_000));
  });

  it("is live since its own release where an older request was about it", () => {
    const project = { ...live("dpl_1", 5_000), ...request({ type: "promote", requestedAt: 4_000 }) };
    expect(read(project).live?.liveSince).toEqual(new Date(5_000));
  });
});

describe("a rollback", () => {
  it("holds while the deployment that it chose is live", () => {
    const production = read({ ...live("dpl_1", 5_000), ...request({ type: "rollback" }) });
    expect(production.rollback).toEqual({ at: new Date(9_000), fromId: "dpl_2", toId: "dpl_1" });
    expect(production.promotesItself).toBe(false);
  });

  it("holds already while it is under way", () => {
    const project = { ...live("dpl_2", 5_000), ...request({ type: "rollback", jobStatus: "in-progress" }) };
    expect(read(project).rollback?.toId).toBe("dpl_1");
  });

  it.each([
    ["another deployment is live since", { ...live("dpl_3", 9_500), ...request({ type: "rollback" }) }],
    ["it failed", { ...live("dpl_2", 5_000), ...request({ type: "rollback", jobStatus: "failed" }) }],
    ["the last request was a promotion", { ...live("dpl_1", 5_000), ...request({ type: "promote" }) }],
  ])("does not hold where %s", (_, project) => {
    expect(read(project).rollback).toBeUndefined();
  });
});

describe("the notices about a project", () => {
  it("are none with Vercel's defaults", () => {
    expect(read({ gitProviderOptions: { createDeployments: "enabled" } }).notices).toEqual([]);
  });

  it.each([
    [{ gitProviderOptions: { requireVerifiedCommits: true } }, "Sign the worker's commits"],
    [{ gitProviderOptions: { createDeployments: "disabled" } }, "`deployment_status` starts no workflow"],
    [{ gitProviderOptions: { disableRepositoryDispatchEvents: true } }, "looked at on schedule only"],
    [{ autoAssignCustomDomains: false }, "when someone promotes it"],
  ])("name what %j costs and what to do", (settings, words) => {
    const { notices } = read(settings);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(words);
  });

  it("do not ask to promote by hand what a rollback holds back", () => {
    const project = { ...live("dpl_1", 1), ...request({ type: "rollback" }), autoAssignCustomDomains: false };
    expect(read(project).notices).toEqual([]);
  });
});
