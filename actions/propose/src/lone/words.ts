import { cutMarkdown, inertSubject, inlineCode } from "@patchpilot/evidence";
import { changesTests, clean, flagList, type PatchAccount } from "../words/change.ts";
import { accountSection, reportedLines, resultDetails, untestedNotice } from "../words/result.ts";
import { foldDetails, NOT_CHECKED, RULES_PASSED, runCi } from "../words/review.ts";
import { type PatchBase, shortenSha } from "./decide.ts";

/** What the texts of a pull request are made from that belongs to no incident. */
export type PatchFacts = PatchAccount & {
  /** What the workflow's author calls it. */
  readonly title: string | undefined;
  /** Another job fixed the SHA-256 before this one read the patch. */
  readonly isFixed: boolean;
  readonly base: PatchBase;
  readonly draft: boolean;
  /** Another token than the workflow's makes branch and pull request. */
  readonly hasOwnToken: boolean;
};

/** Named after the bytes; free words come from the workflow alone, and no program acts on them. */
export function patchTitle({ title, sha256, secrets }: PatchFacts): string {
  const given = clean(secrets, title ?? "", 120);
  return inertSubject(given === "" ? `Apply patch ${shortenSha(sha256)}` : given);
}

/** The message of the one commit. Trailers tie it to the bytes that were checked. */
export const patchMessage = (facts: PatchFacts): string =>
  [
    patchTitle(facts).slice(0, 100),
    "",
    `Patch-SHA256: ${facts.sha256}`,
    ...(facts.patchId === undefined ? [] : [`Patch-Id: ${facts.patchId}`]),
    "",
  ].join("\n");

/** The body: what it is, what was checked and what was not, and the reader's turn. */
export function patchBody(facts: PatchFacts): string {
  const { flagged, reported, secrets, base, sha256, draft, hasOwnToken } = facts;
  const worth = { counts: !changesTests(flagged), isVerified: false };
  return cutMarkdown(
    [
      ...untestedNotice(reported, "Look at the workflow that made it."),
      ...caveats(facts),
      "**Why:** a workflow made this patch. PatchPilot does not know who wrote it, or why.",
      "",
      ...accountSection(reported, secrets),
      "**Checked:**",
      "",
      ...reportedLines(reported, worth, secrets),
      RULES_PASSED,
      NOT_CHECKED,
      "",
      ...flagList(flagged, secrets),
      "**You:**",
      "",
      `- **Run CI:** ${runCi(hasOwnToken)}`,
      `- **It is right:** ${draft ? "choose *Ready for review*, then merge." : "merge it."} It belongs to no incident: the merge ends none, and PatchPilot does not check later whether it helped.`,
      "- **It is not right:** close this pull request. The same patch is not proposed again.",
      "",
      ...foldDetails("Commands and hashes", [
        ...resultDetails(reported, secrets),
        `Base ${inlineCode(base.sha)}, patch SHA-256 ${inlineCode(sha256)}`,
      ]),
    ].join("\n"),
  );
}

/** What nobody fixed before the patch was read. */
function caveats({ isFixed, base }: PatchFacts): string[] {
  const fixed = isFixed
    ? []
    : [
        "**Nothing fixed the patch's bytes before this job read them** (`patch-sha256` was not given), so another step could have replaced the patch.",
        "",
      ];
  return [...fixed, ...BASE_CAVEATS[base.by]];
}

const BASE_CAVEATS: Readonly<Record<PatchBase["by"], readonly string[]>> = {
  input: [],
  head: [
    "No one said which commit the patch was made on (`base-sha` was not given). It applies to the base below, but may be meant for another commit.",
    "",
  ],
  tip: ["An earlier run had made the branch already, on the base below.", ""],
};
