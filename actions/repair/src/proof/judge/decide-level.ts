import type { ProofLevel } from "@patchpilot/incident";
import type { Redness, Witness } from "./judge-witness.ts";

/** What became of one hunk when it was taken back alone, or with those that need it. */
export type HunkNeed = "needed" | "not-needed" | "not-tried";

/** What was seen of a change and its tests. */
export type ProofFacts = {
  /** The tests on the patch: whether they are green, and whether any ran. */
  readonly patch: "green" | "red" | "none-ran";
  /** Files that decide how it is tested, and that the patch changes. */
  readonly changesTests: readonly string[];
  /** Whether tests and code of the patch are in one file that is new, and no other test is there. */
  readonly isMixed: boolean;
  /** Why the tests could not be seen red on the base, where they could not. */
  readonly unseen: string | undefined;
  readonly witnesses: readonly Witness[];
  readonly flaky: readonly string[];
  readonly hunks: readonly { readonly place: string; readonly need: HunkNeed }[];
};

/** What a green patch is worth, and why. */
export type JudgedProof = { readonly level: ProofLevel; readonly reason: string };

/** Decides what was shown of a patch. Pure. */
export function decideLevel(facts: ProofFacts): JudgedProof {
  const { patch, changesTests, isMixed } = facts;
  if (patch === "red") return says("not-verified", "The tests are red on the patch.");
  if (patch === "none-ran") return says("not-verified", "No test ran on the patch.");
  if (changesTests.length > 0)
    return says("cannot-be-shown", `The patch changes how it is tested: ${listSome(changesTests)}.`);
  const best = RED.find((red) => facts.witnesses.some((witness) => witness.red === red));
  if (best === undefined || best === "nothing") {
    if (isMixed && facts.witnesses.length === 0)
      return says(
        "cannot-be-shown",
        "Code and tests of the patch are in one new file and cannot be separated.",
      );
    return says("tested", explainUnshown(facts));
  }
  return judgeNeed(facts, best);
}

/** The most telling first. */
const RED: readonly Redness[] = ["production", "assertion", "changed-code", "nothing"];

const says = (level: ProofLevel, reason: string): JudgedProof => ({ level, reason });

/** Every part of a proven change is needed; a part that nobody could try keeps it from being proven. */
function judgeNeed({ hunks, witnesses }: ProofFacts, red: Exclude<Redness, "nothing">): JudgedProof {
  const listPlaces = (need: HunkNeed) => hunks.filter((hunk) => hunk.need === need).map(({ place }) => place);
  const [extra, untried] = [listPlaces("not-needed"), listPlaces("not-tried")];
  if (extra.length > 0)
    return says(
      "tested",
      `The new tests are green without ${listSome(extra)}: what is not needed for them is not proven.`,
    );
  const test = witnesses.find((witness) => witness.red === red)?.name ?? "";
  if (hunks.length === 0) return says("tested", "The patch changes no code whose need a test could show.");
  const seen = `“${test}” ${SEEN[red]}`;
  if (untried.length > 0)
    return says("reproduced", `${seen}. Not every part was tried: not ${listSome(untried)}.`);
  return red === "production"
    ? says("proven", `${seen}. It needs every part of the change.`)
    : says("reproduced", `${seen}.`);
}

const SEEN: Readonly<Record<Exclude<Redness, "nothing">, string>> = {
  production:
    "is red on the base by production's own exception, in the same function, and green on the patch",
  assertion: "is red on the base, because it expects otherwise, and green on the patch",
  "changed-code":
    "is red on the base by an exception out of the code that the patch changes, and green on the patch",
};

/** Why no test shows the failure. */
function explainUnshown({ unseen, witnesses, flaky }: ProofFacts): string {
  if (unseen !== undefined) return unseen;
  const [witness] = witnesses;
  if (witness?.isIdle)
    return `“${witness.name}” does not run what the patch changes: it only sees that it was changed.`;
  if (witness !== undefined)
    return `“${witness.name}” is red on the base for another reason than the failure: ${describeFailure(witness)}.`;
  if (flaky.length > 0) return `What is red on the base does not end the same way twice: “${flaky[0]}”.`;
  return "No test is red on the base and green on the patch.";
}

const KINDS = {
  assertion: "a snapshot differs, which is what the code printed",
  exception: "an exception from elsewhere",
  setup: "it does not compile, import or set up",
  timeout: "it takes too long",
  unknown: "its runner does not say why",
} as const;

const describeFailure = ({ failure: { kind, types } }: Witness): string =>
  [KINDS[kind], ...types.slice(0, 1)].join(", ");

/** Names a few, and counts the others. */
const listSome = (names: readonly string[]): string =>
  names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
