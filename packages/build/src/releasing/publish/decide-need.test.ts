import { expect, test } from "vitest";
import { chooseRelease, decideAction, decideMonorepo } from "./decide-need.ts";
import type { GitHubRelease, ReleaseFacts, Tagged } from "./facts.ts";

const [HERE, EARLIER, CANDIDATE, OLD] = ["a", "b", "c", "d"].map((letter) => letter.repeat(40)) as [
  string,
  string,
  string,
  string,
];

const facts = (more: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  owner: "acme",
  repository: "intake",
  version: "1.1.0",
  source: HERE,
  candidate: CANDIDATE,
  refs: { versions: {}, lines: {} },
  newest: "1.0.0",
  mainFits: true,
  releases: [],
  ...more,
});

const tagged = (commit: string, more: Partial<Tagged> = {}): Tagged => ({
  sha: commit === HERE ? CANDIDATE : OLD,
  plain: true,
  message: {
    repository: "intake",
    version: "1.1.0",
    source: { repository: "acme/patchpilot", commit },
    dist: "e".repeat(64),
  },
  time: "2026-11-01T12:00:00.000Z",
  intact: true,
  differing: [],
  ...more,
});

const release = (more: Partial<GitHubRelease> = {}): GitHubRelease => ({
  id: 1,
  draft: true,
  uploadUrl: "",
  assets: [{ id: 2, name: "sbom.cdx.json", state: "uploaded" }],
  ...more,
});

const NEW = { kind: "release", commit: CANDIDATE, source: HERE };

test.each([
  ["has no tag is released", facts()],
  ["is the first of all is released", { ...facts(), newest: undefined } as unknown as ReleaseFacts],
  ["is tagged from this commit is completed", facts({ newest: "1.1.0", tagged: tagged(HERE) })],
  ["follows its candidates is released", facts({ newest: "1.1.0-rc.2" })],
])("a version that %s", (_, given) => {
  expect(decideAction(given)).toEqual(NEW);
});

test.each([
  ["is lower than the newest", facts({ newest: "1.2.0" }), "is lower than v1.2.0"],
  ["is a candidate of the newest", facts({ version: "1.1.0-rc.1", newest: "1.1.0" }), "is lower than v1.1.0"],
  ["was never raised", facts({ version: "0.0.0" }), "has version 0.0.0, which is never released"],
  ["has build metadata", facts({ version: "1.1.0+x" }), "is no semantic version"],
  ["begins with v", facts({ version: "v1.1.0" }), "is no semantic version"],
  [
    "finds a foreign main",
    facts({ mainFits: false }),
    "main of acme/intake has commits that no release made",
  ],
])("a version that %s is refused", (_, given, sentence) => {
  expect(decideAction(given)).toMatchObject({ kind: "refuse", sentence: expect.stringContaining(sentence) });
});

test.each([
  ["is a tag object", { plain: false }, "was not made by a release"],
  ["has no message of a release", { message: undefined }, "was not made by a release"],
  ["has another dist than its message says", { intact: false }, "does not have the digest"],
  [
    "is another commit of this source",
    { sha: OLD, differing: ["action.yml"] },
    "another commit (action.yml)",
  ],
])("a tag that %s is refused", (_, more, sentence) => {
  const given = facts({ tagged: tagged(HERE, more as Partial<Tagged>) });
  expect(decideAction(given)).toMatchObject({ kind: "refuse", sentence: expect.stringContaining(sentence) });
});

test.each([
  ["another repository", { repository: "claim" }],
  ["another version", { version: "1.0.0" }],
  ["another owner's source", { source: { repository: "evil/patchpilot", commit: EARLIER } }],
])("a tag whose message names %s is refused", (_, more) => {
  const { message } = tagged(EARLIER);
  if (message === undefined) throw new Error("a message");
  const given = facts({ tagged: tagged(EARLIER, { message: { ...message, ...more } }) });
  expect(decideAction(given)).toMatchObject({ sentence: expect.stringContaining("not made by a release") });
});

test("a version that an earlier commit released is kept, whatever its README says now", () => {
  const given = facts({ tagged: tagged(EARLIER), releases: [release()] });
  expect(decideAction(given)).toEqual({ kind: "keep", commit: OLD });
});

test("a kept version with other files brings a notice", () => {
  const given = facts({ tagged: tagged(EARLIER, { differing: ["dist/index.js"] }), releases: [release()] });
  expect(decideAction(given)).toMatchObject({
    kind: "keep",
    notice: expect.stringContaining("its version did not change"),
  });
});

test.each([
  ["no draft", []],
  ["a draft without its file", [release({ assets: [] })]],
  [
    "a draft whose upload was broken off",
    [release({ assets: [{ id: 2, name: "sbom.cdx.json", state: "starter" }] })],
  ],
])(
  "an earlier commit's release with %s is completed, as of that commit, if nothing differs",
  (_, releases) => {
    expect(decideAction(facts({ tagged: tagged(EARLIER), releases }))).toEqual({
      kind: "release",
      commit: OLD,
      source: EARLIER,
      time: "2026-11-01T12:00:00.000Z",
    });
  },
);

test("an earlier commit's unfinished release is refused if this build differs", () => {
  const given = facts({ tagged: tagged(EARLIER, { differing: ["dist/index.js"] }) });
  expect(decideAction(given)).toMatchObject({
    sentence: expect.stringContaining(`Run the release of ${EARLIER} again, or raise the version.`),
  });
});

test("a published release is complete without its file", () => {
  const given = facts({ tagged: tagged(EARLIER), releases: [release({ draft: false, assets: [] })] });
  expect(decideAction(given)).toEqual({ kind: "keep", commit: OLD });
});

test("of several releases the published one counts, or else the oldest", () => {
  expect(chooseRelease([release({ id: 3 }), release({ id: 2 })])?.id).toBe(2);
  expect(chooseRelease([release({ id: 3, draft: false }), release({ id: 2 })])?.id).toBe(3);
  expect(chooseRelease([])).toBeUndefined();
});

const ofMonorepo = (commit: string): Tagged => {
  const source = { repository: "acme/patchpilot", commit };
  return tagged(commit, { message: { repository: "patchpilot", version: "1.1.0", source } });
};
const monorepo = (more: Partial<ReleaseFacts> = {}) => facts({ repository: "patchpilot", ...more });

test("the monorepo is released if its version has no tag, even if no action is", () => {
  expect(decideMonorepo(monorepo(), [])).toEqual(NEW);
});

test("the monorepo's version is kept if another commit has released it and no action changes", () => {
  const given = monorepo({ tagged: ofMonorepo(EARLIER), releases: [release()] });
  expect(decideMonorepo(given, [])).toEqual({ kind: "keep", commit: OLD });
});

test.each([
  ["an action has another version", monorepo({ tagged: ofMonorepo(EARLIER) }), "earlier versions of intake"],
  ["its commit is not on main", monorepo({ mainFits: false }), `The commit ${HERE} is not on main`],
  [
    "its tag is another commit of this source",
    monorepo({ tagged: { ...ofMonorepo(HERE), sha: OLD } }),
    "another commit",
  ],
])("the monorepo is refused if %s", (_, given, sentence) => {
  expect(decideMonorepo(given, ["intake"])).toMatchObject({
    kind: "refuse",
    sentence: expect.stringContaining(sentence),
  });
});
