import { expect, test } from "vitest";
import { readTarget } from "./read-target.ts";

const SHA = "a".repeat(40);

test("an owner and an action are a repository on GitHub, of that owner and that action", () => {
  expect(readTarget("acme/intake", "v1.0.0", "patchpilot")).toEqual({
    prefix: "https://github.com/acme/",
    repository: "intake",
    wanted: "refs/tags/v1.0.0",
    expected: { owner: "acme", action: "intake", version: "1.0.0" },
  });
});

test.each([
  ["/srv/git/intake.git", "file:///srv/git/", "intake.git"],
  ["/srv/git/a b/", "file:///srv/git/", "a%20b"],
  ["https://git.example.com/mirrors/intake", "https://git.example.com/mirrors/", "intake"],
])("%s is a repository of whatever action, and must be of our owner", (text, prefix, repository) => {
  expect(readTarget(text, "v1.0.0", "patchpilot")).toEqual({
    prefix,
    repository,
    wanted: "refs/tags/v1.0.0",
    expected: { owner: "patchpilot", version: "1.0.0" },
  });
});

test("a path that begins with a dot is no owner", () => {
  expect(readTarget("./intake", "v1.0.0", "patchpilot").prefix).toMatch(/^file:\/\/\//);
});

test.each([
  ["v1", "refs/tags/v1"],
  ["v1.2", "refs/tags/v1.2"],
  [SHA, SHA],
])("%s may be of any version", (ref, wanted) => {
  const target = readTarget("acme/intake", ref, "patchpilot");
  expect(target).toMatchObject({ wanted });
  expect(target.expected).not.toHaveProperty("version");
});

test.each(["https://example.com", "https://", "https:///"])("%s is no repository", (text) => {
  expect(() => readTarget(text, "v1.0.0", "patchpilot")).toThrow("is no address of a repository");
});
