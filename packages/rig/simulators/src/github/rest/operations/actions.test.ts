import { expect, test } from "vitest";
import { type OpenGitHub, openGitHub } from "../../testing/open-github.ts";

const PATH = ".github/workflows/repair.yml";
const WORKFLOW = "/repos/acme/shop/actions/workflows/repair.yml";
const FOUNDED = "2026-11-02T09:00:00Z";

async function read({ rest, token }: OpenGitHub): Promise<{ state: string; updated_at: string }> {
  return (await rest(token(), `GET ${WORKFLOW}`)).body;
}

/** Asks for a change, an hour after the world began or the change before. */
async function change({ clock, rest, token }: OpenGitHub, to: "enable" | "disable"): Promise<number> {
  clock.advance(3_600_000);
  return (await rest(token({ actions: "write" }), `PUT ${WORKFLOW}/${to}`)).status;
}

test("a workflow that a person switches off is listed as such until it is on again", async () => {
  const { world, rest, token } = openGitHub();
  const state = async (): Promise<string> => {
    const reply = await rest(token(), "GET /repos/acme/shop/actions/workflows");
    return reply.body.workflows[0].state;
  };
  world.runner().setWorkflowEnabled(PATH, false);
  expect(await state()).toBe("disabled_manually");
  world.runner().setWorkflowEnabled(PATH, true);
  expect(await state()).toBe("active");
});

test("a workflow that the API switches off is disabled manually since then", async () => {
  const github = openGitHub();
  await change(github, "disable");
  expect(await read(github)).toMatchObject({
    state: "disabled_manually",
    created_at: FOUNDED,
    updated_at: "2026-11-02T10:00:00Z",
  });
});

test("switching off what is off is accepted and changes nothing", async () => {
  const github = openGitHub();
  await change(github, "disable");
  const before = await read(github);
  expect(await change(github, "disable")).toBe(204);
  expect(await read(github)).toEqual(before);
});

test("switching on what is on is accepted and changes nothing", async () => {
  const github = openGitHub();
  expect(await change(github, "enable")).toBe(204);
  expect(await read(github)).toMatchObject({ state: "active", updated_at: FOUNDED });
});

test.each(["disabled_manually", "disabled_inactivity", "disabled_fork"] as const)(
  "switching on lifts %s",
  async (state) => {
    const github = openGitHub();
    github.world.runner().setWorkflowState(PATH, state);
    expect((await read(github)).state).toBe(state);
    await change(github, "enable");
    expect(await read(github)).toMatchObject({ state: "active", updated_at: "2026-11-02T10:00:00Z" });
  },
);

test("what GitHub switched off for inactivity keeps its reason when it is switched off again", async () => {
  const github = openGitHub();
  github.world.runner().setWorkflowState(PATH, "disabled_inactivity");
  await change(github, "disable");
  expect((await read(github)).state).toBe("disabled_inactivity");
});

test.each(["enable", "disable"])("an unknown workflow is not found by %s", async (to) => {
  const { rest, token } = openGitHub();
  const reply = await rest(token(), `PUT /repos/acme/shop/actions/workflows/none.yml/${to}`);
  expect(reply.status).toBe(404);
});

test("a token that may only read actions switches no workflow off", async () => {
  const github = openGitHub();
  const reply = await github.rest(github.token({ actions: "read" }), `PUT ${WORKFLOW}/disable`);
  expect(reply.headers.get("x-accepted-github-permissions")).toBe("actions=write");
  expect((await read(github)).state).toBe("active");
});

test("a stale reply still shows the state before the change", async () => {
  const github = openGitHub({ keepHistory: true });
  await change(github, "disable");
  github.simulator.staleness = ({ resource }) => (resource === "workflows" ? 1 : 0);
  expect(await read(github)).toMatchObject({ state: "active", updated_at: FOUNDED });
});
