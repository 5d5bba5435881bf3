import { expect, test } from "vitest";
import { judgeRelease } from "./judge-release.ts";

const HOME = "https://github.com/acme/patchpilot";
const COMMIT = "a".repeat(40);
const claim = { owner: "acme", action: "intake", commit: COMMIT, files: [] };
const identity = {
  workflow: `${HOME}/.github/workflows/release.yml@refs/heads/main`,
  issuer: "https://token.actions.githubusercontent.com",
  repository: HOME,
  ref: "refs/heads/main",
  commit: COMMIT,
};

const judge = (...uris: string[]): string | undefined => {
  const resolvedDependencies = uris.map((uri) => ({ uri, digest: { gitCommit: COMMIT } }));
  return judgeRelease(claim, identity, {
    _type: "https://in-toto.io/Statement/v1",
    predicateType: "https://slsa.dev/provenance/v1",
    subject: [],
    predicate: { buildDefinition: { resolvedDependencies } },
  });
};

test("a provenance lists main of the owner's repository, and may list other sources", () => {
  expect(judge(`git+${HOME}@refs/heads/main`, "git+https://github.com/acme/other@refs/heads/main")).toBe(
    undefined,
  );
});

test.each([
  ["nothing", []],
  ["another branch", [`git+${HOME}@refs/heads/other`]],
  ["another repository", ["git+https://github.com/acme/patchpilot-2@refs/heads/main"]],
])("a provenance that lists %s as its source is refused", (_, uris) => {
  expect(judge(...uris)).toBe(`The provenance does not list refs/heads/main of ${HOME} as a source.`);
});
