import { cleanText, inertCode } from "@patchpilot/evidence";
import { POLICY_RULES, type PolicyFinding } from "@patchpilot/patch-policy";
import type { PreparedPatch } from "../read-patch.ts";
import type { Reported } from "../read-result.ts";

/** What every text about a patch is made from. */
export type PatchAccount = Pick<PreparedPatch, "changes" | "flagged" | "patchId"> & {
  readonly sha256: string;
  /** What the job that made the patch reported. */
  readonly reported: Reported;
  readonly secrets: readonly string[];
};

const MOST_FLAGS = 30;

const definesTests = ({ rule }: PolicyFinding): boolean => rule === "changes-how-it-is-tested";

/** Whether a patch changes how it is tested: then its checks verify nothing. */
export const changesTests = (flagged: readonly PolicyFinding[]): boolean => flagged.some(definesTests);

/**
 * What a reviewer should look at, by the names of the rules. Paths in it are an agent's words. What changes how it is
 * tested comes first and is never left out: a reviewer must know how much green tests are worth.
 */
export function flagList(flagged: readonly PolicyFinding[], secrets: readonly string[]): string[] {
  if (flagged.length === 0) return [];
  const defining = flagged.filter(definesTests);
  const shown = [...defining, ...flagged.filter((one) => !definesTests(one)).slice(0, MOST_FLAGS)];
  const more = flagged.length - shown.length;
  return [
    "**Look at first:**",
    "",
    ...shown.map(({ rule, told, path, line }) => {
      const place = path === undefined ? "" : ` in ${pathCode(path, secrets)}`;
      // The name of a language is none of an agent's words.
      const means = rule === "not-read" ? told : POLICY_RULES[rule].means;
      return `- \`${rule}\`: ${means}${place}${line === undefined ? "" : `, line ${line}`}`;
    }),
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
  ];
}

/** Paths are an agent's words, too. */
const pathCode = (path: string, secrets: readonly string[]): string => inertCode(clean(secrets, path, 200));

/** Clean text on one line. */
export const clean = (secrets: readonly string[], raw: string, maxLength: number): string =>
  cleanText(raw, { maxLength, secrets, singleLine: true }).text;
