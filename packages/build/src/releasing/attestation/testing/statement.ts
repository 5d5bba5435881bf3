import type { ReleaseClaim } from "../claim.ts";

/** What a run of a workflow attests. */
export type Attested = {
  /** What GitHub's token says of the run, as Fulcio reads it; `san` is whom the certificate is for. */
  readonly claims: Readonly<Record<"iss" | "repository" | "sha" | "ref" | "san", string>>;
  readonly predicateType: string;
  /** The commit of the predicate's source. */
  readonly source: string;
  /** Path and SHA-256 of each file. */
  readonly subjects: Readonly<Record<string, string>>;
  /** What the signed text is said to be; an in-toto statement by default. */
  readonly payloadType?: string;
  /** Whether the certificate had expired when the signature was logged. */
  readonly expired?: boolean;
};

/** What `release.yml` attests of an action's release. */
export function attestedRelease({ owner, action, commit, files }: ReleaseClaim): Attested {
  const repository = `${owner}/patchpilot`;
  return {
    claims: {
      iss: "https://token.actions.githubusercontent.com",
      repository,
      sha: commit,
      ref: "refs/heads/main",
      san: `https://github.com/${repository}/.github/workflows/release.yml@refs/heads/main`,
    },
    predicateType: "https://slsa.dev/provenance/v1",
    source: commit,
    subjects: Object.fromEntries(files.map(({ path, sha256 }) => [`${action}/${path}`, sha256])),
  };
}

/** The statement that `actions/attest` makes of it. */
export function formatStatement({ claims, predicateType, source, subjects }: Attested): unknown {
  const repository = `https://github.com/${claims.repository}`;
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: Object.entries(subjects).map(([name, sha256]) => ({ name, digest: { sha256 } })),
    predicateType,
    predicate: {
      buildDefinition: {
        buildType: "https://actions.github.io/buildtypes/workflow/v1",
        externalParameters: {
          workflow: { ref: claims.ref, repository, path: ".github/workflows/release.yml" },
        },
        internalParameters: { github: { event_name: "push", runner_environment: "github-hosted" } },
        resolvedDependencies: [{ uri: `git+${repository}@${claims.ref}`, digest: { gitCommit: source } }],
      },
      runDetails: {
        builder: { id: claims.san },
        metadata: { invocationId: `${repository}/actions/runs/1/attempts/1` },
      },
    },
  };
}
