import { isWalled, type PublishedProof, SANDBOX_TITLES } from "@patchpilot/incident";

const SAYS: Readonly<Record<PublishedProof["level"], string>> = {
  proven:
    "a test of it is red on the base by production's own exception, in the same function, and green on the patch. Every part of the change is needed for that.",
  reproduced:
    "a test of it is red on the base, by what it expects or by an exception of the code that changes, and green on the patch.",
  tested:
    "the tests are green on the patch. No test was seen red on the base for the failure and green on the patch, or a part of the change is not needed for that.",
};

const TITLES = { proven: "Proven", reproduced: "Reproduced", tested: "Tested, not proven" } as const;

/**
 * What the tests show, first of all. The words are ours: of `verify` only how its steps ended is known here, and its
 * summary names the tests. Pure.
 * @param changesTests the patch has a say in how it is tested, so that nothing is shown
 */
export function proofNotice(proof: PublishedProof | undefined, changesTests: boolean): string[] {
  if (proof === undefined) return [];
  if (changesTests)
    return ["**Not to be shown:** the patch changes how it is tested, so that its tests prove nothing.", ""];
  const title = isWalled(proof) ? TITLES[proof.level] : `${TITLES[proof.level]} (claimed)`;
  return [`**${title}:** ${SAYS[proof.level]} ${sourceOf(proof)}`, ""];
}

/** Who says so. Pure. */
const sourceOf = (proof: PublishedProof): string =>
  isWalled(proof)
    ? `The job \`verify\` said so, behind ${SANDBOX_TITLES.get(proof.wall) ?? proof.wall}; its summary names the tests.`
    : "The job `verify` said so, but no wall stood around the tests: their code could have made it say that.";
