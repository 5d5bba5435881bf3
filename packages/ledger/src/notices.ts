import { findOwners, type GitHub, readCodeOwners, repositoryName } from "@patchpilot/github";
import type { Incident, TurnRecord } from "@patchpilot/incident";
import { decideNotice, decideTurn, listOutdated, noticeText, type Turn } from "@patchpilot/status";
import type { RecordWrite } from "./hidden-line.ts";
import type { IncidentChange } from "./incident-change.ts";
import { leaveIncident } from "./leave-incident.ts";
import type { Ledger } from "./read-incidents.ts";
import { readRecords } from "./read-records.ts";
import type { Again } from "./reread.ts";

/** Whom a run tells that it is a person's turn. */
export type Telling = {
  /** `@login` and `@organization/team`, and whether the owners of the suspect files. */
  readonly notify: { readonly names: readonly string[]; readonly codeOwners: boolean };
  /** It is the worker's run, which tells of its own pull request or plan at once. */
  readonly isWorker?: true;
};

/** One incident as a run leaves it, and what is to be said of it. */
type Outlook = {
  readonly change: IncidentChange;
  readonly incident: Incident;
  readonly turn: Turn | undefined;
  readonly notice: TurnRecord | undefined;
};

/** What is said of one incident. */
export type NoticePlan = {
  readonly notice?: RecordWrite | undefined;
  /** Comments about turns that are over. */
  readonly outdated: readonly string[];
  /** Why nobody is mentioned who should be. */
  readonly warnings: readonly string[];
};

/** Who tells people that it is their turn. */
type Notifier = {
  /** What the changes come to, and what may have to be said then. */
  readonly lookAhead: (changes: readonly IncidentChange[]) => Outlook[];
  /** What is said, once it is known what others said meanwhile. */
  readonly tell: (outlooks: readonly Outlook[], again: Again) => Promise<Map<IncidentChange, NoticePlan>>;
};

export async function openNotifier(github: GitHub, ledger: Ledger, telling: Telling): Promise<Notifier> {
  const now = (await github.clock()).getTime();
  const lookAhead = (change: IncidentChange): Outlook => {
    const incident = leaveIncident(change);
    const turn = decideTurn(incident);
    const isClosing = change.state === "close-completed" && change.incident.open;
    const facts = { now, isWorker: telling.isWorker === true, isClosing };
    const notice = turn === undefined || incident.locked ? undefined : decideNotice(incident, turn, facts);
    return { change, incident, turn, notice };
  };
  /** Another run may have said it meanwhile, or before so many comments that it was not seen. */
  const lookAgain = (outlook: Outlook, { comments }: Again): Outlook => {
    const { incident } = outlook.change;
    const found = comments.get(incident.number);
    if (outlook.notice === undefined || found === undefined) return outlook;
    const { turns } = readRecords(incident.number, found, ledger.belief);
    const seen = { ...incident, records: { ...incident.records, turns } };
    return { ...lookAhead({ ...outlook.change, incident: seen }), change: outlook.change };
  };
  return {
    lookAhead: (changes) => changes.map(lookAhead),
    tell: async (outlooks, again) => {
      const last = outlooks.map((outlook) => lookAgain(outlook, again));
      const owners = await readOwners(last, telling, github, ledger);
      return new Map(last.map((outlook) => [outlook.change, sayNotice(outlook, telling, owners)]));
    },
  };
}

type Owners = { readonly text?: string | undefined; readonly warning?: string };

/** CODEOWNERS of the repository, in one request, if something is to be said and `notify` asks for it. */
async function readOwners(
  outlooks: readonly Outlook[],
  { notify }: Telling,
  github: GitHub,
  { repository }: Ledger,
): Promise<Owners> {
  const isAsked = notify.codeOwners && outlooks.some(({ notice }) => notice !== undefined);
  if (!isAsked) return {};
  try {
    return { text: await readCodeOwners(github, repositoryName(repository.nameWithOwner)) };
  } catch (error) {
    return { warning: `its code owners are not mentioned: ${(error as Error).message}` };
  }
}

function sayNotice({ incident, turn, notice }: Outlook, { notify }: Telling, owners: Owners): NoticePlan {
  const outdated = listOutdated(incident, turn, notice !== undefined);
  if (turn === undefined || notice === undefined) return { outdated, warnings: [] };
  const { suspectFiles = [] } = incident.records.incident?.data ?? {};
  const found = owners.text === undefined ? [] : findOwners(owners.text, suspectFiles);
  const mentions = [...new Set([...notify.names, ...found])];
  const text = noticeText(incident, turn, notice, mentions);
  return {
    notice: { kind: `turn/${notice.turn}`, text, data: notice },
    outdated,
    warnings: owners.warning === undefined ? [] : [`#${incident.number}: ${owners.warning}`],
  };
}
