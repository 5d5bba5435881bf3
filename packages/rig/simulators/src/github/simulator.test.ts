import { afterEach, expect, test } from "vitest";
import { type Listening, listen } from "../simulator.ts";
import { assertNoViolations } from "./simulator.ts";
import { openGitHub } from "./testing/open-github.ts";

let listening: Listening | undefined;
afterEach(() => listening?.close());

test("answers on loopback at the virtual time, with links to itself", async () => {
  const { simulator, world, token } = openGitHub();
  world.as("acme").openIssue({ title: "A" });
  world.as("acme").openIssue({ title: "B" });
  listening = await listen(simulator);
  const reply = await fetch(`${listening.url}/repos/acme/shop/issues?per_page=1`, {
    headers: { authorization: `token ${token()}` },
  });
  expect(reply.headers.get("date")).toBe("Mon, 02 Nov 2026 09:00:00 GMT");
  expect(reply.headers.get("link")).toContain(`<${listening.url}/repos/acme/shop/issues?per_page=1&page=2>`);
});

test("names what was asked in its log", async () => {
  const { simulator, rest, graphql, token } = openGitHub();
  await rest(token(), "GET /repos/acme/shop/issues");
  await graphql(token(), "query Viewer { viewer { login } }");
  expect(simulator.requests.map(({ operation }) => operation)).toEqual([
    "issues/list-for-repo",
    "query Viewer",
  ]);
});

test.each([
  ["drop-before", 0],
  ["drop-after", 1],
] as const)("a lost reply by %s leaves %i comments", async (kind, comments) => {
  const { simulator, world, rest, token } = openGitHub();
  world.as("acme").openIssue({ title: "A" });
  simulator.faults = () => ({ kind });
  const lost = rest(token(), "POST /repos/acme/shop/issues/1/comments", { body: "Hello" });
  await expect(lost).rejects.toThrow("fetch failed");
  expect(world.repository("acme/shop").comments.list()).toHaveLength(comments);
});

test("violations fail the test that asks for none, by name", async () => {
  const { simulator, rest, token } = openGitHub();
  await rest(token(), "GET /repos/acme/shop/forks");
  expect(() => assertNoViolations(simulator)).toThrow(
    "GET /repos/acme/shop/forks: the simulator has no such route",
  );
});
