import type { IncidentRecord } from "@patchpilot/incident";
import { phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { recordBody } from "@patchpilot/ledger";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators";
import { NAMES, type Stage } from "./stage.ts";

const BELIEF = { signer: { repositoryId: NAMES.repositoryId, keys: [NAMES.stateKey] }, trusted: [] };

/** Opens an issue as Sentry does and writes the record that intake writes. @returns the issue's number */
export function addIncident(
  { world, clock }: Stage,
  text: { readonly title: string; readonly body: string },
  change: Partial<IncidentRecord> = {},
): number {
  const { number } = world.as("sentry[bot]").openIssue(text);
  const at = clock.iso();
  const data: IncidentRecord = {
    phase: "accepted",
    phaseAt: at,
    key: `sentry:acme/${number}`,
    kind: "error",
    fingerprint: `f${number}`,
    title: text.title,
    severity: "high",
    confidence: 0.95,
    environment: "production",
    episode: 1,
    acceptedAt: at,
    suspectFiles: ["src/checkout.ts"],
    similar: [],
    ...change,
  };
  const write = { kind: "incident" as const, text: `### Incident accepted\n\n${text.title}`, data };
  const bot = world.as(GITHUB_ACTIONS_BOT.login);
  bot.comment(number, recordBody({ belief: BELIEF }, number, write, 1));
  bot.label(number, UMBRELLA_LABEL, phaseLabel(data.phase));
  return number;
}

/** A repository that has used PatchPilot before has all of its labels. */
export function addLabels({ world }: Stage, names: readonly string[]): void {
  for (const name of names) world.as("maintainer").createLabel(name);
}
