import { describe, expect, it } from "vitest";
import { VirtualClock } from "./clock.ts";
import { connectVercelSdk } from "./vercel/testing/vercel-sdk.ts";
import { createVercelSimulator, type DispatchEvent, type VercelOptions } from "./vercel.ts";

const TEAM = { id: "team_acme", slug: "acme" };
const MINUTE = 60_000;
const git = (sha: string, more: { isVerified?: boolean } = {}) => ({
  sha: sha.repeat(40),
  repository: "acme/shop",
  ...more,
});

/** A Vercel with one project. */
function startShop(options: Partial<VercelOptions> = {}) {
  const clock = new VirtualClock("2026-11-21T07:00:00Z");
  const events: DispatchEvent[] = [];
  const onEvent = (event: DispatchEvent) => events.push(event);
  const vercel = createVercelSimulator({ clock, token: "tok", team: TEAM, onEvent, ...options });
  vercel.createProject({ name: "shop", domains: ["shop.example"] });
  return { clock, events, vercel };
}

type Shop = ReturnType<typeof startShop>;

const readProject = async ({ vercel }: Shop) => {
  const sdk = await connectVercelSdk(vercel.fetch, "tok");
  return sdk.getProject({ idOrName: "shop", teamId: TEAM.id });
};

const readList = async ({ vercel }: Shop, query: { until?: number; limit?: number; state?: string } = {}) => {
  const sdk = await connectVercelSdk(vercel.fetch, "tok");
  return sdk.getDeployments({ projectId: "shop", teamId: TEAM.id, ...query });
};

const readDeployment = async ({ vercel }: Shop, idOrUrl: string) => {
  const sdk = await connectVercelSdk(vercel.fetch, "tok");
  return sdk.getDeployment({ idOrUrl, teamId: TEAM.id });
};

const deployAndWait = (shop: Shop, sha: string): string => {
  const deployment = shop.vercel.deploy({ project: "shop", git: git(sha) });
  shop.clock.advance(2 * MINUTE);
  if (deployment === undefined) throw new Error("no deployment was created");
  return deployment.id;
};

describe("a deployment to production", () => {
  it("is QUEUED, BUILDING, READY and at last live, by the virtual clock", async () => {
    const shop = startShop();
    shop.vercel.deploy({ project: "shop", git: git("a") });
    const states: unknown[] = [];
    for (const milliseconds of [0, 2_000, 60_000, 1_000]) {
      shop.clock.advance(milliseconds);
      const [newest] = (await readList(shop)).deployments;
      states.push([
        newest?.readyState,
        newest?.readySubstate,
        (await readProject(shop)).targets?.production?.id,
      ]);
    }
    expect(states).toEqual([
      ["QUEUED", undefined, undefined],
      ["BUILDING", undefined, undefined],
      ["READY", "STAGED", undefined],
      ["READY", "PROMOTED", "dpl_0000000000000000000000000001"],
    ]);
  });

  it("names its commit in the words of Vercel's GitHub integration", async () => {
    const shop = startShop();
    const id = deployAndWait(shop, "a");
    const expected = {
      githubOrg: "acme",
      githubRepo: "shop",
      githubCommitRef: "main",
      githubCommitSha: "a".repeat(40),
    };
    expect((await readDeployment(shop, id)).meta).toMatchObject(expected);
    expect((await readList(shop)).deployments[0]?.meta).toMatchObject(expected);
    expect((await readProject(shop)).targets?.production?.meta).toMatchObject(expected);
  });

  it("tells the repository that it waits, was built and went live", () => {
    const shop = startShop();
    deployAndWait(shop, "a");
    shop.vercel.tick();
    expect(shop.events.map(({ event_type }) => event_type)).toEqual([
      "vercel.deployment.pending",
      "vercel.deployment.success",
      "vercel.deployment.promoted",
    ]);
    expect(shop.events[2]).toEqual({
      repository: "acme/shop",
      event_type: "vercel.deployment.promoted",
      client_payload: {
        environment: "production",
        git: { ref: "main", sha: "a".repeat(40), shortSha: "aaaaaaa" },
        id: "dpl_0000000000000000000000000001",
        project: { id: "prj_0000000000000000000000000001", name: "shop" },
        state: { type: "promoted" },
        url: "https://shop-000000001.vercel.app",
      },
    });
  });

  it("tells nothing where the project has switched those events off", () => {
    const shop = startShop();
    shop.vercel.changeSettings("shop", { disableRepositoryDispatchEvents: true });
    deployAndWait(shop, "a");
    shop.vercel.tick();
    expect(shop.events).toEqual([]);
  });
});

