import { describe, expect, test } from "vitest";
import { OPERATION_IDS, type OperationId } from "../openapi/operations.ts";
import type { PermissionName, TokenPermissions } from "../state/accounts/permissions.ts";
import { EVERYTHING, type OpenGitHub, openGitHub } from "../testing/open-github.ts";
import { makeAppKey, signWebToken } from "../testing/web-token.ts";

/** What there is to ask about: an issue with a label and a comment, a pull request, a run, a deployment, a check. */
type Facts = {
  readonly comment: number;
  readonly pull: number;
  readonly run: number;
  readonly artifact: number;
  /** A job whose log is kept. */
  readonly job: number;
  /** A run that failed. */
  readonly ended: number;
  readonly deployment: number;
  readonly release: number;
  readonly draft: number;
  readonly asset: number;
  /** An asset of the release that is published. */
  readonly published: number;
  readonly ruleset: number;
  readonly head: string;
  readonly tree: string;
  readonly blob: string;
  /** An annotated tag. */
  readonly tag: string;
};

type Example = {
  readonly route: (facts: Facts) => string;
  readonly body?: (facts: Facts) => unknown;
  readonly status: number;
  /** The permissions that it takes; empty: any token will do. */
  readonly needs: TokenPermissions;
  /** Asked by an App with its web token. */
  readonly asApp?: true;
};

const R = "/repos/acme/shop";
const read = (path: string | ((facts: Facts) => string), needs: TokenPermissions): Example => ({
  route: (facts) => `GET ${typeof path === "string" ? path : path(facts)}`,
  status: 200,
  needs,
});
const write = (
  status: number,
  route: string | ((facts: Facts) => string),
  body: unknown | ((facts: Facts) => unknown),
  needs: TokenPermissions,
): Example => ({
  route: (facts) => (typeof route === "string" ? route : route(facts)),
  ...(body === undefined
    ? {}
    : { body: (facts: Facts) => (typeof body === "function" ? body(facts) : body) }),
  status,
  needs,
});

const ISSUES = { issues: "read" } as const;
const CONTENTS = { contents: "read" } as const;
const READ_ADMINISTRATION = { administration: "read" } as const;
const WRITE_ISSUES = { issues: "write" } as const;
const WRITE_CONTENTS = { contents: "write" } as const;
const WRITE_PULLS = { pull_requests: "write" } as const;

/** A Sigstore bundle as far as GitHub reads it. */
const BUNDLE = {
  mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
  verificationMaterial: {},
  dsseEnvelope: {
    payload: Buffer.from(
      JSON.stringify({
        _type: "https://in-toto.io/Statement/v1",
        subject: [{ name: "dist/index.js", digest: { sha256: "a".repeat(64) } }],
        predicateType: "https://slsa.dev/provenance/v1",
      }),
    ).toString("base64"),
  },
};

