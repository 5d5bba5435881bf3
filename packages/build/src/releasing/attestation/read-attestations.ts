import { REPOSITORY_NAME } from "@patchpilot/owner";
import { type ApiAccess, endInTime, openOctokit } from "../open-octokit.ts";
import type { ReleaseClaim } from "./claim.ts";

/** Every run of an action reads this file, and each release attests it. */
const ASKED_FOR = "dist/index.js";

/**
 * Asks GitHub for the attestations that the owner's repository has of a release's bundle.
 * @returns Sigstore bundles
 * @throws Error if they cannot be had
 */
export async function readAttestations(
  { owner, action, files }: ReleaseClaim,
  access: ApiAccess,
): Promise<readonly unknown[]> {
  if (access.token === "")
    throw new Error("GitHub shows attestations to accounts. Set GITHUB_TOKEN, or give a file with --bundle.");
  const file = files.find(({ path }) => path === ASKED_FOR);
  if (file === undefined) throw new Error(`${action} has no ${ASKED_FOR}, by which attestations are found.`);
  const octokit = openOctokit(access);
  try {
    const asked = { owner, repo: REPOSITORY_NAME, subject_digest: `sha256:${file.sha256}`, per_page: 100 };
    const list = octokit.rest.repos.listAttestations;
    return await octokit.paginate(list, { ...asked, request: endInTime() }, ({ data }) => listBundles(data));
  } catch (error) {
    const { status, message } = error as Error & { readonly status?: number };
    // GitHub says so if there is none.
    if (status === 404) return [];
    throw new Error(
      `GitHub could not be asked for attestations of ${owner}/${REPOSITORY_NAME} (${status === undefined ? "" : `${status}: `}${message}).`,
    );
  }
}

function listBundles({ attestations = [] }: Attestations): unknown[] {
  const bundles = attestations.flatMap(({ bundle }) => bundle ?? []);
  if (bundles.length === attestations.length) return bundles;
  throw new Error(
    "GitHub gave the address of an attestation in the place of the attestation. Ask again later",
  );
}

/** GitHub's reply, which its client has no type for page by page. */
type Attestations = { readonly attestations?: readonly { readonly bundle?: unknown }[] };

/** Reads bundles from a text: one as JSON, or one a line, as `gh attestation download` writes them. */
export function readBundles(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}
