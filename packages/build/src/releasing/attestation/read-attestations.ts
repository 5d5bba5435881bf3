import { getOctokit } from "@actions/github";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseClaim } from "./claim.ts";

/** Whom to ask for attestations. */
export type AttestationStore = {
  readonly token: string;
  /** Address of the API; by default what `GITHUB_API_URL` says. */
  readonly api?: string;
};

/** Milliseconds that a request may take. */
const PATIENCE = 60_000;

/** Every run of an action reads this file, and each release attests it. */
const ASKED_FOR = "dist/index.js";

/**
 * Asks GitHub for the attestations that the owner's repository has of a release's bundle.
 * @returns Sigstore bundles
 * @throws Error if they cannot be had
 */
export async function readAttestations(
  { owner, action, files }: ReleaseClaim,
  { token, api }: AttestationStore,
): Promise<readonly unknown[]> {
  if (token === "")
    throw new Error("GitHub shows attestations to accounts. Set GITHUB_TOKEN, or give a file with --bundle.");
  const file = files.find(({ path }) => path === ASKED_FOR);
  if (file === undefined) throw new Error(`${action} has no ${ASKED_FOR}, by which attestations are found.`);
  const octokit = getOctokit(token, api === undefined ? {} : { baseUrl: api });
  try {
    const asked = { owner, repo: REPOSITORY_NAME, subject_digest: `sha256:${file.sha256}`, per_page: 100 };
    const request = { signal: AbortSignal.timeout(PATIENCE) };
    const list = octokit.rest.repos.listAttestations;
    return await octokit.paginate(list, { ...asked, request }, ({ data }) => listBundles(data));
  } catch (error) {
    const { status, message } = error as Error & { readonly status?: number };
    // GitHub says so if there is none.
    if (status === 404) return [];
    throw new Error(
      `GitHub could not be asked for attestations of ${owner}/${REPOSITORY_NAME} (${status}: ${message}).`,
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
