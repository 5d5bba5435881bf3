import { unprocessable } from "../refusal.ts";
import type { WriteScope } from "../scope.ts";
import type { AttestationRecord } from "./release-records.ts";

/**
 * Keeps a Sigstore bundle under the digests of its subjects. No signature is looked at: GitHub asks readers to verify.
 * @throws Refusal 422 if it holds no in-toto statement
 */
export function storeAttestation({ world, repository }: WriteScope, bundle: object): AttestationRecord {
  const { subject, predicateType } = readStatement(bundle);
  const digests = subject.map(({ digest }) => `sha256:${digest.sha256}`);
  const id = world.takeId();
  return repository.attestations.set(id, { id, bundle, digests, predicateType });
}

type Statement = {
  readonly subject: readonly { readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
};

function readStatement(bundle: object): Statement {
  const { dsseEnvelope } = bundle as { dsseEnvelope?: { payload?: unknown } };
  try {
    const text = Buffer.from(String(dsseEnvelope?.payload), "base64").toString("utf8");
    const statement = JSON.parse(text) as Statement;
    if (statement.subject.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest.sha256))) return statement;
  } catch {
    // Whatever is wrong with it, GitHub's answer is the one below.
  }
  throw unprocessable("Invalid bundle: dsseEnvelope.payload is no in-toto statement with SHA-256 digests");
}
