import { expect, test } from "vitest";
import { readRefs } from "./refs.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const NAME = "refs/patchpilot/claims/1-a1";
const read = (ref: unknown) =>
  readRefs(githubThat(() => reply({ data: { repository: { r0: ref } } })).github, SHOP, [NAME]);

test("a ref that does not exist is absent", async () => {
  expect(await read(null)).toEqual(new Map());
});

test("a commit without its message is half an answer, and not a ref that somebody else wrote", async () => {
  expect(await failureOf(read({ target: { __typename: "Commit", oid: "c1" } }))).toMatchObject({
    kind: "unreadable",
    provider: "GitHub",
  });
});

test("a tag counts as a ref without a message", async () => {
  expect(await read({ target: { __typename: "Tag", oid: "t1" } })).toEqual(
    new Map([[NAME, { name: NAME, oid: "t1", message: "" }]]),
  );
});
