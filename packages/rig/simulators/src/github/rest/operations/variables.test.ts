import { expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

const VARIABLES = "/repos/acme/shop/actions/variables";

/** A GitHub with the variable ONCALL, and ways to ask as its owner. */
function open() {
  const github = openGitHub();
  github.world.setVariable("ONCALL", "@maya");
  github.clock.advance(3_600_000);
  const token = github.token({ actions_variables: "write" }, github.world.identity("acme"));
  const ask = (route: string, body?: unknown) => github.rest(token, route, body);
  return { github, ask };
}

test("a variable's value is changed, and when", async () => {
  const { ask } = open();
  await ask(`PATCH ${VARIABLES}/ONCALL`, { value: "@noor" });
  expect((await ask(`GET ${VARIABLES}/ONCALL`)).body).toEqual({
    name: "ONCALL",
    value: "@noor",
    created_at: "2026-11-02T09:00:00Z",
    updated_at: "2026-11-02T10:00:00Z",
  });
});

test("a new variable gets its name in upper case", async () => {
  const { ask } = open();
  await ask(`POST ${VARIABLES}`, { name: "paused", value: "true" });
  expect((await ask(`GET ${VARIABLES}/Paused`)).body).toMatchObject({ name: "PAUSED", value: "true" });
});

test("a renamed variable is not found under its old name", async () => {
  const { ask } = open();
  await ask(`PATCH ${VARIABLES}/ONCALL`, { name: "other" });
  expect((await ask(`GET ${VARIABLES}/ONCALL`)).status).toBe(404);
});

test.each([
  ["an absent variable is not read", `GET ${VARIABLES}/NONE`, undefined, 404],
  ["an absent variable is not changed", `PATCH ${VARIABLES}/NONE`, { value: "1" }, 404],
  ["a name that exists in another case", `POST ${VARIABLES}`, { name: "oncall", value: "1" }, 409],
])("%s", async (_, route, body, status) => {
  const { github, ask } = open();
  expect((await ask(route, body)).status).toBe(status);
  expect(github.simulator.violations).toEqual([]);
});

test("a GITHUB_TOKEN is refused with the permission that it would take", async () => {
  const { github } = open();
  const reply = await github.rest(github.token(), `GET ${VARIABLES}/ONCALL`);
  expect([reply.status, reply.headers.get("x-accepted-github-permissions")]).toEqual([
    403,
    "actions_variables=read",
  ]);
});

test("a GITHUB_TOKEN cannot be made with the permission for variables", () => {
  expect(() => openGitHub().token({ actions_variables: "read" })).toThrow("actions_variables");
});
