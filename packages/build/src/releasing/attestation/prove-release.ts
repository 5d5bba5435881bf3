import { type Bundle, bundleFromJSON } from "@sigstore/bundle";
import { X509Certificate } from "@sigstore/core";
import { toSignedEntity, Verifier } from "@sigstore/verify";
import type { ReleaseClaim } from "./claim.ts";
import { readStatement, type SignerIdentity } from "./evidence.ts";
import { judgeRelease } from "./judge-release.ts";
import type { Trust } from "./trust.ts";

/** Whether a release is proven, and why not. */
export type Proof = { readonly proven: true } | { readonly proven: false; readonly why: string };

const IN_TOTO = "application/vnd.in-toto+json";

/**
 * Proves a release by one of the attestations that are given.
 * @param bundles Sigstore bundles as JSON, as GitHub's attestations API gives them
 * @param trust what signatures are checked against
 */
export function proveRelease(claim: ReleaseClaim, bundles: readonly unknown[], trust: Trust): Proof {
  const complaints = bundles.map((bundle) => refuseBundle(claim, bundle, trust));
  if (complaints.some((complaint) => complaint === undefined)) return { proven: true };
  if (complaints.length === 0)
    return { proven: false, why: `There is no attestation of ${claim.action} built from ${claim.commit}.` };
  return { proven: false, why: [...new Set(complaints)].join(" ") };
}

function refuseBundle(claim: ReleaseClaim, json: unknown, trust: Trust): string | undefined {
  const verified = verifyBundle(json, trust);
  if (typeof verified === "string") return verified;
  const statement = readStatement(verified.payload);
  if (statement === undefined) return "The attestation is signed, but holds no in-toto statement.";
  return judgeRelease(claim, verified.identity, statement);
}

/** @returns what is signed and by whom, or why that is not certain */
function verifyBundle(
  json: unknown,
  trust: Trust,
): { readonly payload: Uint8Array; readonly identity: SignerIdentity } | string {
  try {
    const bundle = bundleFromJSON(json);
    const { content } = bundle;
    if (content.$case !== "dsseEnvelope" || content.dsseEnvelope.payloadType !== IN_TOTO)
      return "The attestation is a signature, but of no in-toto statement.";
    new Verifier(trust).verify(toSignedEntity(bundle));
    return { payload: content.dsseEnvelope.payload, identity: readIdentity(bundle) };
  } catch (error) {
    return `The attestation cannot be trusted: ${findCause(error as Error).message.replace(/\.$/, "")}.`;
  }
}

/** Why a chain of certificates does not hold is in the cause. */
const findCause = (error: Error): Error => (error.cause instanceof Error ? findCause(error.cause) : error);

/** Extensions of Fulcio's certificates: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const EXTENSIONS = { issuer: 8, repository: 12, commit: 13, ref: 14 } as const;

function readIdentity({ verificationMaterial: { content } }: Bundle): SignerIdentity {
  const bytes = content.$case === "certificate" ? content.certificate.rawBytes : undefined;
  const certificate = bytes === undefined ? undefined : X509Certificate.parse(Buffer.from(bytes));
  const read = (number: number): string | undefined =>
    certificate?.extension(`1.3.6.1.4.1.57264.1.${number}`)?.valueObj.subs[0]?.value.toString("utf8");
  return {
    workflow: certificate?.subjectAltName,
    issuer: read(EXTENSIONS.issuer),
    repository: read(EXTENSIONS.repository),
    commit: read(EXTENSIONS.commit),
    ref: read(EXTENSIONS.ref),
  };
}
