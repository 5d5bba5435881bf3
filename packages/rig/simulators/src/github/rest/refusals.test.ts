import { describe, expect, test } from "vitest";
import { openGitHub } from "../testing/open-github.ts";

const R = "/repos/acme/shop";

describe("what is not simulated", () => {
  test.each([
    ["an unknown route", `GET ${R}/stargazers`, undefined, 501],
    ["an unknown method", `DELETE ${R}`, undefined, 501],
    ["an unknown parameter", `GET ${R}/issues?colour=red`, undefined, 422],
    ["an official parameter that is not modelled", `GET ${R}/issues?milestone=1`, undefined, 501],
    ["a parameter of the wrong type", `GET ${R}/issues?per_page=many`, undefined, 422],
    ["an unknown field", `POST ${R}/issues`, { title: "A", colour: "red" }, 422],
    ["an official field that is not modelled", `POST ${R}/issues`, { title: "A", milestone: 1 }, 501],
    ["a missing title", `POST ${R}/issues`, { body: "A" }, 422],
    ["labels as numbers", `POST ${R}/issues/1/labels`, { labels: [1] }, 422],
    [
      "a client payload of eleven keys",
      `POST ${R}/dispatches`,
      { event_type: "a", client_payload: keys(11) },
      422,
    ],
    ["an event type of 101 characters", `POST ${R}/dispatches`, { event_type: "a".repeat(101) }, 422],
    ["a body that is no JSON object", `POST ${R}/issues`, "text", 422],
  ])("%s is a violation", async (_, route, body, status) => {
    const github = openGitHub();
    github.world.as("acme").openIssue({ title: "A" });
    const reply = await github.rest(github.token(), route, body);
    expect(reply.status).toBe(status);
    expect(github.simulator.violations).toHaveLength(1);
  });
});

describe("what GitHub refuses", () => {
  test.each([
    ["an unknown issue", `GET ${R}/issues/99`, undefined, 404],
    ["an unknown label on an issue", `DELETE ${R}/issues/1/labels/none`, undefined, 404],
    ["a label that exists, in another case", `POST ${R}/labels`, { name: "BUG" }, 422],
    ["a new name that another label has", `PATCH ${R}/labels/bug`, { new_name: "Other" }, 422],
    ["a new name for an unknown label", `PATCH ${R}/labels/none`, { new_name: "some" }, 404],
    ["a deleted label that does not exist", `DELETE ${R}/labels/none`, undefined, 404],
    ["a label of 51 characters", `POST ${R}/labels`, { name: "a".repeat(51) }, 422],
    ["a comment of 65,537 characters", `POST ${R}/issues/1/comments`, { body: "a".repeat(65_537) }, 422],
    ["an empty comment", `POST ${R}/issues/1/comments`, { body: " " }, 422],
    ["a title of 257 characters", `POST ${R}/issues`, { title: "a".repeat(257) }, 422],
    [
      "a payload of more than 65,535 characters",
      `POST ${R}/dispatches`,
      { event_type: "a", client_payload: { a: "a".repeat(65_536) } },
      422,
    ],
    ["a pull request without commits", `POST ${R}/pulls`, { title: "A", head: "same", base: "main" }, 422],
    [
      "a pull request of an unknown branch",
      `POST ${R}/pulls`,
      { title: "A", head: "none", base: "main" },
      422,
    ],
    ["an unknown workflow", `POST ${R}/actions/workflows/none.yml/dispatches`, { ref: "main" }, 404],
    [
      "an input that the workflow does not declare",
      `POST ${R}/actions/workflows/repair.yml/dispatches`,
      { ref: "main", inputs: { other: "" } },
      422,
    ],
    ["an unknown ref", `GET ${R}/git/ref/heads/none`, undefined, 404],
    ["a tree that does not exist", `POST ${R}/git/commits`, { message: "a", tree: "0".repeat(40) }, 422],
  ])("%s", async (_, route, body, status) => {
    const github = openGitHub();
    const owner = github.world.as("acme");
    owner.openIssue({ title: "A", labels: ["bug", "other"] });
    owner.createRef(
      "refs/heads/same",
      github.world.repository("acme/shop").git.refs.get("refs/heads/main") ?? "",
    );
    const reply = await github.rest(github.token(), route, body);
    expect(reply.status).toBe(status);
    expect(github.simulator.violations).toEqual([]);
  });

  test("the hundred and first label", async () => {
    const github = openGitHub();
    const names = Array.from({ length: 100 }, (_, index) => `label-${index}`);
    github.world.as("acme").openIssue({ title: "A", labels: names });
    const reply = await github.rest(github.token(), `POST ${R}/issues/1/labels`, { labels: ["one more"] });
    expect(reply.status).toBe(422);
  });
});

