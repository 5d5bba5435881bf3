import { type DocumentNode, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import { expect, test } from "vitest";
import { GITHUB_ACTIONS_BOT } from "../state/accounts/identity.ts";
import type { TokenPermissions } from "../state/accounts/permissions.ts";
import { EVERY_FIELD, EVERY_MUTATION } from "../testing/everything.ts";
import { EVERYTHING, type OpenGitHub, openGitHub } from "../testing/open-github.ts";
import { RESOLVERS } from "./resolvers.ts";
import { loadSchema } from "./schema.ts";

/** An issue with a history, a merged pull request, an open draft, a deployment. */
function fill({ world }: OpenGitHub): void {
  const owner = world.as("acme");
  world.as("sentry[bot]").openIssue({ title: "Crash", body: "Boom", labels: ["bug"] });
  owner.push({
    branch: "fix",
    message: "Fix the cart\n\nIt broke.",
    files: { "src/cart.ts": "export const total = 2;\n" },
  });
  owner.openPull({ title: "Fix", head: "fix", base: "main", body: "Fixes #1" });
  owner.editIssue(2, { body: "Fixes #1, I think" });
  owner.editIssue(1, { title: "Crash in the cart" });
  owner.comment(1, "Seen");
  world.setRole("maya", "write");
  world.as("maya").review(2, {
    state: "changes_requested",
    body: "Add a test",
    comments: [{ path: "src/cart.ts", line: 1, body: "Here" }],
  });
  owner.comment(2, "Good");
  owner.unlabel(1, "bug");
  owner.label(1, "bug");
  const head = world.repository("acme/shop").git.refs.get("refs/heads/main") ?? "";
  const annotations = [{ path: "src/cart.ts", line: 1, level: "failure", message: "1 != 2" }] as const;
  const failed = { status: "completed", conclusion: "failure", annotations } as const;
  world.runner().addCheckRun({ name: "test", headOid: head, ...failed });
  const run = { workflowPath: ".github/workflows/repair.yml", event: "push", actor: GITHUB_ACTIONS_BOT };
  world.runner().setJob({ runId: world.runner().startRun(run).id, name: "unit", ...failed });
  world.changeSettings({ branchProtections: [{ pattern: "main", mayPush: ["App"] }] });
  owner.closeIssue(1);
  owner.reopenIssue(1);
  owner.mergePull(2);
  const { id } = owner.createDeployment({ ref: "main", environment: "Preview" });
  owner.setDeploymentStatus({
    deploymentId: id,
    state: "success",
    environmentUrl: "https://shop.example.com",
  });
}

const PLACE = { owner: "acme", name: "shop" };
const IDS = `query Ids($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {
  id issue(number: 1) { id comments(first: 1) { nodes { id } } labels(first: 1) { nodes { id } } }
  main: ref(qualifiedName: "refs/heads/main") { target { oid } } } }`;

async function readIds({ graphql, token }: OpenGitHub): Promise<Record<string, unknown>> {
  const { repository } = (await graphql(token(), IDS, PLACE)).body.data;
  return {
    r: repository.id,
    i: repository.issue.id,
    c: repository.issue.comments.nodes[0].id,
    l: [repository.issue.labels.nodes[0].id],
    oid: repository.main.target.oid,
  };
}

test("every field answers without an error", async () => {
  const github = openGitHub();
  fill(github);
  const { c, oid } = await readIds(github);
  const reply = await github.graphql(github.token(), EVERY_FIELD, { ...PLACE, id: c, oid });
  expect(github.simulator.violations).toEqual([]);
  expect(reply.body.errors).toBeUndefined();
  const { issue } = reply.body.data.repository;
  expect(issue.author).toMatchObject({ __typename: "Bot", login: "sentry", databaseId: 39604003 });
  expect(issue.timelineItems.nodes.map((node: { __typename: string }) => node.__typename)).toEqual([
    "LabeledEvent",
    "CrossReferencedEvent",
    "RenamedTitleEvent",
    "UnlabeledEvent",
    "LabeledEvent",
    "ClosedEvent",
    "ReopenedEvent",
    "ClosedEvent",
  ]);
});

test("every mutation does what it says", async () => {
  const github = openGitHub();
  fill(github);
  const reply = await github.graphql(github.token(), EVERY_MUTATION, await readIds(github));
  expect(github.simulator.violations).toEqual([]);
  expect(reply.body.errors).toBeUndefined();
  expect(reply.body.data).toMatchObject({
    createIssue: { clientMutationId: "x" },
    addLabelsToLabelable: { labelable: { labels: { nodes: [{ name: "bug" }] } } },
    minimizeComment: { minimizedComment: { isMinimized: true } },
    closeIssue: { issue: { state: "CLOSED" } },
    reopenIssue: { issue: { state: "OPEN", stateReason: "REOPENED" } },
    createRef: { ref: { name: "gates/g" } },
  });
});

test("these two documents ask for every field that is simulated", async () => {
  const asked = new Set([
    ...(await fieldsOf(parse(EVERY_FIELD))),
    ...(await fieldsOf(parse(EVERY_MUTATION))),
  ]);
  expect(Object.keys(RESOLVERS).filter((name) => !asked.has(name))).toEqual([]);
});

/** The `Type.field` names that a document asks for. A field of an interface counts for the types behind it. */
async function fieldsOf(document: DocumentNode): Promise<Set<string>> {
  const schema = await loadSchema();
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const parent = types.getParentType();
        if (parent == null) return;
        const concrete =
          "getFields" in parent && !("isTypeOf" in parent)
            ? schema.getPossibleTypes(parent as never)
            : [parent];
        for (const { name } of concrete) found.add(`${name}.${node.name.value}`);
      },
    }),
  );
  return found;
}

