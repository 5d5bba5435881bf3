import { nameAction } from "@patchpilot/owner";
import { runCi } from "../words/review.ts";

/** What the reader of a pull request can do, and what follows. */
export type TurnFacts = {
  /** The incident as GitHub links it. */
  readonly reference: string;
  /** Of the incident; undefined: no work order tells. */
  readonly kind: string | undefined;
  readonly draft: boolean;
  /** Another token than the workflow's makes branch and pull request. */
  readonly hasOwnToken: boolean;
};

/** The reader's turn: how to run CI, merge, send back and stop, and when to hear of it. Pure. */
export const turnSection = (facts: TurnFacts): string[] => [
  "**You:**",
  "",
  `- **Run CI:** ${runCi(facts.hasOwnToken)}`,
  `- **It is right:** ${facts.draft ? "choose *Ready for review*, then merge." : "merge it."} ${afterMerge(facts)}`,
  "- **It is not right:** choose *Request changes* in a review and say what is wrong. If you may write here, the next attempt continues from your words, on this branch.",
  `- **It is the wrong way:** close this pull request and say why in a comment. You then decide on ${facts.reference}. The label \`patchpilot:hold\` there stops all attempts.`,
  "",
];

/** What follows the merge, by kind; of some kinds nothing is measured. */
function afterMerge({ reference, kind }: TurnFacts): string {
  const measured = kind === undefined ? undefined : MEASURED.get(kind);
  if (measured !== undefined)
    return `The merge alone does not end ${reference}: after the deployment \`${nameAction("verify-recovery")}\` asks production whether ${measured}. You find the answer on ${reference}, mostly an hour to three days later.`;
  return kind === undefined
    ? `${reference} says what follows.`
    : `After merge and deploy, ${reference} is closed as done; nothing is measured.`;
}

const MEASURED: ReadonlyMap<string, string> = new Map([
  ["error", "the error has stopped"],
  ["performance", "the operation is fast again"],
]);
