import { VirtualClock } from "@patchpilot/simulators/clock";
import { createGitHubWorld } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { viewGitHub } from "./github-view.ts";

const SHOP = "acme/shop";

/** An issue, and a pull request that changes one line and adds a file. */
function openShop() {
  const clock = new VirtualClock("2026-03-02T18:00:00Z");
  const files = { "a.js": "1\n" };
  const world = createGitHubWorld({ clock, repositories: [{ owner: "acme", name: "shop", files }] });
  world.setRole("maya", "write");
  const maya = world.as("maya");
  maya.openIssue({ title: "It crashes", body: "See the log." });
  maya.push({ branch: "fix", message: "Fix it", files: { "a.js": "2\n", "b.js": "3\n" } });
  maya.openPull({ title: "Fix it", body: "For #1.", head: "fix", base: "main", draft: true });
  return { world, maya, view: () => viewGitHub(world, SHOP) };
}

test("a pull request shows its files with their lines", () => {
  expect(openShop().view().pulls[0]?.files).toEqual([
    { path: "a.js", status: "modified", additions: 1, deletions: 1, patch: "@@ -1 +1 @@\n-1\n+2" },
    { path: "b.js", status: "added", additions: 1, deletions: 0, patch: "@@ -0,0 +1 @@\n+3" },
  ]);
});

test("an issue shows where it is mentioned", () => {
  expect(openShop().view().issues[0]?.events).toMatchObject([{ deeds: [{ kind: "referenced", number: 2 }] }]);
});

test("a pull request is a draft, then open, then merged", () => {
  const { maya, view } = openShop();
  const states = [view().pulls[0]?.state];
  maya.markReady(2);
  states.push(view().pulls[0]?.state);
  maya.mergePull(2);
  states.push(view().pulls[0]?.state);
  expect(states).toEqual(["draft", "open", "merged"]);
  expect(view().pulls[0]?.events.at(-1)?.deeds).toEqual([{ kind: "said", text: "merged this" }]);
});

test("one that is closed without a merge is closed", () => {
  const { maya, view } = openShop();
  maya.closePull(2);
  expect(view().pulls[0]).toMatchObject({ state: "closed", events: [{ deeds: [{ text: "closed this" }] }] });
});

test("what changed after the branch began is no change of the pull request", () => {
  const { maya, view } = openShop();
  maya.push({ branch: "main", message: "Go on", files: { "c.js": "4\n" } });
  expect(view().pulls[0]?.files.map(({ path }) => path)).toEqual(["a.js", "b.js"]);
});

test("a review stands among the comments with its verdict", () => {
  const { world, view } = openShop();
  world.setRole("bob", "write");
  world.as("bob").review(2, { state: "changes_requested", body: "Why 2?" });
  expect(view().pulls[0]?.comments).toMatchObject([
    { author: "bob", body: "**Requested changes**\n\nWhy 2?" },
  ]);
});

test("labels show their own colour", () => {
  const { maya, view } = openShop();
  maya.label(1, "bug");
  expect(view().issues[0]?.labels).toEqual([{ name: "bug", color: "ededed", description: "" }]);
});
