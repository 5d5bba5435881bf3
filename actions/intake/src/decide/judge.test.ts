import { describe, expect, it } from "vitest";
import type { PossibleFix } from "../facts.ts";
import { accepted, possibleFix } from "../testing/incidents.ts";
import { arrangeKnown, findDuplicate } from "./dedupe.ts";
import { findFix } from "./find-fix.ts";

const fixes = (parts: Partial<PossibleFix>, issue = 12): boolean =>
  findFix({ number: issue, url: `https://github.com/acme/shop/issues/${issue}` }, "SHOP-1A", [
    possibleFix(parts),
  ]) !== undefined;

describe("an open pull request that fixes an issue", () => {
  it.each([
    { closes: [12] },
    { body: "Fixes #12" },
    { body: "refs: #12" },
    { title: "Resolves #12" },
    { title: "Fix the cart (SHOP-1A)" },
    { body: "fixes shop-1a" },
    { body: "Refs acme/shop#12." },
    { body: "Refs: https://github.com/acme/shop/issues/12" },
    { body: "closes HTTPS://github.com/Acme/Shop/issues/12#issuecomment-7" },
  ])("is recognised by %j", (parts) => {
    expect(fixes(parts)).toBe(true);
  });

  it.each([
    { body: "like #12, but for lists" },
    { body: "Fixes #123" },
    { body: "Fixes other/repo#12" },
    { body: "Refs https://github.com/acme/shop/issues/123" },
    { body: "Refs https://github.com/other/repo/issues/12" },
    { body: "see https://github.com/acme/shop/issues/12" },
    { title: "Bump SHOP-1AB" },
    { closes: [13] },
    { closes: [12], trusted: false },
    { closes: [12], ours: true },
  ])("is not seen in %j", (parts) => {
    expect(fixes(parts)).toBe(false);
  });
});

it("what has no issue yet is fixed by its short id alone", () => {
  expect(findFix(null, "SHOP-1A", [possibleFix({ title: "Fix SHOP-1A" })])?.number).toBe(40);
  expect(findFix(null, null, [possibleFix({ title: "Fix SHOP-1A" })])).toBeUndefined();
});

describe("an incident that an issue repeats", () => {
  const unknown = { error: null };
  const same = { key: "sentry:acme/99", fingerprint: "fingerprint of 5", ...unknown };
  const closed = (stateReason: string) => accepted(7, "5", { open: false, stateReason });

  it("is one with the same fingerprint that is open, or was closed as not to be fixed", () => {
    for (const known of [accepted(7, "5"), closed("NOT_PLANNED"), closed("DUPLICATE")])
      expect(findDuplicate(same, 12, arrangeKnown([known]))?.number).toBe(7);
  });

  it("is none where the same fingerprint was closed as fixed: the error is back in another form", () => {
    expect(findDuplicate(same, 12, arrangeKnown([closed("COMPLETED")]))).toBeUndefined();
  });

  it("is never the issue itself", () => {
    expect(
      findDuplicate(
        { key: "sentry:acme/5", fingerprint: "", ...unknown },
        7,
        arrangeKnown([accepted(7, "5")]),
      ),
    ).toBeUndefined();
  });

  it("is the oldest of several", () => {
    const known = arrangeKnown([accepted(9, "5"), accepted(7, "5")]);
    expect(findDuplicate({ key: "sentry:acme/5", fingerprint: "", ...unknown }, 12, known)?.number).toBe(7);
  });
});
