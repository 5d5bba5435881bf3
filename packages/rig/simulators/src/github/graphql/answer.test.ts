import { type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { openGitHub } from "../testing/open-github.ts";
import { countCost, planCost } from "./cost.ts";
import { loadSchema } from "./schema.ts";

const inRepository = (selection: string) => `{ repository(owner: "acme", name: "shop") { ${selection} } }`;

describe("what is not simulated is an error by name", () => {
  test.each([
    ["a field", inRepository("stargazerCount"), "Repository.stargazerCount is not simulated"],
    [
      "an argument",
      inRepository(
        'issues(first: 1, labels: []) { totalCount } ref(qualifiedName: "refs/heads/main") { compare(headRef: "a") { status } }',
      ),
      "Ref.compare",
    ],
    [
      "an argument of a simulated field",
      inRepository('pullRequests(first: 1, baseRefName: "main") { totalCount }'),
      "Repository.pullRequests(baseRefName)",
    ],
    ["a filter", inRepository('issues(first: 1, filterBy: { createdBy: "a" }) { totalCount }'), "createdBy"],
    [
      "a kind of event",
      inRepository("issue(number: 1) { timelineItems(first: 1, itemTypes: [PINNED_EVENT]) { totalCount } }"),
      "PINNED_EVENT",
    ],
    [
      "a mutation",
      'mutation { lockLockable(input: { lockableId: "x" }) { clientMutationId } }',
      "Mutation.lockLockable",
    ],
  ])("%s", async (_, query, named) => {
    const github = openGitHub();
    github.world.as("acme").openIssue({ title: "A" });
    const reply = await github.graphql(github.token(), query);
    expect(reply.status).toBe(501);
    expect(reply.body.message).toContain(named);
    expect(github.simulator.violations).toEqual([reply.body.message]);
  });

  test("a query that breaks the official schema is a violation", async () => {
    const github = openGitHub();
    const reply = await github.graphql(github.token(), inRepository("colour"));
    expect(reply.body.errors[0].message).toContain('Cannot query field "colour"');
    expect(github.simulator.violations).toHaveLength(1);
  });
});

describe("what does not exist", () => {
  test.each([
    ["an issue", "issue(number: 9) { id }", "Could not resolve to an Issue with the number of 9."],
    [
      "a pull request that is an issue",
      "pullRequest(number: 1) { id }",
      "Could not resolve to a PullRequest",
    ],
  ])("%s is null with an error that names its path", async (_, selection, message) => {
    const github = openGitHub();
    github.world.as("acme").openIssue({ title: "A" });
    const reply = await github.graphql(github.token(), inRepository(`${selection} other: nameWithOwner`));
    expect(reply.body.data.repository.other).toBe("acme/shop");
    expect(reply.body.errors[0]).toMatchObject({
      type: "NOT_FOUND",
      path: ["repository", selection.split("(")[0]],
    });
    expect(reply.body.errors[0].message).toContain(message);
  });

  test.each(['ref(qualifiedName: "refs/heads/none") { id }', `object(oid: "${"0".repeat(40)}") { oid }`])(
    "%s is null without an error",
    async (selection) => {
      const github = openGitHub();
      const reply = await github.graphql(github.token(), inRepository(`found: ${selection}`));
      expect(reply.body).toEqual({ data: { repository: { found: null } } });
    },
  );
});

describe("aliased mutations", () => {
  const MUTATION = `mutation($one: ID!, $bad: ID!) {
    m0: addComment(input: { subjectId: $one, body: "first" }) { clientMutationId }
    m1: addComment(input: { subjectId: $bad, body: "second" }) { clientMutationId }
    m2: addComment(input: { subjectId: $one, body: "third" }) { clientMutationId }
  }`;

  test("one that fails is null with an error of its path, and the others stand, in order", async () => {
    const github = openGitHub();
    github.world.as("acme").openIssue({ title: "A" });
    const { id } = (await github.graphql(github.token(), inRepository("issue(number: 1) { id }"))).body.data
      .repository.issue;
    const reply = await github.graphql(github.token(), MUTATION, { one: id, bad: "I_none" });
    expect(reply.status).toBe(200);
    expect(reply.body.data).toEqual({
      m0: { clientMutationId: null },
      m1: null,
      m2: { clientMutationId: null },
    });
    expect(reply.body.errors).toMatchObject([{ type: "NOT_FOUND", path: ["m1"] }]);
    const comments = github.world.repository("acme/shop").comments.list();
    expect(comments.map((comment) => comment.body)).toEqual(["first", "third"]);
  });
});

describe("who wrote", () => {
  test("a comment knows its viewer, and the hand that edited it", async () => {
    const github = openGitHub();
    github.world.as("acme").openIssue({ title: "A" });
    const { body } = await github.rest(github.token(), "POST /repos/acme/shop/issues/1/comments", {
      body: "record",
    });
    github.world.as("acme").editComment(body.id, "forged");
    const selection =
      "issue(number: 1) { comments(first: 1) { nodes { viewerDidAuthor editor { login } author { login } } } }";
    const reply = await github.graphql(github.token(), inRepository(selection));
    expect(reply.body.data.repository.issue.comments.nodes).toEqual([
      { viewerDidAuthor: true, editor: { login: "acme" }, author: { login: "github-actions" } },
    ]);
  });
});

describe("limits", () => {
  test.each([
    [
      "a connection without a bound",
      inRepository("issues { nodes { id } }"),
      "You must provide a `first` or `last` value",
    ],
    [
      "more than 100 items",
      inRepository("issues(first: 101) { nodes { id } }"),
      "exceeds the `first` limit of 100",
    ],
    [
      "more than 500,000 nodes",
      inRepository(
        "issues(first: 100) { nodes { comments(first: 100) { nodes { issue { labels(first: 100) { nodes { id } } } } } } }",
      ),
      "possible nodes",
    ],
  ])("%s is refused", async (_, query, message) => {
    const github = openGitHub();
    const reply = await github.graphql(github.token(), query);
    expect(reply.body.errors[0].message).toContain(message);
  });

  test("counting alone needs no bound", async () => {
    const github = openGitHub();
    const reply = await github.graphql(github.token(), inRepository("issues { totalCount }"));
    expect(reply.body.data.repository.issues.totalCount).toBe(0);
  });

  test("cost and nodes follow GitHub's published rule", async () => {
    const document = parse(
      inRepository(
        "issues(first: 50) { nodes { labels(first: 20) { nodes { id } } comments(last: 20) { nodes { id } } } }",
      ),
    );
    const [operation] = document.definitions;
    const plan = planCost(await loadSchema(), document, operation as OperationDefinitionNode);
    expect(countCost(plan, {})).toEqual({ points: 1, nodes: 50 + 50 * 20 + 50 * 20 });
  });
});
