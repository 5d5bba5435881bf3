import { describe, expect, it } from "vitest";
import * as z from "zod";
import { repositoryName } from "./client.ts";
import { failureOf, githubThat, reply } from "./testing/in-process.ts";

const get = (response: Response) =>
  failureOf(
    githubThat(() => response).github.request("GET /repos/{owner}/{repo}", { owner: "acme", repo: "shop" }),
  );
const ANY = z.looseObject({});
const lose = (): never => {
  throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
};
const ask = (body: unknown, schema: z.ZodType = ANY) =>
  githubThat(() => reply(body)).github.query("query Things { x }", {}, schema);

describe("a refusal of REST", () => {
  it("says that the token is wrong", async () => {
    expect(await get(reply({ message: "Bad credentials" }, 401))).toMatchObject({
      kind: "unauthorized",
      message: expect.stringMatching(/answered 401.*Bad credentials.*`github-token`/),
    });
  });

  it.each([
    ["issues=write", "`issues: write`"],
    ["contents=write,pull_requests=read", "`contents: write and pull-requests: read`"],
    ["issues=write; pull_requests=write", "`issues: write or pull-requests: write`"],
  ])("names the missing permission %s as a workflow writes it", async (header, words) => {
    const failure = await get(
      reply({ message: "Resource not accessible by integration" }, 403, {
        "x-accepted-github-permissions": header,
      }),
    );
    expect(failure).toMatchObject({ kind: "forbidden" });
    expect(failure.message).toContain(words);
  });

  it.each([
    [
      "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
      "IP allow list",
    ],
    ["Resource protected by organization SAML enforcement.", "single sign-on"],
    ["Repository was archived so is read-only.", "unarchive it"],
    ["This installation has been suspended", "is suspended"],
  ])("names the remedy for %s", async (message, remedy) => {
    const headers = { "x-accepted-github-permissions": "contents=read" };
    const failure = await get(reply({ message }, 403, headers));
    expect(failure.message).toContain(remedy);
    expect(failure.message).not.toContain("permissions:");
    const errors = [{ type: "FORBIDDEN", path: ["repository"], message }];
    expect((await failureOf(ask({ data: null, errors }))).message).toContain(remedy);
  });

  it("leaves open whether a thing is missing or a permission", async () => {
    const headers = { "x-accepted-github-permissions": "contents=read" };
    expect(await get(reply({ message: "Not Found" }, 404, headers))).toMatchObject({
      kind: "not-found",
      message: expect.stringMatching(
        /Either it does not exist, or the job's `permissions:` need `contents: read`/,
      ),
    });
  });

  it.each([
    [404, "not-found"],
    [410, "not-found"],
    [422, "rejected"],
    [409, "rejected"],
  ])("of %i is %s", async (status, kind) => {
    expect(await get(reply({ message: "no" }, status))).toMatchObject({ kind, status });
  });

  it("is told without query, header or token", async () => {
    const failure = await failureOf(
      githubThat(() => reply({ message: "no" }, 422)).github.request("GET /search/issues", {
        q: "secret words",
      }),
    );
    expect(failure.message).not.toMatch(/secret|ghs_/);
  });
});

