import { expect, test } from "vitest";
import { linksWithin } from "./page-links.ts";

const resolve = linksWithin(new Set(["thread-1", "thread-2", "comment-77", "files-2", "run-3"]));
const SHOP = "https://github.example/acme/shop";

test.each(
  Object.entries({
    [`${SHOP}/issues/1`]: "thread-1",
    [`${SHOP}/issues/1#issuecomment-77`]: "comment-77",
    [`${SHOP}/issues/1#issuecomment-78`]: "thread-1",
    [`${SHOP}/pull/2`]: "thread-2",
    [`${SHOP}/pull/2/files`]: "files-2",
    [`${SHOP}/actions/runs/3`]: "run-3",
    [`${SHOP}/actions/runs/3/job/9`]: "run-3",
    "https://github.com/acme/shop/pull/2": "thread-2",
  }),
)("%s leads to %s", (href, place) => {
  expect(resolve(href)).toBe(`#${place}`);
});

test.each([
  `${SHOP}/issues/9`,
  `${SHOP}/actions/runs/4`,
  `${SHOP}/commit/1baa75c`,
  "http://127.0.0.1:35507/organizations/acme/issues/1/",
  "https://sentry.io/pull/2",
  "javascript:alert(1)",
])("%s leads nowhere on the page", (href) => {
  expect(resolve(href)).toBeUndefined();
});
