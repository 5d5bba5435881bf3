import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { type GitHubTimeline, TIMELINE, TIMELINE_TYPES, timelineItemsSchema } from "./issue-fields.ts";
import { repositoryReply } from "./repository-query.ts";

const eventsReply = repositoryReply({
  issue: z.looseObject({ timelineItems: timelineItemsSchema }).nullable(),
});
const EVENTS = `query Events($owner: String!, $repo: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      timelineItems(last: 100, before: $before, ${TIMELINE_TYPES}) { ${TIMELINE} }
    }
  }
}`;

/** The 100 label and state events of an issue that come before a cursor, oldest first. */
export async function readEventsBefore(
  github: GitHub,
  name: RepositoryName,
  number: number,
  before: string,
): Promise<GitHubTimeline> {
  const reply = await github.query(EVENTS, { ...name, number, before }, eventsReply);
  return reply.repository.issue?.timelineItems ?? { nodes: [] };
}
