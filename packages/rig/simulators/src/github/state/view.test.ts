import { expect, test } from "vitest";
import { openGitHub } from "../testing/open-github.ts";
import type { Resource } from "./view.ts";

const ISSUES = "/repos/acme/shop/issues";

/** A repository whose reads of some resources answer as many writes back. */
function openStale(resources: readonly Resource[], versions: number) {
  const github = openGitHub({ keepHistory: true });
  github.simulator.staleness = ({ resource }) => (resources.includes(resource) ? versions : 0);
  return { ...github, owner: github.world.as("acme") };
}

test("a stale read shows the state before the newest write", async () => {
  const { rest, token, owner } = openStale(["issues"], 1);
  owner.openIssue({ title: "A" });
  owner.label(1, "patchpilot");
  expect((await rest(token(), `GET ${ISSUES}/1`)).body.labels).toEqual([]);
});

test("a stale read shows a comment that was deleted since", async () => {
  const { rest, token, owner } = openStale(["comments"], 1);
  owner.openIssue({ title: "A" });
  const { id } = owner.comment(1, "Gone");
  owner.deleteComment(id);
  expect((await rest(token(), `GET ${ISSUES}/1/comments`)).body).toMatchObject([{ id }]);
});

test("a stale read does not know yet what was just made", async () => {
  const { rest, token, owner } = openStale(["issues"], 1);
  owner.openIssue({ title: "A" });
  expect((await rest(token(), `GET ${ISSUES}/1`)).status).toBe(404);
});

test("GraphQL reads are as stale, each resource by itself", async () => {
  const { graphql, token, owner } = openStale(["issues"], 2);
  owner.openIssue({ title: "A" });
  owner.comment(1, "Seen");
  owner.label(1, "bug");
  const query = `{ repository(owner: "acme", name: "shop") { issue(number: 1) {
    labels(first: 9) { nodes { name } } comments(first: 9) { nodes { body } } } } }`;
  const { issue } = (await graphql(token(), query)).body.data.repository;
  expect(issue).toEqual({ labels: { nodes: [] }, comments: { nodes: [{ body: "Seen" }] } });
});

test("refs may be read stale, but creating one is judged by the present", async () => {
  const { rest, token, owner, world } = openStale(["refs"], 1);
  const oid = world.repository("acme/shop").git.refs.get("refs/heads/main") ?? "";
  owner.createRef("refs/patchpilot/gates/g", oid);
  expect((await rest(token(), "GET /repos/acme/shop/git/ref/patchpilot/gates/g")).status).toBe(404);
  const created = await rest(token(), "POST /repos/acme/shop/git/refs", {
    ref: "refs/patchpilot/gates/g",
    sha: oid,
  });
  expect(created.status).toBe(422);
});

test("staleness of a world without history says what is missing", async () => {
  const github = openGitHub();
  github.simulator.staleness = () => 1;
  const reply = await github.rest(github.token(), `GET ${ISSUES}`);
  expect(reply.body.message).toContain("keepHistory: true");
});
