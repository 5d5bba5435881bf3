import { expect, test } from "vitest";
import { decidePromotions } from "./decide-promotions.ts";
import type { PromoteFacts, PublishedRelease } from "./facts.ts";

/** The commit of a version. */
const sha = (version: string): string => Buffer.from(version).toString("hex").padEnd(40, "0");

const release = (version: string, more: Partial<PublishedRelease> = {}): PublishedRelease => ({
  tag: `v${version}`,
  draft: false,
  prerelease: false,
  immutable: true,
  ...more,
});

const facts = (
  releases: readonly PublishedRelease[],
  lines: Readonly<Record<string, string>> = {},
): PromoteFacts => ({
  owner: "acme",
  repository: "intake",
  refs: {
    versions: Object.fromEntries(
      releases.map(({ tag }) => tag.slice(1)).map((version) => [version, sha(version)]),
    ),
    lines: Object.fromEntries(Object.entries(lines).map(([tag, version]) => [tag, sha(version)])),
  },
  releases,
});

const moves = (given: PromoteFacts): string[] =>
  decidePromotions(given)
    .promotions.filter(({ from, to }) => from !== to)
    .map(({ tag, version }) => `${tag} to ${version}`);

test("the first version gets both of its tags", () => {
  expect(decidePromotions(facts([release("1.0.0")]))).toEqual({
    promotions: [
      { tag: "v1", version: "1.0.0", to: sha("1.0.0") },
      { tag: "v1.0", version: "1.0.0", to: sha("1.0.0") },
    ],
    refusals: [],
    notices: [],
  });
});

test("a tag that is moved says where it was read", () => {
  const given = facts([release("1.0.0"), release("1.0.1")], { v1: "1.0.0", "v1.0": "1.0.0" });
  expect(decidePromotions(given).promotions).toEqual([
    { tag: "v1", version: "1.0.1", from: sha("1.0.0"), to: sha("1.0.1") },
    { tag: "v1.0", version: "1.0.1", from: sha("1.0.0"), to: sha("1.0.1") },
  ]);
});

test.each([
  ["is at the highest version", [release("1.0.0")], { v1: "1.0.0", "v1.0": "1.0.0" }, []],
  [
    "belongs to an older line of which a version came later",
    [release("1.10.0"), release("1.9.1")],
    { v1: "1.10.0", "v1.10": "1.10.0" },
    ["v1.9 to 1.9.1"],
  ],
  [
    "belongs to another major version",
    [release("1.4.0"), release("2.0.0")],
    { v1: "1.4.0", "v1.4": "1.4.0" },
    ["v2 to 2.0.0", "v2.0 to 2.0.0"],
  ],
])("the tag of a line that %s is right", (_, releases, lines, expected) => {
  expect(moves(facts(releases, lines as Record<string, string>))).toEqual(expected);
});

test.each([
  ["a draft", release("1.1.0", { draft: true, immutable: false }), "is not published. Publish its draft"],
  ["no release", release("1.1.0", { tag: "v9.9.9" }), "is not published. Publish its draft"],
])("%s waits, and the version before it is promoted", (_, waiting, sentence) => {
  const given = facts([release("1.0.0"), waiting]);
  const refs = { ...given.refs, versions: { "1.0.0": sha("1.0.0"), "1.1.0": sha("1.1.0") } };
  const plan = decidePromotions({ ...given, refs });
  expect(plan.promotions.map(({ tag }) => tag)).toEqual(["v1", "v1.0"]);
  expect(plan.refusals).toEqual([]);
  expect(plan.notices).toEqual([expect.stringContaining(`acme/intake v1.1.0 ${sentence}`)]);
});

test("a published release that can still be changed is refused", () => {
  const given = facts([release("1.0.0"), release("1.1.0", { immutable: false })], { v1: "1.0.0" });
  const { refusals } = decidePromotions(given);
  expect(moves(given)).toEqual(["v1.0 to 1.0.0"]);
  expect(refusals).toEqual([
    expect.stringContaining("acme/intake v1.1.0 is published, but its tag and files can still be changed"),
  ]);
});

test.each([
  ["by its version", release("1.1.0-rc.1")],
  ["by GitHub's mark", release("1.1.0", { prerelease: true })],
])("a prerelease %s is never promoted", (_, prerelease) => {
  const given = facts([release("1.0.0"), prerelease], { v1: "1.0.0", "v1.0": "1.0.0" });
  expect(moves(given)).toEqual([]);
  expect(decidePromotions(given)).toMatchObject({ refusals: [], notices: [] });
});

test("the tag of a major version is looked at also if it stays, and that of a minor version is not", () => {
  const given = facts([release("1.0.0")], { v1: "1.0.0", "v1.0": "1.0.0" });
  const at = sha("1.0.0");
  expect(decidePromotions(given).promotions).toEqual([{ tag: "v1", version: "1.0.0", from: at, to: at }]);
});

test("a tag never moves to a lower version", () => {
  const given = facts([release("1.0.0"), release("1.1.0", { draft: true, immutable: false })], {
    v1: "1.1.0",
    "v1.0": "1.0.0",
  });
  const { promotions, refusals } = decidePromotions(given);
  expect(promotions).toEqual([]);
  expect(refusals).toEqual([expect.stringContaining("v1 of acme/intake is at v1.1.0, and v1.0.0")]);
});

test.each([
  ["no version", { v1: "6.6.6", "v1.0": "1.0.0" }],
  ["a version of another line", { v1: "2.0.0", "v1.0": "1.0.0", v2: "2.0.0", "v2.0": "2.0.0" }],
])("a tag that is at %s is left as it is, and named", (_, lines) => {
  const given = facts([release("1.0.0"), release("2.0.0")], lines as Record<string, string>);
  const { promotions, refusals } = decidePromotions(given);
  expect(promotions.filter(({ tag }) => tag === "v1")).toEqual([]);
  expect(refusals).toEqual([expect.stringContaining("v1 of acme/intake is at")]);
});

test("a tag of a line that has no version at all is named", () => {
  const { refusals } = decidePromotions(facts([release("1.0.0")], { "v7.1": "7.1.0" }));
  expect(refusals).toEqual([expect.stringContaining("v7.1 of acme/intake is at")]);
});

test("a repository without a version has nothing to promote", () => {
  expect(decidePromotions(facts([]))).toEqual({ promotions: [], refusals: [], notices: [] });
});