const EXAMPLES: Record<OperationId, Example> = {
  "actions/cancel-workflow-run": write(202, ({ run }) => `POST ${R}/actions/runs/${run}/cancel`, undefined, {
    actions: "write",
  }),
  "actions/create-repo-variable": write(
    201,
    `POST ${R}/actions/variables`,
    { name: "OTHER", value: "1" },
    { actions_variables: "write" },
  ),
  "actions/create-workflow-dispatch": write(
    200,
    `POST ${R}/actions/workflows/repair.yml/dispatches`,
    { ref: "main", inputs: { patchpilot: "{}" }, return_run_details: true },
    { actions: "write" },
  ),
  "actions/disable-workflow": write(204, `PUT ${R}/actions/workflows/repair.yml/disable`, undefined, {
    actions: "write",
  }),
  "actions/download-artifact": {
    ...read(({ artifact }) => `${R}/actions/artifacts/${artifact}/zip`, { actions: "read" }),
    status: 302,
  },
  "actions/download-job-logs-for-workflow-run": {
    ...read(({ job }) => `${R}/actions/jobs/${job}/logs`, { actions: "read" }),
    status: 302,
  },
  "actions/re-run-workflow-failed-jobs": write(
    201,
    ({ ended }) => `POST ${R}/actions/runs/${ended}/rerun-failed-jobs`,
    undefined,
    { actions: "write" },
  ),
  "actions/enable-workflow": write(204, `PUT ${R}/actions/workflows/repair.yml/enable`, undefined, {
    actions: "write",
  }),
  "actions/get-allowed-actions-repository": read(
    `${R}/actions/permissions/selected-actions`,
    READ_ADMINISTRATION,
  ),
  "actions/get-github-actions-default-workflow-permissions-repository": read(
    `${R}/actions/permissions/workflow`,
    READ_ADMINISTRATION,
  ),
  "actions/get-github-actions-permissions-repository": read(`${R}/actions/permissions`, READ_ADMINISTRATION),
  "actions/get-repo-variable": read(`${R}/actions/variables/PATCHPILOT_ONCALL`, {
    actions_variables: "read",
  }),
  "actions/get-workflow": read(`${R}/actions/workflows/repair.yml`, { actions: "read" }),
  "actions/get-workflow-run": read(({ run }) => `${R}/actions/runs/${run}`, { actions: "read" }),
  "actions/list-environment-secrets": read(`${R}/environments/production/secrets`, { environments: "read" }),
  "actions/list-environment-variables": read(`${R}/environments/production/variables?per_page=100`, {
    environments: "read",
  }),
  "actions/list-repo-organization-secrets": read(`${R}/actions/organization-secrets`, { secrets: "read" }),
  "actions/list-repo-organization-variables": read(`${R}/actions/organization-variables`, {
    actions_variables: "read",
  }),
  "actions/list-repo-secrets": read(`${R}/actions/secrets?per_page=100`, { secrets: "read" }),
  "actions/list-repo-variables": read(`${R}/actions/variables?page=1`, { actions_variables: "read" }),
  "actions/list-jobs-for-workflow-run": read(({ run }) => `${R}/actions/runs/${run}/jobs`, {
    actions: "read",
  }),
  "actions/list-repo-workflows": read(`${R}/actions/workflows`, { actions: "read" }),
  "actions/list-workflow-run-artifacts": read(({ run }) => `${R}/actions/runs/${run}/artifacts?name=patch`, {
    actions: "read",
  }),
  "actions/list-workflow-runs": read(`${R}/actions/workflows/repair.yml/runs?status=queued`, {
    actions: "read",
  }),
  "actions/list-workflow-runs-for-repo": read(
    `${R}/actions/runs?event=repository_dispatch&created=%3E%3D2026-11-01T00:00:00Z`,
    { actions: "read" },
  ),
  "actions/update-repo-variable": write(
    204,
    `PATCH ${R}/actions/variables/PATCHPILOT_ONCALL`,
    { value: "@maya" },
    { actions_variables: "write" },
  ),
  "apps/get-authenticated": { ...read("/app", {}), asApp: true },
  "apps/get-repo-installation": { ...read(`${R}/installation`, {}), asApp: true },
  "checks/list-for-ref": read(`${R}/commits/main/check-runs?filter=latest`, { checks: "read" }),
  "git/create-blob": write(
    201,
    `POST ${R}/git/blobs`,
    { content: "aGk=", encoding: "base64" },
    WRITE_CONTENTS,
  ),
  "git/create-commit": write(
    201,
    `POST ${R}/git/commits`,
    ({ tree, head }: Facts) => ({ message: "fix", tree, parents: [head] }),
    WRITE_CONTENTS,
  ),
  "git/create-ref": write(
    201,
    `POST ${R}/git/refs`,
    ({ head }: Facts) => ({ ref: "refs/patchpilot/claims/1-a1", sha: head }),
    WRITE_CONTENTS,
  ),
  "git/create-tag": write(
    201,
    `POST ${R}/git/tags`,
    ({ head }: Facts) => ({ tag: "v4.0.0", message: "Fourth", object: head, type: "commit" }),
    WRITE_CONTENTS,
  ),
  "git/create-tree": write(
    201,
    `POST ${R}/git/trees`,
    ({ tree }: Facts) => ({
      base_tree: tree,
      tree: [{ path: "src/new.ts", mode: "100644", type: "blob", content: "1" }],
    }),
    WRITE_CONTENTS,
  ),
  "git/delete-ref": write(204, `DELETE ${R}/git/refs/heads/fix`, undefined, WRITE_CONTENTS),
  "git/get-blob": read(({ blob }) => `${R}/git/blobs/${blob}`, CONTENTS),
  "git/get-commit": read(({ head }) => `${R}/git/commits/${head}`, CONTENTS),
  "git/get-ref": read(`${R}/git/ref/heads/main`, CONTENTS),
  "git/get-tag": read(({ tag }) => `${R}/git/tags/${tag}`, CONTENTS),
  "git/get-tree": read(`${R}/git/trees/main?recursive=1`, CONTENTS),
  "git/list-matching-refs": read(`${R}/git/matching-refs/heads/`, CONTENTS),
  "git/update-ref": write(
    200,
    `PATCH ${R}/git/refs/heads/main`,
    ({ head }: Facts) => ({ sha: head }),
    WRITE_CONTENTS,
  ),
  "issues/add-labels": write(200, `POST ${R}/issues/1/labels`, { labels: ["patchpilot"] }, WRITE_ISSUES),
  "issues/create": write(
    201,
    `POST ${R}/issues`,
    { title: "New", body: "Text", labels: ["bug"] },
    WRITE_ISSUES,
  ),
  "issues/create-comment": write(201, `POST ${R}/issues/1/comments`, { body: "Hello" }, WRITE_ISSUES),
  "issues/create-label": write(
    201,
    `POST ${R}/labels`,
    { name: "patchpilot", color: "d73a4a", description: "" },
    WRITE_ISSUES,
  ),
  "issues/delete-comment": write(
    204,
    ({ comment }) => `DELETE ${R}/issues/comments/${comment}`,
    undefined,
    WRITE_ISSUES,
  ),
  "issues/delete-label": write(204, `DELETE ${R}/labels/bug`, undefined, WRITE_ISSUES),
  "issues/get": read(`${R}/issues/1`, ISSUES),
  "issues/get-comment": read(({ comment }) => `${R}/issues/comments/${comment}`, ISSUES),
  "issues/get-label": read(`${R}/labels/bug`, ISSUES),
  "issues/list-comments": read(`${R}/issues/1/comments`, ISSUES),
  "issues/list-comments-for-repo": read(`${R}/issues/comments?sort=updated&direction=desc`, ISSUES),
  "issues/list-for-repo": read(`${R}/issues?state=all&labels=bug&sort=updated&direction=asc`, ISSUES),
  "issues/list-labels-for-repo": read(`${R}/labels`, ISSUES),
  "issues/list-labels-on-issue": read(`${R}/issues/1/labels`, ISSUES),
  "issues/remove-label": write(200, `DELETE ${R}/issues/1/labels/bug`, undefined, WRITE_ISSUES),
  "issues/update": write(
    200,
    `PATCH ${R}/issues/1`,
    { state: "closed", state_reason: "not_planned" },
    WRITE_ISSUES,
  ),
  "issues/update-comment": write(
    200,
    ({ comment }) => `PATCH ${R}/issues/comments/${comment}`,
    { body: "Other" },
    WRITE_ISSUES,
  ),
  "issues/update-label": write(
    200,
    `PATCH ${R}/labels/bug`,
    { new_name: "defect", color: "d73a4a", description: "" },
    WRITE_ISSUES,
  ),
  "orgs/list-app-installations": read("/orgs/acme/installations?per_page=100", {}),
  "pulls/create": write(
    201,
    `POST ${R}/pulls`,
    { title: "Other", head: "other", base: "main", body: "Refs #1", draft: true },
    WRITE_PULLS,
  ),
  "pulls/get": read(({ pull }) => `${R}/pulls/${pull}`, { pull_requests: "read" }),
  "pulls/list": read(`${R}/pulls?state=all&head=acme:fix`, { pull_requests: "read" }),
  "pulls/list-files": read(({ pull }) => `${R}/pulls/${pull}/files`, { pull_requests: "read" }),
  "pulls/merge": write(
    200,
    ({ pull }) => `PUT ${R}/pulls/${pull}/merge`,
    { merge_method: "merge" },
    {
      contents: "write",
      pull_requests: "read",
    },
  ),
  "pulls/request-reviewers": write(
    201,
    ({ pull }) => `POST ${R}/pulls/${pull}/requested_reviewers`,
    { reviewers: ["acme"] },
    WRITE_PULLS,
  ),
  "pulls/update": write(
    200,
    ({ pull }) => `PATCH ${R}/pulls/${pull}`,
    { title: "Better", state: "closed" },
    WRITE_PULLS,
  ),
  "rate-limit/get": read("/rate_limit", {}),
  "repos/check-immutable-releases": read(`${R}/immutable-releases`, READ_ADMINISTRATION),
  "repos/compare-commits-with-basehead": read(`${R}/compare/main...fix`, CONTENTS),
  "repos/create-attestation": write(
    201,
    `POST ${R}/attestations`,
    { bundle: BUNDLE },
    { attestations: "write" },
  ),
  "repos/create-deployment": write(
    201,
    `POST ${R}/deployments`,
    { ref: "main", environment: "Production", auto_merge: false, required_contexts: [] },
    { deployments: "write" },
  ),
  "repos/create-deployment-status": write(
    201,
    ({ deployment }) => `POST ${R}/deployments/${deployment}/statuses`,
    { state: "success", environment_url: "https://shop.example.com" },
    { deployments: "write" },
  ),
  "repos/create-dispatch-event": write(
    204,
    `POST ${R}/dispatches`,
    { event_type: "patchpilot-repair", client_payload: { patchpilot: {} } },
    WRITE_CONTENTS,
  ),
  "repos/create-release": write(
    201,
    `POST ${R}/releases`,
    { tag_name: "v3.0.0", draft: true },
    WRITE_CONTENTS,
  ),
  "repos/delete-release": write(
    204,
    ({ draft }) => `DELETE ${R}/releases/${draft}`,
    undefined,
    WRITE_CONTENTS,
  ),
  "repos/delete-release-asset": write(
    204,
    ({ asset }) => `DELETE ${R}/releases/assets/${asset}`,
    undefined,
    WRITE_CONTENTS,
  ),
  "repos/get": read(R, {}),
  "repos/get-all-environments": read(`${R}/environments?per_page=100`, { actions: "read" }),
  "repos/get-branch": read(`${R}/branches/main`, CONTENTS),
  "repos/get-branch-rules": read(`${R}/rules/branches/patchpilot/1-a1`, {}),
  "repos/get-collaborator-permission-level": read(`${R}/collaborators/acme/permission`, {}),
  "repos/get-commit": read(`${R}/commits/fix`, CONTENTS),
  "repos/get-content": read(`${R}/contents/src/cart.ts`, CONTENTS),
  "repos/get-deployment": read(({ deployment }) => `${R}/deployments/${deployment}`, { deployments: "read" }),
  "repos/get-release": read(({ release }) => `${R}/releases/${release}`, CONTENTS),
  "repos/get-release-asset": read(({ published }) => `${R}/releases/assets/${published}`, CONTENTS),
  "repos/get-release-by-tag": read(`${R}/releases/tags/v1.0.0`, CONTENTS),
  "repos/get-repo-ruleset": read(({ ruleset }) => `${R}/rulesets/${ruleset}?includes_parents=true`, {}),
  "repos/get-repo-rulesets": read(`${R}/rulesets?includes_parents=true`, {}),
  "repos/list-attestations": read(
    `${R}/attestations/sha256:${"a".repeat(64)}?predicate_type=provenance&per_page=100`,
    { attestations: "read" },
  ),
  "repos/list-commits": read(`${R}/commits?path=src&since=2026-01-01T00:00:00Z`, CONTENTS),
  "repos/list-deployment-statuses": read(({ deployment }) => `${R}/deployments/${deployment}/statuses`, {
    deployments: "read",
  }),
  "repos/list-deployments": read(`${R}/deployments?environment=Preview`, { deployments: "read" }),
  "repos/list-release-assets": read(({ release }) => `${R}/releases/${release}/assets`, CONTENTS),
  "repos/list-releases": read(`${R}/releases?per_page=100`, CONTENTS),
  "repos/list-tags": read(`${R}/tags`, {}),
  "repos/update-release": write(
    200,
    ({ draft }) => `PATCH ${R}/releases/${draft}`,
    { draft: false, body: "Better notes" },
    WRITE_CONTENTS,
  ),
  "repos/upload-release-asset": write(
    201,
    ({ draft }) => `POST https://uploads.github.com${R}/releases/${draft}/assets?name=sbom.json`,
    { bomFormat: "CycloneDX" },
    WRITE_CONTENTS,
  ),
  "users/get-by-username": read("/users/acme", {}),
};

