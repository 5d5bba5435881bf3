import { inertLink } from "@patchpilot/evidence";
import { isWalled, type PublishedProof, SANDBOX_TITLES } from "@patchpilot/incident";

const SAYS: Readonly<Record<PublishedProof["level"], string>> = {
  proven:
    "a test fails on the old code by production's own exception, in the same function, and passes on the new. Every part of the change is needed for that.",
  reproduced:
    "a test fails on the old code, by what it expects or by an exception of the code that changes, and passes on the new.",
  tested:
    "the tests pass on the new code. None was seen to fail before and pass after, or a part of the change is not needed for that.",
};

const TITLES = { proven: "Proven", reproduced: "Reproduced", tested: "Tested, not proven" } as const;

/**
 * What the tests show, in one line. The words are ours: of `verify` only how its steps ended is known here, and its
 * summary names the tests. Pure.
 * @param changesTests the patch has a say in how it is tested, and nothing is shown
 * @param runUrl of the run whose summary names the tests
 */
export function proofLine(
  proof: PublishedProof | undefined,
  changesTests: boolean,
  runUrl: string,
): string[] {
  if (proof === undefined) return [];
  const { level, wall } = proof;
  if (changesTests)
    return ["- ⚠️ **Not to be shown:** the patch changes how it is tested, so its tests prove nothing."];
  const summary = `${inertLink("The run's summary", runUrl)} names the tests.`;
  return isWalled(proof)
    ? [
        `- ${level === "tested" ? "⚠️" : "✅"} **${TITLES[level]}:** ${SAYS[level]} The job \`verify\` saw it on a fresh machine, behind ${SANDBOX_TITLES.get(wall) ?? wall}. ${summary}`,
      ]
    : [
        `- ⚠️ **${TITLES[level]} (claimed):** ${SAYS[level]} The job \`verify\` said so, but there was no wall around the tests: their code could have made it say that. ${summary}`,
      ];
}
