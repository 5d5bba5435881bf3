import { cutMarkdown, describeMilliseconds, inertCode, inertLink } from "@patchpilot/evidence";
import { isMeasured, isWalled, type PublishedProof, type WorkOrder } from "@patchpilot/incident";
import { changesTests, clean, flagList, type PatchAccount } from "../words/change.ts";
import { proofLine } from "../words/proof.ts";
import { accountSection, reportedLines, resultDetails, untestedNotice } from "../words/result.ts";
import { foldDetails, NOT_CHECKED, RULES_PASSED } from "../words/review.ts";
import { earlierSection } from "./words-earlier.ts";
import { attemptTitle } from "./words-title.ts";
import { turnSection } from "./words-turn.ts";

/** What the texts of a pull request are made from. */
export type ProposalFacts = PatchAccount & {
  readonly key: string;
  readonly issue: number;
  readonly attempt: number;
  /** owner/name that holds the incident, where it is not the repository of the pull request. */
  readonly elsewhere: string | undefined;
  readonly order: WorkOrder | undefined;
  readonly baseSha: string;
  /** What the job `verify` showed, by how its steps ended. */
  readonly proof?: PublishedProof | undefined;
  readonly draft: boolean;
  /** Another token than the workflow's makes branch and pull request. */
  readonly hasOwnToken: boolean;
  /** Address of the workflow's run. */
  readonly runUrl: string;
};

/** The incident's issue, as GitHub links it. */
const linkIssue = ({ elsewhere, issue }: Pick<ProposalFacts, "elsewhere" | "issue">): string =>
  `${elsewhere ?? ""}#${issue}`;

export const pullRequestTitle = (facts: ProposalFacts): string =>
  attemptTitle({ ...facts, reference: linkIssue(facts) });

/** The message of the one commit. Trailers tie it to the attempt and to the bytes that were checked. */
export function commitMessage(facts: ProposalFacts): string {
  return [
    pullRequestTitle(facts),
    "",
    `Refs ${linkIssue(facts)}`,
    "",
    `PatchPilot-Key: ${facts.key}`,
    `Patch-SHA256: ${facts.sha256}`,
    ...(facts.patchId === undefined ? [] : [`Patch-Id: ${facts.patchId}`]),
    ...(facts.proof === undefined ? [] : [proofTrailer(facts.proof)]),
    "",
  ].join("\n");
}

const proofTrailer = (proof: PublishedProof): string =>
  `PatchPilot-Proof: ${proof.level} (${isWalled(proof) ? "verify" : "claimed"}, ${proof.wall})`;

const VERIFY_TELLS = "See the log of the job that verified it.";

/**
 * The body: why, what in the agent's words, what was checked and what was not, and the reader's turn. It names the
 * incident without a word that closes it: recovery is proven after the deployment, not by the merge.
 */
export function pullRequestBody(facts: ProposalFacts): string {
  const { reported, secrets, flagged, order } = facts;
  const reference = linkIssue(facts);
  return cutMarkdown(
    [
      ...untestedNotice(reported, VERIFY_TELLS),
      `**Why:** ${sayWhy(facts)}`,
      "",
      ...earlierSection(order?.previousAttempts ?? [], secrets),
      ...accountSection(reported, secrets),
      ...checkedSection(facts),
      ...flagList(flagged, secrets),
      ...turnSection({ ...facts, reference, kind: order?.incident.kind }),
      ...foldDetails("Agent, cost, commands and hashes", [
        ...resultDetails(reported, secrets),
        `Refs ${reference}, attempt ${facts.attempt}, key \`${facts.key}\`, base \`${facts.baseSha}\`, patch SHA-256 \`${facts.sha256}\``,
      ]),
    ].join("\n"),
  );
}

/** What is wrong or wanted, and where the evidence is. */
function sayWhy(facts: ProposalFacts): string {
  const { order, secrets } = facts;
  const reference = linkIssue(facts);
  if (order === undefined) return `${reference} says what this is for.`;
  const { incident, performance } = order;
  const title = inertCode(clean(secrets, incident.title, 200));
  const answers = sayAnswer(order, secrets);
  if (!isMeasured(incident.kind)) return `${title} was asked for in ${reference}.${answers}`;
  const place = incident.environment ? ` in ${inertCode(clean(secrets, incident.environment, 60), 60)}` : "";
  const numbers = performance?.before
    ? `, with a p95 of ${describeMilliseconds(performance.now.p95)}, ${describeMilliseconds(performance.before.p95)} before`
    : "";
  const source = incident.sentryUrl ? ` and at ${inertLink("Sentry", incident.sentryUrl)}` : "";
  return `${title}${place}${numbers}, of ${incident.severity} severity. The evidence is in ${reference}${source}.${answers}`;
}

/** Whom or what an attempt answers that continues an earlier pull request. */
function sayAnswer({ attempt, review, checks, plan }: WorkOrder, secrets: readonly string[]): string {
  if (review !== undefined)
    return ` Attempt ${attempt} answers the review of ${inertCode(clean(secrets, review.author, 60), 60)}.`;
  if (checks !== undefined) return ` Attempt ${attempt} is to turn the red checks green.`;
  return plan === undefined ? "" : ` Attempt ${attempt} follows the plan that was approved there.`;
}

function checkedSection({ proof, flagged, reported, secrets, runUrl }: ProposalFacts): string[] {
  const counts = !changesTests(flagged);
  return [
    "**Checked:**",
    "",
    ...proofLine(proof, !counts, runUrl),
    ...reportedLines(reported, { counts, isVerified: proof !== undefined }, secrets),
    RULES_PASSED,
    NOT_CHECKED,
    "",
  ];
}
