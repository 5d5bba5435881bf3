import { describe, expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";
import { makeAppKey, signWebToken } from "../../testing/web-token.ts";

const KEY = makeAppKey();
const OTHER_KEY = makeAppKey();
const NOW = Date.parse("2026-11-02T09:00:00Z") / 1000;
const CLAIMS = { iss: "Iv1.shop", iat: NOW - 60, exp: NOW + 540 };

function openApp() {
  const github = openGitHub({
    repositories: [
      { owner: "acme", name: "shop" },
      { owner: "acme", name: "other" },
    ],
  });
  github.world.registerApp({
    id: 7,
    clientId: "Iv1.shop",
    slug: "shop-fixer",
    publicKey: KEY.publicKey,
    permissions: { contents: "write" },
    installedOn: ["acme/shop"],
  });
  return github;
}

describe("a GitHub App", () => {
  test.each(["Iv1.shop", "7", 7])("names itself to a token of the issuer %j", async (iss) => {
    const { rest, simulator } = openApp();
    const reply = await rest(signWebToken({ ...CLAIMS, iss }, KEY.privateKey), "GET /app");
    expect(reply.body).toMatchObject({
      id: 7,
      client_id: "Iv1.shop",
      slug: "shop-fixer",
      owner: { login: "acme" },
      permissions: { contents: "write", metadata: "read" },
    });
    expect(simulator.violations).toEqual([]);
  });

  test("finds its installation on a repository, in any case", async () => {
    const { rest } = openApp();
    const reply = await rest(signWebToken(CLAIMS, KEY.privateKey), "GET /repos/Acme/Shop/installation");
    expect(reply.body).toMatchObject({ app_id: 7, account: { login: "acme" }, suspended_at: null });
  });

  test.each(["other", "none"])("is told 404 of acme/%s, on which it is not installed", async (name) => {
    const { rest, simulator } = openApp();
    const reply = await rest(signWebToken(CLAIMS, KEY.privateKey), `GET /repos/acme/${name}/installation`);
    expect(reply.status).toBe(404);
    expect(simulator.violations).toEqual([]);
  });

  test("reaches no repository by itself", async () => {
    const { rest } = openApp();
    expect((await rest(signWebToken(CLAIMS, KEY.privateKey), "GET /repos/acme/shop")).status).toBe(404);
  });

  test("has points of its own to spend", async () => {
    const { rest, token } = openApp();
    await rest(token(), "GET /repos/acme/shop");
    const reply = await rest(signWebToken(CLAIMS, KEY.privateKey), "GET /app");
    expect(reply.headers.get("x-ratelimit-used")).toBe("1");
  });
});

describe("a web token", () => {
  const UNDECODABLE = "A JSON web token could not be decoded";
  const EXPIRED =
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  const NOT_ISSUED =
    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";

  test.each([
    ["of another key", signWebToken(CLAIMS, OTHER_KEY.privateKey), 401, UNDECODABLE],
    ["of another algorithm", signWebToken(CLAIMS, KEY.privateKey, { alg: "none" }), 401, UNDECODABLE],
    [
      "without a signature",
      `${signWebToken(CLAIMS, KEY.privateKey).split(".", 2).join(".")}.`,
      401,
      UNDECODABLE,
    ],
    ["without JSON in it", "eyJub25l.bm9uZQ.bm9uZQ", 401, UNDECODABLE],
    [
      "of nobody",
      signWebToken({ ...CLAIMS, iss: undefined }, KEY.privateKey),
      401,
      "Missing 'issuer' claim ('iss') in assertion",
    ],
    [
      "of an unknown App",
      signWebToken({ ...CLAIMS, iss: "8" }, KEY.privateKey),
      404,
      "Integration not found",
    ],
    ["that has expired", signWebToken({ ...CLAIMS, exp: NOW }, KEY.privateKey), 401, EXPIRED],
    ["that never expires", signWebToken({ ...CLAIMS, exp: undefined }, KEY.privateKey), 401, EXPIRED],
    [
      "that lives for more than ten minutes",
      signWebToken({ ...CLAIMS, exp: NOW + 601 }, KEY.privateKey),
      401,
      "'Expiration time' claim ('exp') is too far in the future",
    ],
    ["from the future", signWebToken({ ...CLAIMS, iat: NOW + 1 }, KEY.privateKey), 401, NOT_ISSUED],
    [
      "without the time of its issue",
      signWebToken({ ...CLAIMS, iat: undefined }, KEY.privateKey),
      401,
      NOT_ISSUED,
    ],
  ])("%s is refused in GitHub's words", async (_, webToken, status, message) => {
    const { rest, simulator } = openApp();
    const reply = await rest(webToken, "GET /app");
    expect([reply.status, reply.body.message]).toEqual([status, message]);
    expect(simulator.violations).toEqual([]);
  });

  test("is what an App must show, not the token of an installation", async () => {
    const { rest, token } = openApp();
    const reply = await rest(token(), "GET /app");
    expect([reply.status, reply.body.message]).toEqual([401, UNDECODABLE]);
  });
});
