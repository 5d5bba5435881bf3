import { beforeAll, describe, expect, test } from "vitest";
import { loadDescription } from "../openapi/description.ts";
import { WEBHOOK_NAMES, type WebhookName } from "../openapi/operations.ts";
import { openGitHub } from "../testing/open-github.ts";
import type { GitHubEvent } from "./github-event.ts";

/** One of everything that announces itself, by a person's hand. */
function doEverything(): GitHubEvent[] {
  const { world } = openGitHub();
  const events: GitHubEvent[] = [];
  world.onEvent((event) => events.push(event));
  const owner = world.as("acme");
  owner.openIssue({ title: "Crash", body: "Boom", labels: ["bug"] });
  owner.editIssue(1, { title: "A crash", body: "Boom!" });
  const { id } = owner.comment(1, "Seen");
  owner.editComment(id, "Seen twice");
  owner.deleteComment(id);
  owner.unlabel(1, "bug");
  owner.closeIssue(1);
  owner.reopenIssue(1);
  owner.push({ branch: "fix", message: "Fix", files: { "src/cart.ts": "2\n" } });
  const { number } = owner.openPull({ title: "Fix", head: "fix", base: "main" });
  owner.push({ branch: "fix", message: "Fix more", files: { "src/cart.ts": "3\n", "README.md": null } });
  owner.closePull(number);
  owner.reopenIssue(number);
  owner.editIssue(number, { body: "Why" });
  owner.mergePull(number);
  owner.deleteRef("refs/heads/fix");
  const deployment = owner.createDeployment({ ref: "main", environment: "Production" });
  owner.setDeploymentStatus({
    deploymentId: deployment.id,
    state: "success",
    environmentUrl: "https://shop.example.com",
  });
  owner.dispatch("sample.collected", { patchpilot: {} });
  owner.dispatchWorkflow("repair.yml", { patchpilot: "{}" });
  return events;
}

function webhookName({ event, action }: GitHubEvent): WebhookName {
  if (event === "repository_dispatch") return "repository-dispatch-sample.collected";
  return (action === null ? event : `${event}-${action}`).replaceAll("_", "-") as WebhookName;
}

describe("events", () => {
  let events: GitHubEvent[];
  beforeAll(() => {
    events = doEverything();
  });

  test.each(WEBHOOK_NAMES)("%s carries a payload of the official shape", (name) => {
    const found = events.filter((event) => webhookName(event) === name);
    expect(found).not.toHaveLength(0);
    for (const { payload } of found) {
      expect(loadDescription().checkWebhook(name)(JSON.parse(JSON.stringify(payload)))).toEqual([]);
    }
  });

  test("a payload that lacks its issue would be found out", () => {
    const labeled = events.find((event) => webhookName(event) === "issues-labeled");
    const { issue: _, ...payload } = labeled?.payload ?? {};
    expect(loadDescription().checkWebhook("issues-labeled")(payload)).not.toEqual([]);
  });

  test("each is delivered when the write that caused it is done", () => {
    const { world } = openGitHub();
    const states: (string | undefined)[] = [];
    world.onEvent(() => states.push(world.repository("acme/shop").issues.get(1)?.state));
    world.as("acme").openIssue({ title: "A" });
    world.as("acme").closeIssue(1);
    expect(states).toEqual(["open", "closed"]);
  });
});

describe("who starts workflows", () => {
  const startsWorkflows = async (route: string, body: unknown) => {
    const { world, rest, token } = openGitHub();
    world.as("acme").openIssue({ title: "A" });
    const events: GitHubEvent[] = [];
    world.onEvent((event) => events.push(event));
    await rest(token(), route, body);
    return events.map((event) => event.startsWorkflows);
  };

  test("a label that a GITHUB_TOKEN puts on starts none", async () => {
    expect(await startsWorkflows("POST /repos/acme/shop/issues/1/labels", { labels: ["bug"] })).toEqual([
      false,
    ]);
  });

  test("a dispatch by a GITHUB_TOKEN starts one", async () => {
    expect(await startsWorkflows("POST /repos/acme/shop/dispatches", { event_type: "a" })).toEqual([true]);
  });

  test("a label that a person puts on starts one", () => {
    const { world } = openGitHub();
    world.as("acme").openIssue({ title: "A" });
    const events: GitHubEvent[] = [];
    world.onEvent((event) => events.push(event));
    world.as("acme").label(1, "bug");
    expect(events).toMatchObject([
      { event: "issues", action: "labeled", startsWorkflows: true, causedByToken: undefined },
    ]);
  });

  test.each([
    ["success", true],
    ["inactive", false],
  ] as const)("a deployment that became %s: %s", (state, starts) => {
    const { world } = openGitHub();
    const deployer = world.as("vercel[bot]");
    const { id } = deployer.createDeployment({ ref: "main", environment: "Production" });
    const events: GitHubEvent[] = [];
    world.onEvent((event) => events.push(event));
    deployer.setDeploymentStatus({ deploymentId: id, state });
    expect(events.map((event) => event.startsWorkflows)).toEqual([starts]);
  });

  test("a workflow_dispatch names the run that waits for it", () => {
    const { world } = openGitHub();
    const events: GitHubEvent[] = [];
    world.onEvent((event) => events.push(event));
    const runId = world.as("acme").dispatchWorkflow("repair.yml");
    expect(events).toMatchObject([{ runId, workflowPath: ".github/workflows/repair.yml" }]);
  });
});
