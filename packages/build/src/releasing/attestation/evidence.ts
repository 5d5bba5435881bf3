import { z } from "zod";

/** Who signed, as the certificate says. */
export type SignerIdentity = {
  /** Address of the workflow, with its ref. */
  readonly workflow: string | undefined;
  readonly issuer: string | undefined;
  /** Address of the repository that the workflow ran for, the ref and the commit. */
  readonly repository: string | undefined;
  readonly ref: string | undefined;
  readonly commit: string | undefined;
};

/** What was signed, as far as a release is judged by it. */
export type Statement = z.infer<typeof STATEMENT>;

const STATEMENT = z.object({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  predicateType: z.string(),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
  predicate: z.unknown(),
});

const PROVENANCE = z.object({
  buildDefinition: z.object({
    resolvedDependencies: z.array(
      z.object({ uri: z.string(), digest: z.object({ gitCommit: z.string().optional() }) }),
    ),
  }),
});

/** A source that the build took, as the provenance lists it. */
export type Dependency = z.infer<typeof PROVENANCE>["buildDefinition"]["resolvedDependencies"][number];

/** Reads the text that was signed; undefined if it is no in-toto statement. */
export function readStatement(payload: Uint8Array): Statement | undefined {
  try {
    return STATEMENT.parse(JSON.parse(Buffer.from(payload).toString("utf8")));
  } catch {
    return undefined;
  }
}

/** The sources that a provenance predicate lists; none if it has another form. */
export function readDependencies(predicate: unknown): readonly Dependency[] {
  return PROVENANCE.safeParse(predicate).data?.buildDefinition.resolvedDependencies ?? [];
}
