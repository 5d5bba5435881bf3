import { cutMarkdown, inertCode, inertLink } from "@patchpilot/evidence";
import { isWalled, type ProductImpact, type PublishedProof, type WorkOrder } from "@patchpilot/incident";
import { nameAction } from "@patchpilot/owner";
import { changesTests, clean, fileList, flagList, type PatchAccount } from "../words/change.ts";
import { proofNotice } from "../words/proof.ts";
import { resultSection, untestedNotice } from "../words/result.ts";

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
};

/** The incident's issue, as GitHub links it. */
const linkIssue = ({ elsewhere, issue }: Pick<ProposalFacts, "elsewhere" | "issue">): string =>
  `${elsewhere ?? ""}#${issue}`;

/**
 * Names the incident without a word that closes it: recovery is proven after the deployment, not by the merge.
 */
const reference = (facts: Pick<ProposalFacts, "elsewhere" | "issue">): string => `Refs ${linkIssue(facts)}`;

/**
 * Ids and numbers alone: the title becomes a commit's subject, which nothing can escape. The verb is none that closes:
 * GitHub would close "Fix #12" at the merge, and Sentry resolve "Fix SHOP-2T".
 */
export const pullRequestTitle = (facts: ProposalFacts): string =>
  `Repair ${facts.order?.incident.shortId ?? linkIssue(facts)} (attempt ${facts.attempt})`;

/** The message of the one commit. Trailers tie it to the attempt and to the bytes that were checked. */
export function commitMessage(facts: ProposalFacts): string {
  return [
    pullRequestTitle(facts),
    "",
    reference(facts),
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

const VERIFY_TELLS = "The log of the job that verified it tells.";

/** The body: what broke, what is changed, and what nobody has checked yet. */
export function pullRequestBody(facts: ProposalFacts): string {
  return cutMarkdown(
    [
      ...proofNotice(facts.proof, changesTests(facts.flagged)),
      `${reference(facts)}, attempt ${facts.attempt}.`,
      "",
      ...untestedNotice(facts.told, VERIFY_TELLS),
      ...incidentTable(facts),
      ...flagList(facts.flagged, facts.secrets),
      ...fileList(facts.changes, facts.secrets),
      ...toldSection(facts),
      "A coding agent made this change from production evidence. PatchPilot checked the patch's bytes, paths and file modes; the job that opened this ran none of it. Review it as you would a stranger's.",
      "",
      `Merging does not close the incident: \`${nameAction("verify-recovery")}\` does, once production shows that the failure is gone.`,
      "",
      `<sub>Key \`${facts.key}\` · base \`${facts.baseSha}\` · patch SHA-256 \`${facts.sha256}\`</sub>`,
      "",
    ].join("\n"),
  );
}

function incidentTable(facts: ProposalFacts): string[] {
  if (facts.order === undefined) return [];
  const { incident, impact, productImpact } = facts.order;
  const row = (name: string, value: string | undefined, most = 200): string[] =>
    value ? [`| ${name} | ${inertCode(clean(facts.secrets, value, most), most)} |`] : [];
  return [
    "| | |",
    "| --- | --- |",
    ...row("Incident", incident.title),
    `| Severity | ${incident.severity}, confidence ${incident.confidence.toFixed(2)} |`,
    ...row("Environment", incident.environment, 60),
    ...row("Release", incident.release, 100),
    ...row("Impact", productImpact === undefined ? impact : listLosses(productImpact), 300),
    ...(incident.sentryUrl ? [`| Evidence | ${inertLink("Sentry issue", incident.sentryUrl)} |`] : []),
    "",
  ];
}

/** The events that clearly changed, as many as a cell holds. */
const listLosses = ({ events }: ProductImpact): string =>
  events
    .filter(({ finding = "few" }) => finding !== "few" && finding !== "steady")
    .map(({ event, current, baseline }) => `${event}: ${current}, was ${baseline}`)
    .join("; ");

/** The work job's own account, where there is one. */
function toldSection({ told, flagged, secrets }: ProposalFacts): string[] {
  if (told.result === undefined) return [];
  return resultSection(told.result, { counts: !changesTests(flagged), isVerified: true }, secrets);
}
