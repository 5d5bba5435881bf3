import * as z from "zod";
import { referencesSchema } from "./pull-references.ts";
import { labelName, nodes } from "./repository-query.ts";

export const actorSchema = z
  .looseObject({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() })
  .nullable();
export const commentSchema = z.looseObject({
  id: z.string(),
  databaseId: z.number().nullish(),
  body: z.string(),
  author: actorSchema,
  editor: actorSchema,
  viewerDidAuthor: z.boolean(),
  isMinimized: z.boolean(),
  createdAt: z.string(),
  lastEditedAt: z.string().nullish(),
});
export type GitHubActor = z.output<typeof actorSchema>;
export type GitHubComment = z.output<typeof commentSchema>;

const timelineSchema = z.looseObject({
  __typename: z.string(),
  id: z.string().optional(),
  createdAt: z.string().optional(),
  actor: actorSchema.optional(),
  label: z.looseObject({ name: labelName }).optional(),
});
/** `pageInfo` absent: what is older was not asked for. */
export const timelineItemsSchema = nodes(timelineSchema).extend({
  pageInfo: z.looseObject({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }).optional(),
});
export type GitHubTimeline = z.output<typeof timelineItemsSchema>;

export const issueFieldsSchema = z.looseObject({
  id: z.string(),
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  state: z.enum(["OPEN", "CLOSED"]),
  stateReason: z.string().nullable(),
  locked: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().nullable(),
  author: actorSchema,
  /** Of the text; a renamed title is an event. */
  lastEditedAt: z.string().nullish(),
  editor: actorSchema.optional(),
  labels: nodes(z.looseObject({ name: labelName })),
  firstComments: nodes(commentSchema),
  lastComments: nodes(commentSchema).extend({ totalCount: z.number() }),
  timelineItems: timelineItemsSchema,
  pullRequestReferences: referencesSchema.optional(),
});
/** One issue with its first 10 and last 40 comments, its labels and its newest 30 events of labels, state and title. */
export type GitHubIssue = z.output<typeof issueFieldsSchema>;

export const ACTOR =
  "__typename login ... on Bot { databaseId } ... on User { databaseId } ... on Mannequin { databaseId }";
export const COMMENT = `id databaseId body viewerDidAuthor isMinimized createdAt lastEditedAt author { ${ACTOR} } editor { ${ACTOR} }`;
export const EVENT = `id createdAt actor { ${ACTOR} }`;
/** The events of an issue's labels, state and title. */
export const TIMELINE_TYPES =
  "itemTypes: [LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT]";
export const TIMELINE = `pageInfo { hasPreviousPage startCursor }
        nodes {
          __typename
          ... on LabeledEvent { ${EVENT} label { name } }
          ... on UnlabeledEvent { ${EVENT} label { name } }
          ... on ClosedEvent { ${EVENT} }
          ... on ReopenedEvent { ${EVENT} }
          ... on RenamedTitleEvent { ${EVENT} }
        }`;
/** Selection of an issue. */
export const ISSUE_FIELDS = `id number title body url state stateReason locked createdAt updatedAt closedAt
      author { ${ACTOR} } lastEditedAt editor { ${ACTOR} }
      labels(first: 100) { nodes { name } }
      firstComments: comments(first: 10) { nodes { ${COMMENT} } }
      lastComments: comments(last: 40) { totalCount nodes { ${COMMENT} } }
      timelineItems(last: 30, ${TIMELINE_TYPES}) { ${TIMELINE} }`;
