import { TrustedRoot } from "@sigstore/protobuf-specs";
import { DEFAULT_MIRROR_URL, getTrustedRoot } from "@sigstore/tuf";
import { type TrustMaterial, toTrustMaterial } from "@sigstore/verify";

/** What signatures are checked against: authorities of certificates, and logs. */
export type Trust = TrustMaterial;

/**
 * Trust material of Sigstore's public instance, which GitHub uses for public repositories. It comes from Sigstore's own
 * repository of roots, and is kept for the account that asks.
 * @param root a trusted root as JSON to use instead
 */
export async function openTrust(root?: unknown): Promise<Trust> {
  return toTrustMaterial(root === undefined ? await fetchRoot() : TrustedRoot.fromJSON(root));
}

async function fetchRoot(): Promise<TrustedRoot> {
  try {
    return await getTrustedRoot();
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(`Sigstore's root could not be fetched from ${DEFAULT_MIRROR_URL} (${why}).`, {
      cause: error,
    });
  }
}
