import { expect, test } from "vitest";
import type { CommentView, StoryDeed, ThreadView } from "../story/github-view.ts";
import { renderThread } from "./render-thread.ts";

const AT = "2026-03-02T19:12:00Z";
const COMMENT: CommentView = {
  ...{ id: 7, author: "bot", at: AT, editedAt: null, isOutdated: false, body: "It is **new**." },
};
const label = (name: string) => ({ name, color: "ededed", description: "" });

function show(change: Partial<ThreadView>): string {
  const thread = { number: 1, title: "It crashes", author: "maya", body: "See the log.", createdAt: AT };
  const context = { resolve: () => undefined, thread: () => undefined, mails: [] };
  return renderThread({ ...thread, labels: [], comments: [], events: [], ...change }, context);
}

test("a comment that is outdated is folded, and a link still finds it", () => {
  const html = show({ comments: [{ ...COMMENT, isOutdated: true }] });
  expect(html).toMatch(/<details class="outdated" id="comment-7">\n<summary>.*marked as outdated/);
  expect(html).toContain("It is <strong>new</strong>.");
});

test("any other comment is not folded", () => {
  expect(show({ comments: [COMMENT] })).toContain('<article class="comment" id="comment-7"');
});

test("labels that are added together are one deed", () => {
  const deeds: StoryDeed[] = [
    { kind: "labeled", label: label("one") },
    { kind: "labeled", label: label("two") },
    { kind: "unlabeled", label: label("old") },
  ];
  const text = show({ events: [{ at: AT, actor: "bot", deeds }] }).replace(/<[^>]+>/g, "");
  expect(text).toContain("bot added one two, removed old · 2 March, 19:12 UTC");
});
