import { createHttp } from "@patchpilot/http";
import { catchFailure } from "@patchpilot/http/testing";
import { createVercelSimulator, VirtualClock } from "@patchpilot/simulators";
import { connectVercel } from "@patchpilot/vercel";
import { describe, expect, it } from "vitest";

const TEAM = { id: "team_acme", slug: "acme" };
const START = "2026-11-21T07:00:00Z";

/** A simulated Vercel with one project, and our client for it. */
function startShop(options: { token?: string; team?: string | undefined; retired?: ("v6" | "v7")[] } = {}) {
  const clock = new VirtualClock(START);
  const vercel = createVercelSimulator({ clock, token: "tok", team: TEAM, retired: options.retired ?? [] });
  vercel.createProject({ name: "shop" });
  const http = createHttp({
    name: "Vercel",
    fetch: (input, init) => vercel.fetch(new Request(input, init)),
    time: { now: () => clock.now(), sleep: async () => undefined },
  });
  const client = connectVercel({
    url: "https://api.vercel.example",
    token: options.token ?? "tok",
    project: "shop",
    team: "team" in options ? options.team : TEAM.id,
    http,
  });
  const deploy = (sha: string, waitMs = 63_000) => {
    const deployment = vercel.deploy({ project: "shop", git: { sha, repository: "acme/shop" } });
    clock.advance(waitMs);
    return deployment?.id ?? "";
  };
  return { client, clock, deploy, http, vercel };
}

const sentenceOf = async (promise: Promise<unknown>) => (await catchFailure(promise)).message;

describe("production", () => {
  it("is the deployment that has the domains, not the newest that is READY", async () => {
    const { client, deploy } = startShop();
    const first = deploy("aaa");
    deploy("bbb", 62_000);
    expect((await client.readProduction()).live).toMatchObject({ id: first, sha: "aaa", branch: "main" });
    expect((await client.listDeployments({ since: new Date(START) })).deployments).toMatchObject([
      { sha: "bbb", state: "staged" },
      { sha: "aaa", state: "promoted" },
    ]);
  });

  it("says when a rollback holds, and that the newer build is only staged", async () => {
    const { client, deploy, vercel } = startShop();
    const first = deploy("aaa");
    const second = deploy("bbb");
    vercel.rollBack(first);
    const third = deploy("ccc");
    expect(await client.readProduction()).toMatchObject({
      live: { id: first },
      rollback: { fromId: second, toId: first },
      promotesItself: false,
    });
    expect((await client.readDeployment(third)).state).toBe("staged");
  });
});

describe("the facts of a run", () => {
  it("take two requests, however many deployments are asked about", async () => {
    const { client, deploy, http, vercel } = startShop();
    for (let count = 0; count < 60; count += 1) deploy(`sha${count}`);
    await client.readProduction();
    const { deployments, complete } = await client.listDeployments({ since: new Date(START) });
    expect([deployments.length, complete, http.count]).toEqual([60, true, 2]);
    expect(vercel.violations).toEqual([]);
  });

  it("take three requests at most, and say when the list was cut", async () => {
    const { client, deploy, http } = startShop();
    for (let count = 0; count < 230; count += 1) deploy(`sha${count}`);
    await client.readProduction();
    const { deployments, complete } = await client.listDeployments({ since: new Date(0) });
    expect([deployments.length, complete, http.count]).toEqual([200, false, 3]);
    expect(deployments.at(-1)?.sha).toBe("sha30");
  });

  it("come from v7 where v6 is gone", async () => {
    const { client, deploy } = startShop({ retired: ["v6"] });
    deploy("aaa");
    expect((await client.listDeployments({ since: new Date(0) })).deployments).toHaveLength(1);
  });
});

describe("a refusal", () => {
  it("asks for vercel-team where a team's project is read without it", async () => {
    const { client } = startShop({ team: undefined });
    expect(await sentenceOf(client.readProduction())).toBe(
      'Vercel answered 404: "Project not found." (GET /v9/projects/shop). No vercel-team is given: if a team owns the project, set vercel-team to the team\'s id (team_…) or slug. Otherwise check vercel-project ("shop").',
    );
  });

  it.each([
    [
      "the team that the token does not reach",
      { team: "other" },
      'it does not reach the team "other": make one whose scope is that team, or correct vercel-team.',
    ],
    ["the token where it is wrong", { token: "wrong" }, "The token is wrong or expired"],
  ])("names %s", async (_, options, words) => {
    expect(await sentenceOf(startShop(options).client.readProduction())).toContain(words);
  });

  it("of the list is told once both of its versions were tried", async () => {
    const { client, http } = startShop({ retired: ["v6", "v7"] });
    expect(await sentenceOf(client.listDeployments({ since: new Date(0) }))).toContain("answered 410");
    expect(http.count).toBe(2);
  });

  it("of a page that is not Vercel's names what came instead", async () => {
    const { client, vercel } = startShop();
    const headers = { "content-type": "text/html" };
    vercel.faults = () => ({ kind: "reply", status: 200, body: "<html>", headers });
    expect(await sentenceOf(client.readProduction())).toContain("sent an HTML page where JSON was expected");
  });
});

describe("the team", () => {
  it("may be given as its slug", async () => {
    const { client } = startShop({ team: "acme" });
    expect((await client.readProduction()).projectName).toBe("shop");
  });
});