describe("a query", () => {
  it("is checked against its schema", async () => {
    const schema = z.looseObject({ viewer: z.looseObject({ login: z.string() }) });
    expect(await ask({ data: { viewer: { login: "ada", id: 1 } } }, schema)).toMatchObject({
      viewer: { login: "ada" },
    });
  });

  it("names the field that GitHub changed", async () => {
    const schema = z.looseObject({ viewer: z.looseObject({ login: z.string() }) });
    expect(await failureOf(ask({ data: { viewer: { login: 7 } } }, schema))).toMatchObject({
      kind: "unreadable",
      message: expect.stringContaining("`viewer.login`"),
    });
  });

  it.each([
    ["null", null],
    ["a list", []],
    ["a text", "ok"],
    ["errors that are none", { errors: "no" }],
    ["errors without a message", { data: {}, errors: [null] }],
  ])("is answered with %s by whatever is in between", async (_, body) => {
    expect(await failureOf(ask(body))).toMatchObject({ kind: "unreadable", provider: "GitHub" });
  });

  it("answers null for what does not exist", async () => {
    const errors = [{ type: "NOT_FOUND", path: ["repository", "i7"], message: "Could not resolve" }];
    expect(await ask({ data: { repository: { i7: null } }, errors })).toEqual({ repository: { i7: null } });
  });

  it.each([
    ["says so", [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" }]],
    ["does not say why", undefined],
  ])("fails by name where GitHub shows no such repository and %s", async (_, errors) => {
    const { github } = githubThat(() => reply({ data: { repository: null }, errors }));
    const asked = github.query("query Refs { x }", { owner: "acme", repo: "shop" }, z.unknown());
    expect(await failureOf(asked)).toMatchObject({
      kind: "not-found",
      message: expect.stringMatching(/^GitHub shows no such repository.*query Refs of acme\/shop/s),
    });
  });

  it.each([
    [["repository", "issues"], "issues: write"],
    [["repository", "i12"], "issues: write"],
    [["repository", "changed"], "issues: write"],
    [["repository", "pullRequests"], "pull-requests: read"],
    [["repository", "p3"], "pull-requests: read"],
    [["repository", "deployments"], "deployments: read"],
    [["repository", "r0"], "contents: read"],
  ])("names the permission that %j lacks", async (path, permission) => {
    const errors = [{ type: "FORBIDDEN", path, message: "Resource not accessible by integration" }];
    expect(await failureOf(ask({ data: { repository: null }, errors }))).toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining(`\`${permission}\``),
    });
  });

  it.each([
    ["RATE_LIMITED", "rate-limited"],
    [undefined, "rejected"],
  ])("fails as a whole by an error of type %s", async (type, kind) => {
    const errors = [{ ...(type ? { type } : {}), message: "no" }];
    expect(await failureOf(ask({ data: null, errors }))).toMatchObject({ kind });
  });

  it("is asked again after a reply that was lost", async () => {
    const { github, asked } = githubThat((_asked, count) => {
      if (count === 1) lose();
      return reply({ data: {} });
    });
    await github.query("query Things { x }", {}, ANY);
    expect(asked).toHaveLength(2);
  });
});

describe("a mutation", () => {
  const mutation = { field: "addComment", input: { body: "x" }, select: "clientMutationId" };

  it.each([
    ["reply that was lost", lose],
    ["502", () => reply({ message: "Server Error" }, 502)],
    ["reply that is null", () => reply(null)],
  ])("is never sent again after a %s", async (_, answer) => {
    const { github, asked } = githubThat(answer);
    expect(await github.mutate([mutation])).toMatchObject([{ state: "unknown" }]);
    expect(asked).toHaveLength(1);
  });

  it("ends the run where the credential is refused", async () => {
    const { github } = githubThat(() => reply({ message: "Bad credentials" }, 401));
    expect(await failureOf(github.mutate([mutation]))).toMatchObject({ kind: "unauthorized" });
  });

  it("does not carry the token in its body", async () => {
    const { github, asked } = githubThat(() => reply({ data: { m0: {} } }));
    await expect(
      github.mutate([{ ...mutation, input: { body: "my token is ghs_0123456789" } }]),
    ).rejects.toThrow(/github-token/);
    expect(asked).toEqual([]);
  });
});

describe("GitHub's clock", () => {
  it("is the Date of the newest reply, and asks for one only once", async () => {
    const { github, asked } = githubThat(() => reply({}));
    expect(await github.clock()).toEqual(new Date("2026-11-21T09:00:00Z"));
    await github.clock();
    expect(asked.map(({ path }) => path)).toEqual(["/rate_limit"]);
  });
});

describe("a repository's full name", () => {
  it("is split into its two names", () => {
    expect(repositoryName("acme/shop.web")).toEqual({ owner: "acme", repo: "shop.web" });
  });
});
