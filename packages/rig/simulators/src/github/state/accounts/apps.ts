import { verify } from "node:crypto";
import { GitHubRefusal, notFound } from "../refusal.ts";
import type { Repository } from "../repository.ts";
import type { AccountInstallation, App, Apps, Token } from "./token.ts";

const LONGEST_LIFE_SECONDS = 600;
const EXPIRATION = "'Expiration time' claim ('exp')";
const ISSUED = "'Issued at' claim ('iat')";

/** Whether credentials look like a JSON web token, as an App signs it. */
export function isWebToken(credentials: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(credentials);
}

/**
 * Lets an App in by a web token that it signed. The App itself reaches no repository.
 * @throws Refusal 401 in GitHub's words; 404 if no App is called like the issuer.
 */
export function appToken(apps: Apps, credentials: string, nowMs: number): Token {
  const app = authenticate(apps, credentials, Math.floor(nowMs / 1000));
  return {
    value: `app ${app.id}`,
    actor: app.bot,
    permissions: {},
    repositories: new Set(),
    isGitHubToken: false,
    app,
  };
}

/** @throws Refusal 401 for a token that is not an App's own. */
export function requireApp({ app }: Token): App {
  if (app === undefined) throw undecodable();
  return app;
}

/** The installation of an App on a repository. @throws Refusal 404 if it is not installed. */
export function requireInstallation(app: App, { fullName, owner }: Repository): AccountInstallation {
  const isInstalled = app.installedOn.some((name) => name.toLowerCase() === fullName.toLowerCase());
  const installation = app.installations.find(({ account }) => account.login === owner);
  if (!isInstalled || installation === undefined) throw notFound();
  return installation;
}

function authenticate(apps: Apps, credentials: string, now: number): App {
  const [header = "", payload = "", signature = ""] = credentials.split(".");
  const claims = readPart(payload);
  if (claims["iss"] === undefined) throw unauthorized("Missing 'issuer' claim ('iss') in assertion");
  const app = apps.get(String(claims["iss"]));
  if (app === undefined) throw notFound("Integration not found");
  const signed = Buffer.from(`${header}.${payload}`);
  const isSigned = verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url"));
  if (readPart(header)["alg"] !== "RS256" || !isSigned) throw undecodable();
  checkTimes(claims, now);
  return app;
}

function checkTimes({ exp, iat }: Readonly<Record<string, unknown>>, now: number): void {
  if (typeof iat !== "number" || !Number.isInteger(iat) || iat > now)
    throw unauthorized(`${ISSUED} must be an Integer representing the time that the assertion was issued`);
  if (typeof exp !== "number" || exp <= now)
    throw unauthorized(
      `${EXPIRATION} must be a numeric value representing the future time at which the assertion expires`,
    );
  if (exp > now + LONGEST_LIFE_SECONDS) throw unauthorized(`${EXPIRATION} is too far in the future`);
}

function readPart(part: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    if (typeof read === "object" && read !== null) return read as Record<string, unknown>;
  } catch {
    // What is no JSON is refused like what is no object.
  }
  throw undecodable();
}

function undecodable(): GitHubRefusal {
  return unauthorized("A JSON web token could not be decoded");
}

function unauthorized(message: string): GitHubRefusal {
  return new GitHubRefusal("BAD_CREDENTIALS", message);
}