const KEY = makeAppKey();

/** The owner of the repository as an organization, whose own token is one of its owners'. */
const ORGANIZATION = {
  identities: [{ login: "acme", id: 55, type: "Organization" }],
  organizationOwners: ["acme/acme"],
} as const;

/** A web token of an App that is installed on the repository. */
function appWebToken({ world, clock }: OpenGitHub): string {
  const { publicKey, privateKey } = KEY;
  const installedOn = ["acme/shop"];
  world.registerApp({ id: 7, clientId: "Iv1.shop", slug: "fixer", publicKey, permissions: {}, installedOn });
  const iat = clock.now() / 1000;
  return signWebToken({ iss: "Iv1.shop", iat, exp: iat + 60 }, privateKey);
}

function fill({ world }: OpenGitHub): Facts {
  const owner = world.as("acme");
  const { git } = world.repository("acme/shop");
  owner.openIssue({ title: "Crash", body: "Boom", labels: ["bug"] });
  world.setVariable("PATCHPILOT_ONCALL", "@acme");
  const comment = owner.comment(1, "Seen").id;
  owner.push({
    branch: "fix",
    message: "Fix the cart",
    files: { "src/cart.ts": "export const total = 2;\n" },
  });
  owner.push({ branch: "other", message: "Other", files: { "src/other.ts": "1\n" } });
  const pull = owner.openPull({ title: "Fix", head: "fix", base: "main", body: "Refs #1" }).number;
  const run = world.runner().startRun({
    workflowPath: ".github/workflows/repair.yml",
    event: "repository_dispatch",
    displayTitle: "patchpilot pp-1-1-a1",
    actor: { login: "github-actions[bot]", id: 41898282, type: "Bot" },
  }).id;
  const artifact = world
    .runner()
    .addArtifact({ runId: run, name: "patch", content: { "change.patch": "x" } }).id;
  world.setRulesets([
    {
      target: "branch",
      include: ["refs/heads/patchpilot/*"],
      rules: [{ type: "creation" }],
      bypass: ["Integration"],
    },
  ]);
  const ruleset = world.repository("acme/shop").rulesets[0]?.id ?? 0;
  fillSettings(world);
  const log = "npm test\n";
  const job = world
    .runner()
    .setJob({ runId: run, name: "work", status: "in_progress", conclusion: null, log }).id;
  const ended = world.runner().startRun({
    workflowPath: ".github/workflows/repair.yml",
    event: "repository_dispatch",
    actor: { login: "github-actions[bot]", id: 41898282, type: "Bot" },
  }).id;
  world.runner().setJob({ runId: ended, name: "work", status: "completed", conclusion: "failure" });
  world.runner().updateRun(ended, { status: "completed", conclusion: "failure" });
  const head = git.refs.get("refs/heads/main") ?? "";
  world.runner().addCheckRun({ name: "test", headOid: head, status: "completed", conclusion: "success" });
  const deployment = owner.createDeployment({ ref: "fix", environment: "Preview" }).id;
  owner.setDeploymentStatus({ deploymentId: deployment, state: "success" });
  world.setImmutableReleases(true);
  const release = owner.createRelease({ tagName: "v1.0.0", draft: true }).id;
  const published = owner.breakUpload({ releaseId: release, name: "sbom.json" }).id;
  owner.publishRelease(release);
  const draft = owner.createRelease({ tagName: "v2.0.0", draft: true }).id;
  const asset = owner.breakUpload({ releaseId: draft, name: "broken.json" }).id;
  owner.storeAttestation(BUNDLE);
  const tag = git.writeTag({
    object: { oid: head, type: "commit" },
    name: "v0.9.0",
    tagger: { name: "acme", email: "acme@example.com", seconds: 1 },
    message: "Before the first\n",
  });
  owner.createRef("refs/tags/v0.9.0", tag);
  const tree = git.commit(head)?.tree ?? "";
  const blob = git.tree(tree)?.find(({ name }) => name === "README.md")?.oid ?? "";
  return {
    comment,
    pull,
    run,
    artifact,
    job,
    ended,
    deployment,
    release,
    draft,
    asset,
    published,
    ruleset,
    head,
    tree,
    blob,
    tag,
  };
}