describe("a deployment that goes wrong", () => {
  it("leaves the one before it live when its build fails", async () => {
    const shop = startShop();
    const good = deployAndWait(shop, "a");
    const end = {
      state: "ERROR",
      errorCode: "BUILD_FAILED",
      errorMessage: "npm run build exited with 1",
    } as const;
    shop.vercel.deploy({ project: "shop", git: git("b"), end });
    shop.clock.advance(2 * MINUTE);
    const [failed] = (await readList(shop, { state: "ERROR" })).deployments;
    expect(failed).toMatchObject({ errorCode: "BUILD_FAILED", errorMessage: "npm run build exited with 1" });
    expect((await readProject(shop)).targets?.production?.id).toBe(good);
    expect(shop.events.at(-1)?.client_payload).toMatchObject({
      state: { type: "error" },
      error: "npm run build exited with 1",
    });
  });

  it("is BLOCKED with the reason where the commit's author has no seat in the team", async () => {
    const shop = startShop();
    const end = { state: "BLOCKED", blockCode: "TEAM_ACCESS_REQUIRED" } as const;
    const blocked = shop.vercel.deploy({ project: "shop", git: git("b", { isVerified: false }), end });
    const read = await readDeployment(shop, blocked?.id ?? "");
    expect(read.seatBlock).toMatchObject({ blockCode: "TEAM_ACCESS_REQUIRED", isVerified: false });
  });

  it("is never created for an unverified commit where the project demands verified ones", async () => {
    const shop = startShop();
    shop.vercel.changeSettings("shop", { requireVerifiedCommits: true });
    expect(shop.vercel.deploy({ project: "shop", git: git("b", { isVerified: false }) })).toBeUndefined();
    expect((await readList(shop)).deployments).toEqual([]);
  });
});

describe("a rollback", () => {
  it("keeps later builds STAGED until one is promoted", async () => {
    const shop = startShop();
    const first = deployAndWait(shop, "a");
    deployAndWait(shop, "b");
    shop.vercel.rollBack(first);
    const third = deployAndWait(shop, "c");
    const rolledBack = await readProject(shop);
    expect(rolledBack.targets?.production?.id).toBe(first);
    expect(rolledBack.lastAliasRequest).toMatchObject({ type: "rollback", toDeploymentId: first });
    expect((await readDeployment(shop, third)).readySubstate).toBe("STAGED");
    shop.vercel.promote(third);
    expect((await readProject(shop)).targets?.production?.id).toBe(third);
    const fourth = deployAndWait(shop, "d");
    expect((await readProject(shop)).targets?.production?.id).toBe(fourth);
  });

  it("also stops a build that was about to go live", async () => {
    const shop = startShop();
    const first = deployAndWait(shop, "a");
    shop.vercel.deploy({ project: "shop", git: git("b") });
    shop.clock.advance(62_000);
    shop.vercel.rollBack(first);
    shop.clock.advance(MINUTE);
    expect((await readProject(shop)).targets?.production?.id).toBe(first);
  });
});

describe("the list of deployments", () => {
  it("is paged by the time of creation, newest first", async () => {
    const shop = startShop();
    const ids = ["a", "b", "c", "d", "e"].map((sha) => deployAndWait(shop, sha));
    const seen: unknown[] = [];
    let until: number | undefined;
    for (let page = 0; page < 5; page += 1) {
      const { deployments, pagination } = await readList(shop, { limit: 2, ...(until ? { until } : {}) });
      seen.push(...deployments.map(({ uid }) => uid));
      if (pagination.next === null) break;
      until = pagination.next;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it("answers 410 at a version that was taken away", async () => {
    const shop = startShop({ retired: ["v7"] });
    await expect(readList(shop)).rejects.toMatchObject({ statusCode: 410 });
  });
});

describe("a request that Vercel would refuse", () => {
  const ask = (shop: Shop, path: string, token = "tok") =>
    shop.vercel.fetch(
      new Request(`https://api.vercel.example${path}`, { headers: { authorization: `Bearer ${token}` } }),
    );

  it("is forbidden with a wrong token", async () => {
    const reply = await ask(startShop(), "/v9/projects/shop?teamId=team_acme", "wrong");
    expect([reply.status, await reply.json()]).toEqual([
      403,
      { error: { code: "forbidden", message: "Not authorized" } },
    ]);
  });

  it("finds no team project without the team, and may not look into another team", async () => {
    const shop = startShop();
    expect((await ask(shop, "/v9/projects/shop")).status).toBe(404);
    expect((await ask(shop, "/v9/projects/shop?teamId=team_other")).status).toBe(403);
    expect((await ask(shop, "/v9/projects/shop?slug=acme")).status).toBe(200);
  });

  it("is a violation when its route or a parameter does not exist", async () => {
    const shop = startShop();
    await ask(shop, "/v9/projects/shop?teamId=team_acme&expand=1");
    await ask(shop, "/v2/user?teamId=team_acme");
    expect(shop.vercel.violations).toEqual([
      '/v9/projects/shop knows no query parameter "expand".',
      "Vercel has no simulated route GET /v2/user.",
    ]);
  });

  it("carries the virtual clock in its Date header", async () => {
    const reply = await ask(startShop(), "/v9/projects/shop?teamId=team_acme");
    expect(reply.headers.get("date")).toBe("Sat, 21 Nov 2026 07:00:00 GMT");
  });
});
