import {
  type GitHub,
  type GitHubComment,
  type GitHubIssue,
  type GitHubTimeline,
  type RepositoryName,
  readAllComments,
  readEventsBefore,
} from "@patchpilot/github";
import {
  COMMANDS,
  type Incident,
  labelsOfCommand,
  PHASES,
  phaseLabel,
  UMBRELLA_LABEL,
} from "@patchpilot/incident";
import type { Belief } from "./belief.ts";
import { newestByPerson, toIncident } from "./to-incident.ts";

/**
 * An incident with what the first answer about its issue hides: records between the comments that are shown, where
 * people write much, and the events of command labels, after many changes of phase. Each is asked for only where it is
 * known to be missing; else this asks nothing.
 */
export async function readWhole(
  github: GitHub,
  name: RepositoryName,
  issue: GitHubIssue,
  belief: Belief,
): Promise<Incident> {
  const incident = toIncident(issue, belief);
  const comments = isRecordHidden(issue, incident)
    ? await readAllComments(github, name, issue.number)
    : undefined;
  const events = await readCommandEvents(github, name, issue);
  if (comments === undefined && events === undefined) return incident;
  return toIncident({ ...issue, ...withComments(comments), ...withEvents(events) }, belief);
}

const withComments = (nodes: GitHubComment[] | undefined) => nodes && { firstComments: { nodes } };
const withEvents = (timelineItems: GitHubTimeline | undefined) => timelineItems && { timelineItems };

const OURS: ReadonlySet<string> = new Set([UMBRELLA_LABEL, ...PHASES.map(phaseLabel)]);

/** Labels say that it is an incident, and the comments that are shown do not say so, or another phase. */
function isRecordHidden({ lastComments, firstComments }: GitHubIssue, { labels, phase }: Incident): boolean {
  const shown = new Set([...firstComments.nodes, ...lastComments.nodes].map(({ id }) => id));
  if (lastComments.totalCount <= shown.size || !labels.some((label) => OURS.has(label))) return false;
  return phase === undefined || !labels.includes(phaseLabel(phase));
}

/** 1,000 events; a person's command that is older is none any more. */
const MOST_PAGES = 10;

/** All events back to those of the command labels that the issue carries; undefined where none is missing. */
async function readCommandEvents(
  github: GitHub,
  name: RepositoryName,
  { number, labels, timelineItems }: GitHubIssue,
): Promise<GitHubTimeline | undefined> {
  const commands = COMMANDS.flatMap(labelsOfCommand).filter((label) =>
    labels.nodes.some((each) => each.name === label),
  );
  let { nodes, pageInfo } = timelineItems;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const before = pageInfo?.hasPreviousPage === true ? pageInfo.startCursor : null;
    if (before === null || commands.every((label) => newestByPerson(nodes, label))) break;
    const earlier = await readEventsBefore(github, name, number, before);
    nodes = [...earlier.nodes, ...nodes];
    pageInfo = earlier.pageInfo;
  }
  return nodes === timelineItems.nodes ? undefined : { nodes };
}