function fillSettings(world: OpenGitHub["world"]): void {
  world.changeSettings({
    allowedActions: "selected",
    patternsAllowed: ["acme/*"],
    secrets: ["TOKEN"],
    organizationSecrets: ["SHARED_TOKEN"],
    organizationVariables: ["SHARED"],
    environments: [
      {
        name: "production",
        rules: ["required_reviewers", "wait_timer", "branch_policy"],
        secrets: ["KEY"],
        variables: ["PLACE"],
      },
    ],
  });
  const app = { id: 9, clientId: "Iv1.nine", slug: "nine", publicKey: "", permissions: {} } as const;
  world.registerApp({ ...app, installedOn: ["acme/shop"], everywhere: true });
}

describe.each(OPERATION_IDS.map((id) => [id, EXAMPLES[id]] as const))("%s", (id, example) => {
  test("answers as the official description says, to a token with exactly its permissions", async () => {
    const isOfOrganization = example.route({} as Facts).startsWith("GET /orgs/");
    const github = openGitHub(isOfOrganization ? ORGANIZATION : {});
    const facts = fill(github);
    // The owner's: a GITHUB_TOKEN cannot have `actions_variables`.
    const owner = github.world.identity("acme");
    const token = example.asApp ? appWebToken(github) : github.token(example.needs, owner);
    const reply = await github.rest(token, example.route(facts), example.body?.(facts));
    expect(github.simulator.violations).toEqual([]);
    expect(reply.status).toBe(example.status);
    expect(github.simulator.requests.at(-1)?.operation).toBe(id);
  });

  test.each(Object.keys(example.needs) as PermissionName[])(
    "is refused by name without %s",
    async (missing) => {
      const github = openGitHub();
      const facts = fill(github);
      const { [missing]: _, ...others } = EVERYTHING;
      const reply = await github.rest(github.token(others), example.route(facts), example.body?.(facts));
      expect(reply.status).toBe(403);
      expect(reply.body.message).toBe("Resource not accessible by integration");
      expect(reply.headers.get("x-accepted-github-permissions")).toContain(
        `${missing}=${example.needs[missing]}`,
      );
    },
  );
});
