import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseClaim } from "./claim.ts";
import { readDependencies, type SignerIdentity, type Statement } from "./evidence.ts";

const ISSUER = "https://token.actions.githubusercontent.com";
const PROVENANCE = "https://slsa.dev/provenance/v1";

/** The one branch that releases are made from. */
const MAIN = "refs/heads/main";

/** Address of the one workflow that attests releases. */
const releaseWorkflow = (owner: string): string => `${home(owner)}/.github/workflows/release.yml@${MAIN}`;

const home = (owner: string): string => `https://github.com/${owner}/${REPOSITORY_NAME}`;

/** Why a statement whose signature holds does not prove a release; undefined if it does. */
export function judgeRelease(
  claim: ReleaseClaim,
  identity: SignerIdentity,
  statement: Statement,
): string | undefined {
  return (
    judgeIdentity(claim, identity) ?? judgePredicate(claim, statement) ?? judgeFiles(claim, statement.subject)
  );
}

function judgeIdentity(
  { owner, commit }: ReleaseClaim,
  { issuer, workflow, repository, ref, commit: built }: SignerIdentity,
): string | undefined {
  if (issuer !== ISSUER) return `The attestation is signed for ${show(issuer)}, and not for GitHub Actions.`;
  if (workflow !== releaseWorkflow(owner))
    return `The attestation is by the workflow ${show(workflow)}, and not by ${releaseWorkflow(owner)}.`;
  if (repository !== home(owner))
    return `The attestation is of a build of ${show(repository)}, and not of ${home(owner)}.`;
  if (ref !== MAIN) return `The attestation is of a build of ${show(ref)}, and not of ${MAIN}.`;
  return built === commit ? undefined : otherCommit(built, commit);
}

function judgePredicate(
  { owner, commit }: ReleaseClaim,
  { predicateType, predicate }: Statement,
): string | undefined {
  if (predicateType !== PROVENANCE)
    return `The attestation states ${predicateType}, and not the provenance ${PROVENANCE}.`;
  const sources = readDependencies(predicate).filter(({ uri }) => uri === `git+${home(owner)}@${MAIN}`);
  if (sources.length === 0) return `The provenance does not list ${MAIN} of ${home(owner)} as a source.`;
  const other = sources.find(({ digest }) => digest.gitCommit !== commit);
  return other === undefined ? undefined : otherCommit(other.digest.gitCommit, commit);
}

const otherCommit = (built: string | undefined, commit: string): string =>
  `The attestation is of a build of the commit ${show(built)}, and the release says ${commit}.`;

const show = (value: string | undefined): string => value ?? "(none)";

/** Every file of the release must be attested under its name, and every attested file of the action must be there. */
function judgeFiles({ action, files }: ReleaseClaim, subjects: Statement["subject"]): string | undefined {
  const released = new Map(files.map(({ path, sha256 }) => [`${action}/${path}`, sha256]));
  const attested = subjects.filter(({ name }) => name.startsWith(`${action}/`));
  const names = new Set(attested.map(({ name }) => name));
  const other = attested.filter(
    ({ name, digest }) => (released.get(name) ?? digest.sha256) !== digest.sha256,
  );
  return (
    complain("differs from what was attested", other) ??
    complain(
      "is in the release, but was not attested",
      [...released.keys()].filter((name) => !names.has(name)).map((name) => ({ name })),
    ) ??
    complain(
      "was attested, but is not in the release",
      attested.filter(({ name }) => !released.has(name)),
    )
  );
}

function complain(fault: string, files: readonly { readonly name: string }[]): string | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  return `${first.name} ${fault}${files.length > 1 ? `, the first of ${files.length} such files` : ""}.`;
}
