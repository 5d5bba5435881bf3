import type { Proof } from "../attestation/prove-release.ts";
import type { Released } from "../released/read-released.ts";

/** What the attestation says: a proof, `unasked` if it could not be had, `unwanted` if nobody wants to know. */
export type Attestation = Proof | { readonly unasked: string } | "unwanted";

/** The lines that end a check, and whether everything is proven that had to be. */
export type Verdict = { readonly proven: boolean; readonly lines: readonly string[] };

/** What a release says of itself. */
export function describeRelease({ action, version, commit, source, files }: Released): string[] {
  const inDist = files.filter(({ path }) => path.startsWith("dist/")).length;
  return [
    `${action} v${version} is the commit ${commit}, which says that it is built from ${source.repository}@${source.commit}.`,
    `Dist-SHA256 is the digest of the ${inDist} files of its dist; with the others there are ${files.length}.`,
  ];
}

/** What is known before anything is built. */
export function describeAttestation(attestation: Attestation, { source, files }: Released): string {
  if (attestation === "unwanted") return "Attestation: not asked for.";
  if ("unasked" in attestation) return `Attestation: not proven. ${attestation.unasked}`;
  if (!attestation.proven) return `Attestation: refused. ${attestation.why}`;
  return `Attestation: release.yml on main of ${source.repository} built all ${files.length} files from that commit.`;
}

/** Whether a build is of use: of a commit that the attestation speaks against nothing is run here. */
export const isWorthBuilding = (attestation: Attestation): boolean =>
  attestation === "unwanted" || "unasked" in attestation || attestation.proven;

/** @param differences of the release and what its commit builds; absent if nothing was built */
export function decideVerdict(
  attestation: Attestation,
  differences: readonly string[] | undefined,
  { action, version, files }: Released,
): Verdict {
  const name = `${action} v${version}`;
  if (differences === undefined)
    return {
      proven: false,
      lines: [`Do not use ${name}. Nothing was built: its attestation speaks against it.`],
    };
  if (differences.length > 0)
    return {
      proven: false,
      lines: [...differences, `Do not use ${name}: it is not what its commit builds.`],
    };
  const rebuilt = `Built anew: all ${files.length} files are the same, byte for byte, and so are their modes.`;
  if (attestation === "unwanted")
    return {
      proven: true,
      lines: [rebuilt, `${name} is what its commit builds. Who built it was not asked.`],
    };
  if ("unasked" in attestation)
    return { proven: false, lines: [rebuilt, `${name} is what its commit builds. ${ALONE}`] };
  return { proven: true, lines: [rebuilt, `${name} is proven.`] };
}

const ALONE = "The rebuild alone proves that; if it is enough for you, add --without-attestation.";
