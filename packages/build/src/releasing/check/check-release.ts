import type { ReleaseClaim } from "../attestation/claim.ts";
import { type Expected, judgeReleased } from "../released/judge-released.ts";
import type { Released } from "../released/read-released.ts";
import { compareFiles } from "./compare-files.ts";
import {
  type Attestation,
  decideVerdict,
  describeAttestation,
  describeRelease,
  isWorthBuilding,
} from "./decide-verdict.ts";
import type { CheckPorts, Rebuilt } from "./ports.ts";

/**
 * Checks that a release is built from the commit that it names, and says what was compared.
 * @param expected what the release is taken for
 * @returns whether everything is proven that had to be
 */
export async function checkRelease(expected: Expected, ports: CheckPorts): Promise<boolean> {
  const released = await ports.readReleased();
  if (typeof released === "string") return refuse(ports, released);
  const refusal = judgeReleased(released, expected);
  if (refusal !== undefined) return refuse(ports, refusal);
  for (const line of describeRelease(released)) ports.report(line);

  const { action, source, files } = released;
  const claim = { owner: expected.owner, action, commit: source.commit, files };
  const attestation = await askAttestation(claim, ports);
  ports.report(describeAttestation(attestation, released));
  const differences = isWorthBuilding(attestation)
    ? compareBuilt(released, await ports.rebuild(released))
    : undefined;

  const { proven, lines } = decideVerdict(attestation, differences, released);
  for (const line of lines) ports.report(line);
  return proven;
}

/** An old tree could be released again under a higher version: every file would be the same. */
function compareBuilt({ action, version, files }: Released, built: Rebuilt): string[] {
  const other = `${action} has the version ${built.version} in its source, and is released as v${version}.`;
  return [...(built.version === version ? [] : [other]), ...compareFiles(files, built.files)];
}

function refuse({ report }: CheckPorts, sentence: string): boolean {
  report(sentence);
  return false;
}

async function askAttestation(claim: ReleaseClaim, { prove }: CheckPorts): Promise<Attestation> {
  try {
    return prove === undefined ? "unwanted" : await prove(claim);
  } catch (error) {
    return { unasked: (error as Error).message };
  }
}
