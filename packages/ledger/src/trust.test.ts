import type { GitHubActor } from "@patchpilot/github";
import { describe, expect, it } from "vitest";
import { BOT, commentOf, PERSON } from "./testing/comments.ts";
import { isOurs } from "./trust.ts";

const others = (author: GitHubActor, editor: GitHubActor = null) =>
  commentOf("x", { viewerDidAuthor: false, author, editor });
const app = (login: string): GitHubActor => ({ __typename: "Bot", login, databaseId: 500 });
const person = (login: string): GitHubActor => ({ __typename: "User", login, databaseId: 501 });

describe("a comment is ours", () => {
  it("where we wrote it", () => {
    expect(isOurs(commentOf("x"), [])).toBe(true);
  });

  it("where we wrote and edited it", () => {
    expect(isOurs(commentOf("x", { editor: BOT }), [])).toBe(true);
  });

  it("where an account with a trusted id wrote it", () => {
    expect(isOurs(others(PERSON), ["77"])).toBe(true);
  });

  it.each(["my-app", "my-app[bot]", "My-App[bot]"])("where the trusted app %s wrote it", (entry) => {
    expect(isOurs(others(app("my-app")), [entry])).toBe(true);
  });

  it("where REST's spelling of the app reached GraphQL's field", () => {
    expect(isOurs(others(app("my-app[bot]")), ["my-app"])).toBe(true);
  });

  it("where a trusted account edited ours", () => {
    expect(isOurs(commentOf("x", { editor: app("my-app") }), ["my-app"])).toBe(true);
  });
});

describe("a comment is not ours", () => {
  it("where nobody is trusted who wrote it", () => {
    expect(isOurs(others(BOT), [])).toBe(false);
  });

  it("where a person edited it", () => {
    expect(isOurs(commentOf("x", { editor: PERSON }), [])).toBe(false);
    expect(isOurs(others(BOT, PERSON), ["41898282"])).toBe(false);
  });

  it.each(["my-app", "my-app[bot]"])("where a person took the name of the trusted app %s", (entry) => {
    expect(isOurs(others(person("my-app")), [entry])).toBe(false);
  });

  it("where a person edited it who took our own name", () => {
    expect(isOurs(commentOf("x", { editor: person("github-actions") }), [])).toBe(false);
  });

  it("where its author is gone", () => {
    expect(isOurs(others(null), ["my-app"])).toBe(false);
    expect(isOurs(commentOf("x", { author: null, editor: PERSON }), [])).toBe(false);
  });

  it("where neither account has an id", () => {
    const nameless: GitHubActor = { __typename: "Organization", login: "acme" };
    expect(isOurs(commentOf("x", { author: nameless, editor: nameless }), [])).toBe(false);
  });
});
