import { describe, expect, it } from "vitest";
import { readProfile } from "./repository-profile.ts";
import { githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const FOUND = {
  private: true,
  archived: false,
  has_issues: true,
  fork: false,
  owner: { login: "acme", type: "Organization" },
};
const read = (changes: object = {}, headers: Record<string, string> = {}) =>
  readProfile(githubThat(() => reply({ ...FOUND, ...changes }, 200, headers)).github, SHOP);

describe("a repository's profile", () => {
  it.each([
    [{ admin: true, push: true, pull: true }, "admin"],
    [{ admin: false, push: true, pull: true }, "push"],
    [{ admin: false, push: false, pull: true }, "pull"],
    [undefined, undefined],
  ])("names the most that one may do: %j", async (permissions, right) => {
    expect((await read({ permissions })).right).toBe(right);
  });

  it.each([
    ["repo, workflow", ["repo", "workflow"]],
    ["", []],
    [undefined, undefined],
  ])("names the scopes of the header %j", async (header, scopes) => {
    const headers = header === undefined ? {} : { "x-oauth-scopes": header };
    expect((await read({}, headers)).scopes).toEqual(scopes);
  });

  it("says who may see it where an older server only says whether it is private", async () => {
    expect((await read()).visibility).toBe("private");
    expect((await read({ visibility: "internal" })).visibility).toBe("internal");
  });

  it("names the organization, and none if a user owns it", async () => {
    expect((await read()).organization).toBe("acme");
    expect((await read({ owner: { login: "maya", type: "User" } })).organization).toBeUndefined();
  });
});
