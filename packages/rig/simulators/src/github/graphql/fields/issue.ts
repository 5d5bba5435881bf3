import { describeAssociation, issueNodeId, issuePageUrl } from "../../render/issue.ts";
import { listIssueComments } from "../../state/issues/comments.ts";
import { listIssueLabels } from "../../state/issues/issues.ts";
import { closingNumbers } from "../../state/issues/timeline.ts";
import type { TimelineKind } from "../../state/records.ts";
import { NotSimulated } from "../../state/refusal.ts";
import { connectInOrder, connectSorted, PAGING } from "../connection.ts";
import {
  type Arguments,
  fields,
  type Resolver,
  type ResolverContext,
  type ResolverTable,
  taking,
} from "../resolver.ts";
import {
  actorSource,
  commentSource,
  type IssueSource,
  issueSource,
  labelSource,
  repositorySource,
  type TimelineSource,
  timelineSource,
} from "../sources.ts";
import { connectLabels } from "./label.ts";
import { writtenFields } from "./written.ts";

/** What issues and pull requests have in common. */
export const sharedFields: Readonly<
  Record<string, Resolver<IssueSource>["resolve"] | Resolver<IssueSource>>
> = {
  ...writtenFields,
  updatedAt: ({ record }) => record.updatedAt,
  repository: ({ repository }) => repositorySource(repository),
  id: ({ repository, record }) => issueNodeId(repository, record),
  number: ({ record }) => record.number,
  title: ({ record }) => record.title,
  body: ({ record }) => record.body ?? "",
  locked: ({ record }) => record.locked,
  closedAt: ({ record }) => record.closedAt,
  url: ({ repository, record }, _, { world }) => issuePageUrl(world, repository, record),
  authorAssociation: ({ repository, record }) => describeAssociation(repository, record.author),
  labels: taking(PAGING, labels),
  comments: taking(PAGING, comments),
  timelineItems: taking([...PAGING, "itemTypes"], timelineItems),
};

export const issueFields: ResolverTable = {
  ...fields<IssueSource>("Issue", {
    ...sharedFields,
    state: ({ record }) => record.state.toUpperCase(),
    stateReason: ({ record }) => {
      const reason = record.stateReason?.toUpperCase() ?? null;
      return reason === "DUPLICATE" ? "NOT_PLANNED" : reason;
    },
  }),
  ...timelineFields(),
};

function labels({ repository, record }: IssueSource, args: Arguments, { view }: ResolverContext): unknown {
  const found = listIssueLabels(repository, record, view.version("labels"));
  return connectLabels(repository, found, args);
}

function comments({ repository, record }: IssueSource, args: Arguments, { view }: ResolverContext): unknown {
  const found = listIssueComments(repository, record.number, view.version("comments"));
  return connectSorted(found, args, { keyOf: ({ id }) => [id] }, (comment) =>
    commentSource(repository, comment),
  );
}

const KINDS: Readonly<Record<string, TimelineKind>> = {
  LABELED_EVENT: "labeled",
  UNLABELED_EVENT: "unlabeled",
  CLOSED_EVENT: "closed",
  REOPENED_EVENT: "reopened",
  RENAMED_TITLE_EVENT: "renamed",
  CROSS_REFERENCED_EVENT: "cross-referenced",
};

function timelineItems(
  { repository, record }: IssueSource,
  args: Arguments,
  { view }: ResolverContext,
): unknown {
  const types = args["itemTypes"] as string[] | null | undefined;
  if (types == null) throw new NotSimulated("timelineItems without itemTypes is not simulated.");
  const kinds = types.map((type) => {
    const kind = KINDS[type];
    if (kind === undefined) throw new NotSimulated(`timelineItems of type ${type} are not simulated.`);
    return kind;
  });
  const entries = repository.timeline
    .listGroup(record.number, view.version("timeline"))
    .filter((entry) => kinds.includes(entry.kind));
  return connectInOrder(entries, args, (entry) => timelineSource(repository, entry));
}

function timelineFields(): ResolverTable {
  const shared = {
    id: ({ record }: TimelineSource) => `EV_${record.id}`,
    createdAt: ({ record }: TimelineSource) => record.createdAt,
    actor: ({ record }: TimelineSource) => actorSource(record.actor),
  };
  const label = ({ repository, record }: TimelineSource) =>
    record.label === null ? null : labelSource(repository, record.label);
  const source = ({ repository, record }: TimelineSource, _: Arguments, { view }: ResolverContext) => {
    const issue =
      record.sourceNumber === null
        ? undefined
        : repository.issues.get(record.sourceNumber, view.version("issues"));
    return issue === undefined ? null : issueSource(repository, issue);
  };
  return {
    ...fields<TimelineSource>("LabeledEvent", { ...shared, label }),
    ...fields<TimelineSource>("UnlabeledEvent", { ...shared, label }),
    ...fields<TimelineSource>("ClosedEvent", shared),
    ...fields<TimelineSource>("ReopenedEvent", shared),
    ...fields<TimelineSource>("RenamedTitleEvent", shared),
    ...fields<TimelineSource>("CrossReferencedEvent", { source, willCloseTarget: willClose }),
  };
}

/** A pull request closes an issue when it is merged if its body says so with a closing word. */
function willClose({ repository, record }: TimelineSource, _: Arguments, { view }: ResolverContext): boolean {
  const { sourceNumber } = record;
  const issue =
    sourceNumber === null ? undefined : repository.issues.get(sourceNumber, view.version("pulls"));
  if (issue?.pull == null) return false;
  return closingNumbers(issue.body ?? "", repository.fullName).includes(record.issueNumber);
}
