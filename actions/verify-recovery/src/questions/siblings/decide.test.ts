import { describe, expect, test } from "vitest";
import { NOW } from "../../testing/world.ts";
import type { ErrorIdentity } from "../sources.ts";
import { findSibling } from "./decide.ts";

const own: ErrorIdentity = {
  shortId: "SHOP-1",
  projectId: "1",
  culprit: "checkout",
  filename: "cart.ts",
  function: "total",
  firstSeen: NOW - 9e8,
};
const other = (more: Partial<ErrorIdentity>): ErrorIdentity => ({
  ...own,
  shortId: "SHOP-2",
  firstSeen: NOW,
  ...more,
});
const find = (more: Partial<ErrorIdentity>, mine = own) => findSibling(mine, [other(more)], NOW - 1)?.shortId;

describe("an error that took the place of another", () => {
  test("has the same culprit, whatever file it names", () => {
    expect(find({ filename: "total.ts", function: "add" })).toBe("SHOP-2");
    expect(find({ culprit: "login" })).toBeUndefined();
  });

  test("has the same file and function where no culprit is known", () => {
    const nameless = { ...own, culprit: null };
    expect(find({ culprit: null }, nameless)).toBe("SHOP-2");
    expect(find({ culprit: null, function: "add" }, nameless)).toBeUndefined();
  });

  test("began after the deploy, in the same project, and is not the error itself", () => {
    expect(find({ firstSeen: NOW - 2 })).toBeUndefined();
    expect(find({ projectId: "2" })).toBeUndefined();
    expect(find({ shortId: "SHOP-1" })).toBeUndefined();
  });
});
