import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { changeOwner, nameVersions, OWNER_ON_MAIN, pinUses } from "./references.ts";

const ACTIONS = ["intake", "dispatch", "verify-recovery"];
const rename = (text: string, to = "acme-robotics"): string => changeOwner(text, OWNER_ON_MAIN, to, ACTIONS);

describe("another owner is named in", () => {
  it.each([
    "uses: patchpilot/intake@v1",
    "- uses: 'patchpilot/verify-recovery@v1'",
    "uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1",
    "uses: patchpilot/NAME@v1",
    "Run `patchpilot/dispatch` first.",
    "A gate of patchpilot/dispatch, or (patchpilot/intake).",
    "See https://github.com/patchpilot/patchpilot/blob/main/README.md#top.",
    "https://github.com/patchpilot",
    "git clone https://github.com/patchpilot/patchpilot && cd x",
    "git clone git@github.com:patchpilot/patchpilot.git",
    "https://raw.githubusercontent.com/patchpilot/patchpilot/main/LICENSE",
    "gh api --method PUT repos/patchpilot/intake/releases",
    "https://api.github.com/repos/patchpilot/patchpilot/releases",
    "gh api orgs/patchpilot/rulesets",
    "gh attestation verify dist/index.js --repo patchpilot/patchpilot",
    "gh attestation verify dist/index.js --repo=patchpilot/patchpilot",
    "gh attestation verify dist/index.js --owner patchpilot",
    "Source: patchpilot/patchpilot@0123456789abcdef0123456789abcdef01234567",
    "repo:patchpilot/patchpilot:ref:refs/heads/main",
  ])("%s", (text) => {
    expect(rename(text)).toMatch(/acme-robotics/);
    expect(rename(text)).not.toMatch(/(?<!acme-robotics\/|&& cd )\bpatchpilot\b/);
  });
});

/** What has the product's name in it, which is the same for all owners. */
const PRODUCT = [
  "patchpilot:take-on",
  "refs/patchpilot/claims/12-a1",
  "refs/patchpilot/dispatch",
  "refs/heads/patchpilot/12-a1",
  "patchpilot/12-a1",
  "patchpilot/patch-",
  "origin/patchpilot/intake",
  ".github/patchpilot.yml",
  ".github/workflows/patchpilot-repair.yml",
  ".patchpilot/recipes/intake",
  "PATCHPILOT_AGENT",
  "@patchpilot/intake",
  "@patchpilot/owner",
  "types: [patchpilot-repair]",
  "group: patchpilot",
  "client_payload.patchpilot.key",
  "name: patchpilot",
  "patchpilot/intake-more",
  "not-patchpilot/intake@v1",
  "https://example.com/patchpilot/intake",
  "https://github.com/acme/patchpilot/issues",
  "https://github.com/apps/patchpilot",
  "~/repos/patchpilot",
];

test.each(PRODUCT)("`%s` is the product's name", (text) => {
  expect(rename(text)).toBe(text);
});

/** Accounts of GitHub. It keeps the two names for its own addresses. */
const owners = fc
  .stringMatching(/^[a-zA-Z\d](?:-?[a-zA-Z\d]){0,12}$/)
  .filter((name) => !["repos", "orgs"].includes(name));
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PRODUCT, "patchpilot", "patchpilot/", "/", "intake", "@v1", "@v1.2.3", " # v1.0.0"),
      fc.constantFrom("uses: ", "https://github.com/", "--repo ", "--owner ", "\n", " ", "`", "dispatch"),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

test("a second change changes nothing", () => {
  fc.assert(
    fc.property(texts, owners, (text, owner) => {
      expect(rename(rename(text, owner), owner)).toBe(rename(text, owner));
    }),
  );
});

test("for the owner on main nothing changes", () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(rename(text, OWNER_ON_MAIN)).toBe(text);
    }),
  );
});

test("nothing but the owner changes", () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(rename(text, "zz9").replaceAll("zz9", OWNER_ON_MAIN)).toBe(
        text.replaceAll("zz9", OWNER_ON_MAIN),
      );
    }),
  );
});

const VERSIONS = { intake: "1.2.3", dispatch: "2.0.0-rc.1", patchpilot: "1.4.0" };
const name = (text: string): string => nameVersions(text, "acme", VERSIONS);

/** In braces what a release adds, or what it puts in the place of what. */
test.each([
  "uses: acme/intake@v1{.2.3}",
  "Use `acme/dispatch@v{1 -> 2.0.0-rc.1}`.",
  "of acme/intake@v1{.2.3}.",
  "acme/patchpilot/.github/workflows/repair.yml@v1{.4.0}",
])("a version is named in %s", (change) => {
  expect(name(change.replace(/\{(?:(.*) -> )?.*\}/, "$1"))).toBe(change.replace(/\{(?:.* -> )?(.*)\}/, "$1"));
});

test.each(
  "acme/intake@v1.0.0 acme/intake@v1-beta acme/other@v1 acme/intake@main x-acme/intake@v1 @acme/intake@v1 actions/checkout@v4".split(
    " ",
  ),
)("%s keeps its version", (text) => expect(name(text)).toBe(text));

const sha = "0123456789abcdef0123456789abcdef01234567";
const pin = (text: string): string => pinUses(text, "acme", { intake: { sha, version: "1.2.3" } });

test.each(["      - uses: ", "uses: ", "#    uses: ", "name: x\n  uses: "])(
  "a commit with its version is named after `%s`",
  (before) => {
    const pinned = `${before}acme/intake@${sha} # v1.2.3`;
    expect(pin(`${before}acme/intake@v1`)).toBe(pinned);
    expect(pin(`${before}"acme/intake@v1"  `)).toBe(pinned);
    expect(pin(`${before}acme/intake@v1 # alerts\n`)).toBe(`${pinned}; alerts\n`);
    expect(pin(pinned)).toBe(pinned);
  },
);

test.each([
  "uses: acme/other@v1",
  "uses: acme/intake@v1.0.0",
  "uses: actions/checkout@v4",
  "The tag `acme/intake@v1` moves.",
])("no commit is named in `%s`", (text) => expect(pin(text)).toBe(text));
