import { describe, expect, it } from "vitest";
import { openPullRequest } from "./open-pull-request.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const DRAFT = { title: "Fix", body: "Refs #1", branch: "patchpilot/1-a1", base: "main", draft: true };
const opened = { number: 7, html_url: "https://github.com/acme/shop/pull/7" };

describe("openPullRequest", () => {
  it("opens one that is ready where the repository has no drafts", async () => {
    const { github } = githubThat(({ body }) =>
      (body as { draft: boolean }).draft
        ? reply({ message: "Draft pull requests are not supported in this repository." }, 422)
        : reply(opened, 201),
    );
    expect(await openPullRequest(github, SHOP, DRAFT)).toMatchObject({ number: 7, draft: false });
  });

  it("never opens one that is ready because a draft was refused for another reason", async () => {
    const refusal = {
      message: "Validation Failed",
      errors: [{ resource: "PullRequest", field: "head", code: "invalid" }],
    };
    const { github, asked } = githubThat((_, count) =>
      count === 1 ? reply(refusal, 422) : reply(opened, 201),
    );
    const failure = await failureOf(openPullRequest(github, SHOP, DRAFT));
    expect(failure.message).toContain("Validation Failed: head invalid");
    expect(asked).toHaveLength(1);
  });
});
