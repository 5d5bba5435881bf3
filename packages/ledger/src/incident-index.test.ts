import { expect, test } from "vitest";
import { openIncidents } from "./incident-index.ts";
import { fakeGitHub } from "./testing/fake-github.ts";

const REPOSITORY = {
  ...{ id: "R_1", databaseId: 1, nameWithOwner: "acme/shop", url: "https://github.com/acme/shop" },
  labelIds: new Map([["patchpilot", "LA_1"]]),
};
const DRAFT = { key: "sentry:acme/1", title: "TypeError", body: "It fails." };
const OPENER = { run: "7", now: new Date("2026-11-21T10:00:00Z") };

/** What becomes of a draft if GitHub refuses one kind of write. */
async function openWithout(field: string, message: string) {
  const { github } = fakeGitHub((mutation) =>
    mutation.field === field ? { state: "refused", message, type: "" } : undefined,
  );
  const [opened] = await openIncidents(github, { owner: "acme", repo: "shop" }, REPOSITORY, [DRAFT], OPENER);
  return opened;
}

test("a key that another run has just taken is left to that run", async () => {
  expect(await openWithout("createRef", "A ref named x already exists.")).toMatchObject({
    state: "held",
    message: "another run is opening its issue; the next run looks again.",
  });
});

test.each([
  ["createRef", "GitHub refuses the ref that reserves it (Resource not accessible)."],
  ["createIssue", "GitHub refuses its issue (Resource not accessible)."],
])("what GitHub refuses by %s is not called the race of another run", async (field, message) => {
  expect(await openWithout(field, "Resource not accessible")).toEqual({
    key: DRAFT.key,
    state: "unsure",
    message,
  });
});
