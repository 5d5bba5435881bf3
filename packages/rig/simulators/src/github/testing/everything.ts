const ACTOR = "__typename login ... on User { databaseId } ... on Bot { databaseId }";
const PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
const WRITTEN = `id body createdAt lastEditedAt viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} }`;
const SHARED = `${WRITTEN} authorAssociation number title locked updatedAt closedAt url
  repository { id } labels(first: 10) { totalCount nodes { id name } }
  comments(last: 10) { totalCount ${PAGE_INFO} nodes { ${WRITTEN} databaseId isMinimized } }`;
const EVENT = `id createdAt actor { ${ACTOR} }`;
const TIMELINE = `nodes { __typename
  ... on LabeledEvent { ${EVENT} label { name } } ... on UnlabeledEvent { ${EVENT} label { name } }
  ... on ClosedEvent { ${EVENT} } ... on ReopenedEvent { ${EVENT} } ... on RenamedTitleEvent { ${EVENT} }
  ... on CrossReferencedEvent { willCloseTarget source { __typename } } }`;
const KINDS =
  "[LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT, CROSS_REFERENCED_EVENT]";
const COMMIT = `oid message messageHeadline committedDate authoredDate author { user { login } } tree { oid } parents(first: 2) { nodes { oid } }
  statusCheckRollup { state contexts(first: 5) { totalCount nodes { __typename ... on CheckRun { id databaseId name
    status conclusion title summary isRequired(pullRequestNumber: 2) checkSuite { app { slug } workflowRun { databaseId } }
    annotations(first: 5) { nodes { path annotationLevel message location { start { line } } } } } } } }
  associatedPullRequests(first: 5) { nodes { number } }
  history(first: 5, path: "src", since: "2026-01-01T00:00:00Z", until: "2027-01-01T00:00:00Z") { totalCount nodes { oid } }`;

/** Asks for every field that the simulator answers. */
export const EVERY_FIELD = `query Everything($owner: String!, $name: String!, $id: ID!, $oid: GitObjectID!) {
  node(id: $id) { id ... on IssueComment { body } }
  nodes(ids: [$id]) { id }
  repository(owner: $owner, name: $name) {
    id databaseId nameWithOwner url
    defaultBranchRef { id name target { oid ... on Commit { ${COMMIT} } } }
    ref(qualifiedName: "refs/heads/main") { name }
    refs(refPrefix: "refs/heads/", first: 10, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { nodes { name } }
    object(oid: $oid) { oid }
    file: object(expression: "HEAD:src/cart.ts") { ... on Blob { text } }
    issue(number: 1) { ${SHARED} state stateReason timelineItems(last: 30, itemTypes: ${KINDS}) { totalCount ${TIMELINE} } }
    pullRequest(number: 2) { ${SHARED} state isDraft mergedAt mergeCommit { oid } headRefName headRefOid baseRefName baseRef { name } isCrossRepository
      commits(first: 9) { totalCount nodes { commit { oid } } }
      latestOpinionatedReviews(first: 9, writersOnly: true) { nodes { id state body submittedAt author { login }
        comments(first: 9) { nodes { path line body } } } }
      closingIssuesReferences(first: 9) { nodes { number } }
      timelineItems(first: 9, itemTypes: [LABELED_EVENT]) { totalCount } }
    issues(first: 10, states: [CLOSED], labels: ["bug"], filterBy: { since: "2026-01-01T00:00:00Z" },
      orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { number } }
    pullRequests(first: 5, headRefName: "fix", states: [MERGED], orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number } }
    labels(first: 10, query: "bu") { nodes { name } }
    viewerCanAdminister
    branchProtectionRules(first: 5) { totalCount nodes {
      id pattern blocksCreations restrictsPushes lockBranch requiresCommitSignatures
      pushAllowances(first: 5) { nodes { actor { __typename } } } } }
    deployments(first: 5, environments: ["Preview"], orderBy: { field: CREATED_AT, direction: DESC }) { nodes {
      commitOid environment createdAt latestStatus { state createdAt } statuses(first: 5) { nodes { state } } } }
  }
}`;

/** Does every mutation that the simulator knows. */
export const EVERY_MUTATION = `mutation Everything($r: ID!, $i: ID!, $c: ID!, $l: [ID!]!, $oid: GitObjectID!) {
  createIssue(input: { repositoryId: $r, title: "A", body: "B", labelIds: $l, clientMutationId: "x" }) { clientMutationId issue { number } }
  addLabelsToLabelable(input: { labelableId: $i, labelIds: $l }) { labelable { labels(first: 5) { nodes { name } } } }
  removeLabelsFromLabelable(input: { labelableId: $i, labelIds: $l }) { clientMutationId }
  createLabel(input: { repositoryId: $r, name: "new", color: "ededed" }) { label { id name } }
  addComment(input: { subjectId: $i, body: "Hello" }) { commentEdge { node { id body } } }
  updateIssueComment(input: { id: $c, body: "Other" }) { issueComment { body lastEditedAt } }
  minimizeComment(input: { subjectId: $c, classifier: OFF_TOPIC }) { minimizedComment { isMinimized } }
  closeIssue(input: { issueId: $i, stateReason: NOT_PLANNED }) { issue { state stateReason } }
  reopenIssue(input: { issueId: $i }) { issue { state stateReason } }
  createRef(input: { repositoryId: $r, name: "refs/patchpilot/gates/g", oid: $oid }) { ref { name target { oid } } }
  updateRefs(input: { repositoryId: $r, refUpdates: [{ name: "refs/patchpilot/gates/g", afterOid: $oid }] }) { clientMutationId }
}`;
