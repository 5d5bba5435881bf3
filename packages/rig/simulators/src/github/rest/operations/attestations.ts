import { renderAttestation } from "../../render/release.ts";
import { NotSimulated, notFound } from "../../state/refusal.ts";
import { storeAttestation } from "../../state/releases/attestations.ts";
import { inRepository, type RepositoryCall, type RestOperations } from "../operation.ts";
import { created, okReply, type RestReply } from "../reply.ts";

export const attestationOperations: RestOperations = {
  "repos/create-attestation": inRepository({ attestations: "write" }, { body: ["bundle"] }, (call) => {
    const { bundle } = call.body as { bundle: object };
    return created({ id: storeAttestation(call.scope, bundle).id });
  }),
  "repos/list-attestations": inRepository(
    { attestations: "read" },
    { query: ["per_page", "predicate_type"] },
    list,
  ),
};

const DEFAULT_SIZE = 30;

/** The newest first; a digest that nobody attested is 404. GitHub pages by cursor, which nothing here has needed. */
function list(call: RepositoryCall): RestReply {
  const { predicate_type: type, per_page: size = DEFAULT_SIZE } = call.query;
  const found = call.repository.attestations
    .list()
    .filter(({ digests }) => digests.includes(call.path["subject_digest"] ?? ""))
    .filter(({ predicateType }) => type === undefined || isType(String(type), predicateType))
    .reverse();
  if (found.length === 0) throw notFound();
  if (found.length > Number(size)) throw new NotSimulated("repos/list-attestations: a second page.");
  return okReply({
    attestations: found.map((attestation) => renderAttestation(call.world, call.repository, attestation)),
  });
}

/** `provenance`, `sbom` and `release` are short for the predicates that are called so. */
function isType(asked: string, predicateType: string): boolean {
  const short = {
    provenance: "https://slsa.dev/provenance/",
    sbom: "https://spdx.dev/Document",
    release: "https://in-toto.io/attestation/release/",
  };
  return asked in short
    ? predicateType.startsWith(short[asked as keyof typeof short])
    : predicateType === asked;
}