type Needed = readonly [what: string, missing: keyof TokenPermissions, query: string];

const inRepository = (selection: string) => `{ repository(owner: "acme", name: "shop") { ${selection} } }`;
const NEEDS: readonly Needed[] = [
  ["issue", "issues", inRepository("issue(number: 1) { id }")],
  ["issues", "issues", inRepository("issues(first: 1) { totalCount }")],
  ["pullRequest", "pull_requests", inRepository("pullRequest(number: 2) { id }")],
  ["pullRequests", "pull_requests", inRepository("pullRequests(first: 1) { totalCount }")],
  ["ref", "contents", inRepository('ref(qualifiedName: "refs/heads/main") { id }')],
  ["refs", "contents", inRepository('refs(refPrefix: "refs/heads/", first: 1) { totalCount }')],
  ["defaultBranchRef", "contents", inRepository("defaultBranchRef { name }")],
  ["object", "contents", inRepository(`object(oid: "${"0".repeat(40)}") { oid }`)],
  [
    "statusCheckRollup",
    "checks",
    inRepository("defaultBranchRef { target { ... on Commit { statusCheckRollup { state } } } }"),
  ],
  ["deployments", "deployments", inRepository("deployments(first: 1) { totalCount }")],
];

test.each(NEEDS)("%s is refused without its permission (%s)", async (_, missing, query) => {
  const github = openGitHub();
  fill(github);
  const { [missing]: __, ...others } = EVERYTHING;
  const reply = await github.graphql(github.token(others), query);
  expect([reply.status, reply.body.errors[0].type]).toEqual([200, "FORBIDDEN"]);
  expect(reply.body.errors[0].message).toBe("Resource not accessible by integration");
});

const CONTENT_MUTATIONS = /Ref/;

test("every mutation is refused to a token that may only read", async () => {
  const github = openGitHub();
  fill(github);
  const ids = await readIds(github);
  const reading = github.token({ issues: "read", contents: "read", pull_requests: "read" });
  const reply = await github.graphql(reading, EVERY_MUTATION, ids);
  const types = reply.body.errors.map((error: { type: string }) => error.type);
  expect(types).toEqual(Array(Object.keys(reply.body.data).length).fill("FORBIDDEN"));
});

test.each([
  ["issues", (name: string) => !CONTENT_MUTATIONS.test(name)],
  ["contents", (name: string) => CONTENT_MUTATIONS.test(name)],
] as const)("without %s: write, exactly its mutations are refused", async (missing, isRefused) => {
  const github = openGitHub();
  fill(github);
  const ids = await readIds(github);
  const { [missing]: _, ...others } = EVERYTHING;
  const reply = await github.graphql(github.token(others), EVERY_MUTATION, ids);
  const refused = (reply.body.errors ?? [])
    .filter((error: { type: string }) => error.type === "FORBIDDEN")
    .map((error: { path: string[] }) => error.path[0]);
  expect(refused).toEqual(Object.keys(reply.body.data).filter(isRefused));
});
