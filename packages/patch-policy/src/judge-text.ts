import type { PatchChange } from "./changes.ts";
import { countLines, judgeContents, judgeHiddenText, judgeLockfiles, judgeReach, judgeUnread } from "./judge-files.ts";
import { judgeLength, type PatchRules } from "./judge-patch.ts";
import { POLICY_RULES, type PolicyFinding } from "./rules.ts";
import { judgeSecrets } from "./secrets.ts";
import { judgeSilence } from "./silence/judge-silence.ts";
import { judgeDefinition, judgeManifests } from "./test-definition.ts";
import { patchText, readChangedLines } from "./text/read-diff.ts";

/** What becomes of a patch by its findings. */
export type Judgement = {
  readonly refused: readonly PolicyFinding[];
  readonly flagged: readonly PolicyFinding[];
};

/**
 * Judges what a patch makes of the files that it changes. Pure.
 * @param diff git's own diff of the changes
 * @param readContent bytes of a blob, before or after the patch
 * @param commands that set up and test the base, spelt out, as far as a program of the patch may be one of them
 */
export function judgeText(
  changes: readonly PatchChange[],
  diff: string,
  readContent: (oid: string) => Uint8Array | undefined,
  rules: PatchRules,
  commands: readonly string[],
): Judgement {
  const text = patchText(changes, readChangedLines(diff, changes), readContent);
  const paths = changes.map(({ path }) => path);
  const silence = judgeSilence(text);
  const findings = [
    ...judgeLength(countLines(text), rules),
    ...judgeLockfiles(paths),
    ...judgeContents(changes, readContent),
    ...judgeHiddenText(text),
    ...judgeSecrets(text),
    ...silence.findings,
    ...judgeDefinition(changes, readContent, commands),
    ...judgeManifests(text, paths),
    ...judgeReach(paths),
    ...judgeUnread(text),
  ];
  const isRefused = ({ rule }: PolicyFinding): boolean =>
    POLICY_RULES[rule].grade === "refused" ||
    (POLICY_RULES[rule].grade === "silence" && silence.onlySilences);
  return {
    refused: distinct(findings.filter(isRefused)),
    flagged: distinct(findings.filter((one) => !isRefused(one))),
  };
}

const distinct = (findings: readonly PolicyFinding[]): PolicyFinding[] => [
  ...new Map(findings.map((one) => [`${one.rule} ${one.told}`, one])).values(),
];
