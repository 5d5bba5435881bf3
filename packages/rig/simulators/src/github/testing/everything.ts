const ACTOR = `__typename login url avatarUrl
  ... on User { id databaseId name } ... on Bot { id databaseId } ... on Organization { id databaseId name }`;
const SHARED = `authorAssociation id databaseId fullDatabaseId number title body bodyText locked closed createdAt updatedAt closedAt
  publishedAt lastEditedAt includesCreatedEdit url viewerDidAuthor author { ${ACTOR} } editor { ${ACTOR} }
  repository { id } labels(first: 10) { totalCount nodes { id name color description isDefault url repository { id } } }
  comments(last: 10) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }
    nodes { id databaseId fullDatabaseId body author { ${ACTOR} } editor { login } viewerDidAuthor isMinimized
      minimizedReason createdAt updatedAt publishedAt lastEditedAt includesCreatedEdit url issue { number } repository { id } } }`;
const EVENT = `id createdAt actor { ${ACTOR} }`;
const TIMELINE = `nodes { __typename
  ... on LabeledEvent { ${EVENT} label { name } } ... on UnlabeledEvent { ${EVENT} label { name } }
  ... on ClosedEvent { ${EVENT} stateReason closer { __typename ... on PullRequest { number } } }
  ... on ReopenedEvent { ${EVENT} stateReason }
  ... on RenamedTitleEvent { ${EVENT} }
  ... on CrossReferencedEvent { ${EVENT} referencedAt isCrossRepository willCloseTarget source { __typename } } }`;
const KINDS =
  "[LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT, CROSS_REFERENCED_EVENT]";
const COMMIT = `id oid abbreviatedOid repository { id } message messageHeadline messageBody committedDate authoredDate url
  author { name email date user { login } } committer { name email date user { login } } tree { oid }
  parents(first: 2) { nodes { oid } } file(path: "src/cart.ts") { name }
  history(first: 5, path: "src", since: "2026-01-01T00:00:00Z", until: "2027-01-01T00:00:00Z") { totalCount nodes { oid } }
  associatedPullRequests(first: 5) { nodes { number } }`;
const DEPLOYMENT = `id databaseId commitOid commit { oid } environment originalEnvironment latestEnvironment state task
  description payload creator { login } createdAt updatedAt repository { id } ref { name }
  latestStatus { id state environment environmentUrl logUrl description creator { login } createdAt updatedAt }
  statuses(first: 5) { nodes { state } }`;

/** Asks for every field that the simulator answers. */
export const EVERY_FIELD = `query Everything($owner: String!, $name: String!, $id: ID!, $oid: GitObjectID!) {
  viewer { id login databaseId }
  user(login: "acme") { login }
  node(id: $id) { id ... on Issue { number } }
  nodes(ids: [$id]) { id }
  rateLimit { cost limit nodeCount remaining resetAt used }
  repository(owner: $owner, name: $name) {
    id databaseId name nameWithOwner url isPrivate isArchived hasIssuesEnabled visibility createdAt viewerPermission
    owner { __typename login url ... on User { name } }
    defaultBranchRef { id name prefix repository { id } target { id oid abbreviatedOid repository { id } ... on Commit { ${COMMIT} } } }
    ref(qualifiedName: "refs/heads/main") { name }
    refs(refPrefix: "refs/heads/", first: 10, query: "i", orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { nodes { name } }
    file: object(expression: "main:src/cart.ts") {
      ... on Blob { id oid abbreviatedOid byteSize isBinary isTruncated text repository { id } }
    }
    folder: object(expression: "main:") {
      ... on Tree { id oid abbreviatedOid repository { id }
        entries { name path oid mode type extension size object { oid } repository { id } } }
    }
    commit: object(oid: $oid) { oid }
    issue(number: 1) { ${SHARED} state stateReason timelineItems(last: 30, itemTypes: ${KINDS}) { filteredCount totalCount ${TIMELINE} } }
    either: issueOrPullRequest(number: 2) { __typename }
    pullRequest(number: 2) { ${SHARED} state isDraft merged mergedAt mergedBy { login } mergeCommit { oid } mergeable
      headRefName headRefOid headRef { name } baseRefName baseRefOid baseRef { name } isCrossRepository
      additions deletions changedFiles files(first: 9) { nodes { path additions deletions changeType } }
      commits(first: 9) { totalCount nodes { commit { oid } } }
      reviews(last: 9, states: [CHANGES_REQUESTED]) { totalCount nodes { id databaseId state body submittedAt author { login } commit { oid }
        comments(first: 9) { nodes { id path line body } } } }
      latestOpinionatedReviews(first: 9, writersOnly: true) { nodes { id } }
      closingIssuesReferences(first: 9) { nodes { number } }
      timelineItems(first: 9, itemTypes: [LABELED_EVENT]) { totalCount } }
    issues(first: 10, states: [CLOSED], labels: ["bug"], filterBy: { since: "2026-01-01T00:00:00Z" },
      orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount nodes { number } }
    pullRequests(first: 5, headRefName: "fix", states: [MERGED], orderBy: { field: CREATED_AT, direction: DESC }) { nodes { number } }
    label(name: "BUG") { name }
    labels(first: 10, query: "bu", orderBy: { field: NAME, direction: ASC }) { nodes { name } }
    deployments(first: 5, environments: ["Preview"], orderBy: { field: CREATED_AT, direction: DESC }) { nodes { ${DEPLOYMENT} } }
    collaborators(first: 5, query: "ac") { totalCount edges { permission node { login } } nodes { databaseId } }
  }
}`;

