import { RAW_DIFF } from "@patchpilot/git";
import * as policy from "@patchpilot/patch-policy";
import { makePatch, writeChangesTree } from "../patch/agent-changes.ts";
import { findDefinitions, withBaseDefinitions } from "../patch/base-definitions.ts";
import { readContents } from "../patch/read-blobs.ts";
import type { Vault } from "../patch/vault.ts";
import type { Journal } from "../step/journal.ts";

/** What keeps the agent's change from a pull request. */
export type PatchGate = {
  /** Why the change would not be published, by the rules of `propose`. */
  readonly judge: () => Promise<readonly policy.PolicyFinding[]>;
  /** What a reviewer will read of the change that the agent could have done otherwise. */
  readonly flagged: () => Promise<readonly policy.PolicyFinding[]>;
  /** Runs checks as `verify` will: with the base commit's say in how it is tested. */
  readonly asVerified: <T>(run: () => Promise<T>) => Promise<T>;
};

/** @param commands that set up and test the base, spelt out */
export function openPatchGate(
  vault: Vault,
  rules: policy.PatchRules,
  commands: readonly string[],
): PatchGate {
  let last: JudgedTree | undefined;
  const judgeOnce = async (): Promise<JudgedTree> => {
    const tree = await writeChangesTree(vault);
    if (last?.tree !== tree) last = { tree, ...(await judgeChange(vault, tree, rules, commands)) };
    return last;
  };
  return {
    judge: async () => {
      try {
        return (await judgeOnce()).refused;
      } catch (error) {
        if (error instanceof policy.PatchFault) return [policy.makeFinding(error.rule, error.message)];
        throw error;
      }
    },
    flagged: async () => (await judgeOnce()).flagged.filter(policy.isExplainable),
    asVerified: async (run) => {
      const { changes } = await judgeOnce();
      return withBaseDefinitions(vault, await findDefinitions(vault, changes, commands), run);
    },
  };
}

/** A change as it was judged. */
type JudgedTree = policy.Judgement & {
  readonly tree: string;
  readonly changes: readonly policy.PatchChange[];
};

const readTree = async (vault: Vault, tree: string): Promise<policy.PatchChange[]> =>
  policy.readChanges(await vault.git(["diff-tree", "-r", "--no-renames", ...RAW_DIFF, vault.base, tree]));

const DIFF = "diff-tree -r --no-renames --no-ext-diff --no-textconv --no-color --full-index --patch --text";

/** In the order of `propose`: a later rule reads what an earlier one let through. */
async function judgeChange(
  vault: Vault,
  tree: string,
  rules: policy.PatchRules,
  commands: readonly string[],
): Promise<Omit<JudgedTree, "tree">> {
  const { bytes } = await makePatch(vault);
  const changes = await readTree(vault, tree);
  const size = { bytes: bytes.length, sha256: "", holdsSecret: false };
  const paths = changes.map(({ path }) => path);
  const faults = [
    ...policy.judgeBytes(size, { sha256: "" }, rules),
    ...policy.judgePaths(paths, rules),
    ...policy.judgeModes(changes),
  ];
  if (faults.length > 0) return { changes, refused: faults, flagged: [] };
  const objects = changes.flatMap(({ before, after }) => [before, after].flatMap((file) => file?.oid ?? []));
  const [contents, diff] = await Promise.all([
    readContents(vault, new Set(objects)),
    vault.git([...DIFF.split(" "), vault.base, tree]),
  ]);
  const read = (oid: string) => contents.get(oid);
  return { changes, ...policy.judgeText(changes, diff.toString("latin1"), read, rules, commands) };
}

/** How a refusal is named where checks of the project have a command. */
const NAME = "the rules for patches";

const listFindings = (found: readonly policy.PolicyFinding[]): string[] =>
  found.map(({ rule, told }) => `- ${rule}: ${told}`);

/** Notes what the rules say, so that the agent may mend its change as after a red test. */
export function noteRefusal(journal: Journal, refused: readonly policy.PolicyFinding[]): void {
  journal.addCheck({ name: "policy", command: NAME, outcome: "failed", exitCode: null, seconds: 0 });
  const output = [
    "This change would not be published:",
    ...listFindings(refused),
    "Repair the cause in another way, or take that part of the change back. Do not hide it from the rule.",
  ];
  journal.setFailure(NAME, output.join("\n"));
}

/** Says to the agent what a reviewer will read. No check is red. */
export function noteFlags(journal: Journal, flagged: readonly policy.PolicyFinding[]): void {
  const output = [
    "The tests are green, and nothing is refused. A reviewer will read this about the change:",
    ...listFindings(flagged),
    "If the cause can be repaired without it, change that. If it is right, change nothing.",
    "End with a few sentences on why what is left of it is right: they will be in the pull request.",
  ];
  journal.setFailure(NAME, output.join("\n"));
}

/** The ending where the agent did not mend it. */
export const describeRefusal = (refused: readonly policy.PolicyFinding[]): string =>
  `The change would not be published: ${refused.map(({ told }) => told).join(" ")}`;
