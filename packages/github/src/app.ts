import { createPrivateKey, createSign } from "node:crypto";
import type { Http } from "@patchpilot/http";
import * as z from "zod";
import type { RepositoryName } from "./client.ts";

/** A GitHub App, and where it is asked about. */
export type AppAccess = {
  /** Client id, or the numeric id of older Apps. */
  readonly id: string;
  /** In PEM. */
  readonly privateKey: string;
  readonly apiUrl: string;
  readonly http: Http;
};

/** What an App may do in the repository that it is installed on: `contents` -> `write`. */
export type AppInstallation = { readonly permissions: Readonly<Record<string, string>> };

const installationSchema = z.looseObject({ permissions: z.record(z.string(), z.string()) });

/**
 * Asks, as the App itself, for its installation on a repository.
 * @throws Error if the key is no private key; HttpFailure if GitHub refuses it, or the App is not installed there.
 */
export async function readInstallation(
  { id, privateKey, apiUrl, http }: AppAccess,
  { owner, repo }: RepositoryName,
  now: Date,
): Promise<AppInstallation> {
  const { value } = await http.json(`${apiUrl}/repos/${owner}/${repo}/installation`, {
    parse: (body) => installationSchema.parse(body),
    init: {
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${signToken(id, privateKey, now)}`,
      },
    },
    remedies: {
      unauthorized: "The App's id and its private key do not belong together: copy both from the App's page.",
      "not-found": "Install the App on this repository.",
    },
  });
  return value;
}

/** Minutes that GitHub allows a token of an App to live: ten. The clock may run ahead of GitHub's by one. */
const LIVES_S = 9 * 60;
const AHEAD_S = 60;

/** Source: docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App". */
function signToken(id: string, privateKey: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const claims = { iat: seconds - AHEAD_S, exp: seconds + LIVES_S, iss: id };
  const signed = [{ alg: "RS256", typ: "JWT" }, claims].map(encode).join(".");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(readKey(privateKey)).toString("base64url")}`;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

function readKey(pem: string) {
  try {
    // A secret that was pasted on one line holds `\n` as two characters.
    return createPrivateKey(pem.replaceAll("\\n", "\n"));
  } catch (cause) {
    throw new Error("The App's private key is not in PEM format: copy the whole .pem file.", { cause });
  }
}