/** Does every mutation that the simulator knows. */
export const EVERY_MUTATION = `mutation Everything($r: ID!, $i: ID!, $c: ID!, $l: [ID!]!, $ref: ID!, $b: ID!, $old: ID!, $oid: GitObjectID!, $d: ID!) {
  createIssue(input: { repositoryId: $r, title: "A", body: "B", labelIds: $l, clientMutationId: "x" }) { clientMutationId issue { number } }
  updateIssue(input: { id: $i, title: "C", body: "D", labelIds: [] }) { issue { title editor { login } } }
  addLabelsToLabelable(input: { labelableId: $i, labelIds: $l }) { labelable { labels(first: 5) { nodes { name } } } }
  removeLabelsFromLabelable(input: { labelableId: $i, labelIds: $l }) { clientMutationId }
  createLabel(input: { repositoryId: $r, name: "new", color: "ededed" }) { label { id name } }
  addComment(input: { subjectId: $i, body: "Hello" }) { commentEdge { node { id body } } subject { id } }
  updateIssueComment(input: { id: $c, body: "Other" }) { issueComment { body lastEditedAt } }
  minimizeComment(input: { subjectId: $c, classifier: OFF_TOPIC }) { minimizedComment { isMinimized minimizedReason } }
  deleteIssueComment(input: { id: $c }) { clientMutationId }
  closeIssue(input: { issueId: $i, stateReason: NOT_PLANNED }) { issue { state stateReason } }
  reopenIssue(input: { issueId: $i }) { issue { state stateReason } }
  createRef(input: { repositoryId: $r, name: "refs/patchpilot/gates/g", oid: $oid }) { ref { name prefix target { oid } } }
  updateRef(input: { refId: $ref, oid: $oid, force: true }) { ref { name } }
  updateRefs(input: { repositoryId: $r, refUpdates: [{ name: "refs/patchpilot/gates/g", afterOid: $oid }] }) { clientMutationId }
  deleteRef(input: { refId: $old }) { clientMutationId }
  createCommitOnBranch(input: { branch: { id: $b }, expectedHeadOid: $oid, message: { headline: "Two", body: "Why" },
    fileChanges: { additions: [{ path: "b", contents: "Yg==" }], deletions: [{ path: "README.md" }] } }) { commit { oid message } ref { name } }
  createPullRequest(input: { repositoryId: $r, title: "P", headRefName: "spare", baseRefName: "main", draft: true }) { pullRequest { isDraft } }
  updatePullRequest(input: { pullRequestId: $d, body: "Refs #1" }) { pullRequest { body } }
  markPullRequestReadyForReview(input: { pullRequestId: $d }) { pullRequest { isDraft } }
  closePullRequest(input: { pullRequestId: $d }) { pullRequest { state } }
}`;
