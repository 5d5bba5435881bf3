import { describe, expect, it } from "vitest";
import type { SentryReader } from "../ports.ts";
import { failure, sentryIssue } from "../testing/sentry.ts";
import { listUnresolved } from "./environments.ts";

const SETTINGS = { environment: "production", "sentry-projects": ["shop"] };
const NOTHING = { rows: [], truncated: false };

async function list(world: {
  readonly issues?: SentryReader["listIssues"];
  readonly projects?: readonly string[];
  readonly environments?: readonly string[];
}) {
  const { issues = async () => NOTHING, projects = ["shop", "web"], environments = ["production"] } = world;
  const asked: string[] = [];
  const sentry = {
    listIssues: issues,
    listProjects: async () => {
      asked.push("projects");
      return { rows: projects.map((slug, index) => ({ id: String(index + 11), slug })), truncated: false };
    },
    listEnvironments: async () => environments,
  } as unknown as SentryReader;
  const said: string[] = [];
  const result = await listUnresolved(sentry, SETTINGS, (sentence) => said.push(sentence)).catch(
    (error: Error) => error,
  );
  return { result, said, asked };
}
const refuse = (kind: Parameters<typeof failure>[0]) => async () => {
  throw failure(kind);
};

describe("a list without issues", () => {
  it("names the environments that Sentry does know", async () => {
    const { said } = await list({ environments: ["preview", "vercel-production"] });
    expect(said).toEqual([
      "Sentry has no events of the environment `production` in `shop`; it knows `preview`, `vercel-production`. Set `environment` to the one that is your production.",
    ]);
  });

  it("names them too where Sentry answers 404, and ends no run", async () => {
    const { said, result } = await list({
      issues: refuse("not-found"),
      environments: ["vercel-production"],
    });
    expect(result).toEqual(NOTHING);
    expect(said).toEqual([expect.stringContaining("`vercel-production`")]);
  });

  it("names the projects that the token sees", async () => {
    const { said } = await list({ projects: ["shop-api", "web"] });
    expect(said).toEqual([expect.stringMatching(/no project `shop`.*it sees `shop-api`, `web`/)]);
  });

  it("is nothing to speak of where the settings are right", async () => {
    expect(await list({})).toEqual({ result: NOTHING, said: [], asked: ["projects"] });
  });

  it("asks for nothing more where there are issues", async () => {
    const issues = async () => ({ rows: [sentryIssue("12")], truncated: false });
    expect((await list({ issues })).asked).toEqual([]);
  });

  it.each(["forbidden", "unauthorized", "server"] as const)("fails as before if it is %s", async (kind) => {
    expect((await list({ issues: refuse(kind) })).result).toMatchObject({ kind });
  });

  it("fails as before where nothing explains the 404", async () => {
    expect((await list({ issues: refuse("not-found") })).result).toMatchObject({ kind: "not-found" });
  });
});
