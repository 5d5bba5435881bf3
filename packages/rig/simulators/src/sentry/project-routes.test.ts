import { describe, expect, it } from "vitest";
import type { SdkEvent } from "../index.ts";
import { openSentry } from "./testing/open-sentry.ts";

const CRASH: SdkEvent = { exception: { values: [{ type: "TypeError", value: "it broke" }] } };

describe("the list of projects", () => {
  const projects = [
    { id: "43", slug: "store" },
    { id: "42", slug: "shop", platform: "python" },
    { id: "7", slug: "shop-admin" },
  ];
  const slugs = (rows: { slug: string }[]) => rows.map(({ slug }) => slug);

  it("names each project with its id, its slug and whether the token may see it, by slug", async () => {
    const { read } = openSentry({ projects });
    const rows = await read<{ slug: string }[]>("/projects/");
    expect(slugs(rows)).toEqual(["shop", "shop-admin", "store"]);
    expect(rows[0]).toMatchObject({ id: "42", platform: "python", isMember: false, hasAccess: true });
  });

  it.each([
    ["ADMIN", ["shop-admin"]],
    ["slug:shop", ["shop"]],
    ["id:7 id:43", ["shop-admin", "store"]],
    ["slug:shop id:7", []],
    ["none", []],
  ])("is searched with %s", async (query, found) => {
    const { read } = openSentry({ projects });
    expect(slugs(await read(`/projects/?query=${encodeURIComponent(query)}`))).toEqual(found);
  });

  it("comes in pages", async () => {
    const { ask, read } = openSentry({ projects });
    const first = await ask("/projects/?per_page=2");
    const [, next = ""] =
      /acme([^>]+)>; rel="next"; results="true"/.exec(first.headers.get("link") ?? "") ?? [];
    expect(slugs(await read(next))).toEqual(["store"]);
  });

  it("shows what a project has received", async () => {
    const { sentry, read } = openSentry();
    sentry.recordEvent({ event: CRASH, release: "1", environment: "production" });
    expect(await read("/projects/")).toMatchObject([
      {
        firstEvent: "2026-11-21T12:00:00.000Z",
        hasSessions: false,
        environments: ["production"],
        latestRelease: { version: "1" },
      },
    ]);
  });
});

describe("the list of environments", () => {
  function seen() {
    const started = openSentry({
      projects: [
        { id: "42", slug: "shop" },
        { id: "7", slug: "admin" },
      ],
    });
    const { sentry, clock } = started;
    sentry.recordEvent({ event: CRASH, environment: "staging", project: "admin" });
    clock.advance(1_000);
    sentry.recordSessions({ count: 1, environment: "production", release: "1", project: "shop" });
    sentry.recordDeploy("1", "canary");
    return started;
  }

  it("is by name, each with the id that it has in the whole organization", async () => {
    const { read } = seen();
    expect(await read("/environments/")).toEqual([
      { id: "3", name: "canary" },
      { id: "2", name: "production" },
      { id: "1", name: "staging" },
    ]);
  });

  it.each(["42", "shop"])("is narrowed to the project %s", async (project) => {
    const { read } = seen();
    expect(await read(`/environments/?project=${project}`)).toEqual([
      { id: "3", name: "canary" },
      { id: "2", name: "production" },
    ]);
  });

  it("knows spans, and no environment without a name", async () => {
    const { sentry, read } = openSentry();
    sentry.recordEvent({ event: CRASH, environment: "" });
    sentry.recordTransactions({ count: 1, environment: "preview" });
    expect(await read("/environments/?visibility=all")).toEqual([{ id: "1", name: "preview" }]);
  });

  it("has none that are hidden", async () => {
    const { read } = seen();
    expect(await read("/environments/?visibility=hidden")).toEqual([]);
  });

  it("is refused for a visibility that does not exist", async () => {
    const { ask, sentry } = seen();
    expect((await ask("/environments/?visibility=loud")).status).toBe(400);
    expect(sentry.violations).toEqual([]);
  });
});

describe("a project that does not exist", () => {
  it.each([
    "issues/?query=",
    "events/?dataset=errors&field=issue",
    "sessions/?field=sum(session)&interval=1h&statsPeriod=1h",
    "environments/?visibility=all",
  ])("is refused by %s as one that the token may not see", async (path) => {
    const { ask, sentry } = openSentry();
    const reply = await ask(`/${path}&project=wbe`);
    expect([reply.status, await reply.json()]).toEqual([
      403,
      { detail: "You do not have permission to perform this action." },
    ]);
    expect(sentry.violations).toEqual([]);
  });
});

describe("the organization", () => {
  it("links to its own page", async () => {
    const { read } = openSentry({ webUrl: "https://sentry.example" });
    const { links } = await read<{ links: { organizationUrl: string } }>("/");
    expect(links.organizationUrl).toBe("https://sentry.example/organizations/acme");
  });
});