describe("who asks", () => {
  test("an unknown token is told bad credentials", async () => {
    const github = openGitHub();
    const reply = await github.rest("ghs_unknown", `GET ${R}`);
    expect([reply.status, reply.body.message]).toEqual([401, "Bad credentials"]);
  });

  test("a revoked token is unknown", async () => {
    const github = openGitHub();
    const token = github.token();
    github.world.revokeToken(token);
    expect((await github.rest(token, `GET ${R}`)).status).toBe(401);
  });

  test("a token for one repository does not learn that another exists", async () => {
    const github = openGitHub({
      repositories: [
        { owner: "acme", name: "shop" },
        { owner: "acme", name: "other" },
      ],
    });
    const actor = github.world.identity("acme");
    if (actor === undefined) throw new Error("The owner is an account.");
    const token = github.world.mintToken({
      actor,
      permissions: { issues: "write" },
      repositories: ["acme/shop"],
    });
    expect((await github.rest(token, "GET /repos/acme/other/issues")).status).toBe(404);
    const query = '{ repository(owner: "acme", name: "other") { id } }';
    const reply = await github.graphql(token, query);
    expect(reply.body).toMatchObject({ data: { repository: null }, errors: [{ type: "NOT_FOUND" }] });
  });
});

describe("paging and economy", () => {
  test("Link leads through all pages, at the address that was asked", async () => {
    const github = openGitHub();
    const owner = github.world.as("acme");
    for (let index = 0; index < 5; index += 1) owner.openIssue({ title: `Issue ${index}` });
    const reply = await github.rest(github.token(), `GET ${R}/issues?per_page=2&page=2&direction=asc`);
    expect(reply.body.map((issue: { number: number }) => issue.number)).toEqual([3, 4]);
    expect(reply.headers.get("link")).toBe(
      ["prev", "next", "last", "first"]
        .map(
          (rel, index) =>
            `<https://api.github.com${R}/issues?per_page=2&page=${[1, 3, 3, 1][index]}&direction=asc>; rel="${rel}"`,
        )
        .join(", "),
    );
  });

  test("what a client has already is answered 304 and costs nothing", async () => {
    const github = openGitHub();
    const token = github.token();
    const first = await github.rest(token, `GET ${R}`);
    const etag = first.headers.get("etag") ?? "";
    const again = await github.rest(token, `GET ${R}`, undefined, { "if-none-match": etag });
    expect([again.status, again.body]).toEqual([304, ""]);
    expect(again.headers.get("x-ratelimit-used")).toBe("1");
  });

  test("a spent hour is refused until it is over", async () => {
    const github = openGitHub({ rateLimits: { core: 1, graphql: 1 } });
    const token = github.token();
    await github.rest(token, `GET ${R}`);
    const refused = await github.rest(token, `GET ${R}`);
    expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    github.clock.advance(3_600_000);
    expect((await github.rest(token, `GET ${R}`)).status).toBe(200);
  });

  test("a spent hour of GraphQL is an error in a 200", async () => {
    const github = openGitHub({ rateLimits: { core: 1, graphql: 1 } });
    const token = github.token();
    await github.graphql(token, `{ repository(owner: "acme", name: "shop") { id } }`);
    const refused = await github.graphql(token, `{ repository(owner: "acme", name: "shop") { id } }`);
    expect([refused.status, refused.body.errors[0].type]).toEqual([200, "RATE_LIMITED"]);
  });
});

function keys(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));
}
