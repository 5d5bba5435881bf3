import { contract } from "@patchpilot/action-impact/contract";
import { run } from "@patchpilot/action-impact/run";
import type { Environment } from "@patchpilot/action-kit";
import { givenInputs, inputVariable, parseInputs } from "@patchpilot/action-kit/contract";
import { unpaced } from "@patchpilot/http";
import { phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { recordBody } from "@patchpilot/ledger";
import {
  createGitHubSimulator,
  createGitHubWorld,
  createPostHogSimulator,
  GITHUB_ACTIONS_BOT,
  type TokenPermissions,
  VirtualClock,
} from "@patchpilot/simulators";
import { DAY } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { connect } from "../../../../../actions/impact/src/connect.ts";

const REPOSITORY_ID = 4242;
const STATE_KEY = "0123456789abcdef0123456789abcdef";
const API = "https://api.github.com";

/** GitHub and PostHog on one clock: checkouts fell on the day that an incident was accepted. */
function startWorld() {
  const clock = new VirtualClock("2026-11-21T12:00:00Z");
  const files = { "README.md": "# shop\n" };
  const repository = { owner: "acme", name: "shop", id: REPOSITORY_ID, files };
  const world = createGitHubWorld({ clock, repositories: [repository] });
  const github = createGitHubSimulator(world);
  const posthog = createPostHogSimulator({
    clock,
    projectId: "7",
    projectToken: "phc_shop",
    keys: { phx_reader: ["query:read"] },
  });
  const checkouts = (count: number, at: number) =>
    Array.from({ length: count }, (_, person) => ({ event: "checkout", distinctId: `p${person}`, at }));
  posthog.recordEvents(checkouts(40, clock.now() - DAY / 2));
  posthog.recordEvents(checkouts(160, clock.now() - 7.5 * DAY));
  return { clock, world, github, posthog };
}

type World = ReturnType<typeof startWorld>;

/** Opens an issue and writes the record that intake would write. */
function addIncident({ world, clock }: World, episode = 1): number {
  const issue = world.as("sentry[bot]").openIssue({ title: "TypeError", body: "Sentry Issue" });
  const data = {
    phase: "accepted",
    phaseAt: clock.iso(),
    acceptedAt: clock.iso(),
    firstSeen: new Date(clock.now() - DAY).toISOString(),
    key: `sentry:acme/${issue.number}`,
    kind: "error",
    fingerprint: "f1",
    title: "TypeError",
    severity: "high",
    confidence: 0.9,
    episode,
  };
  const belief = { signer: { repositoryId: REPOSITORY_ID, keys: [STATE_KEY] }, trusted: [] };
  const write = { kind: "incident" as const, text: "### Incident", data };
  const bot = world.as(GITHUB_ACTIONS_BOT.login);
  bot.comment(issue.number, recordBody({ belief }, issue.number, write, 1));
  bot.label(issue.number, UMBRELLA_LABEL, phaseLabel("accepted"));
  return issue.number;
}

function runImpact(
  test: World,
  permissions: TokenPermissions,
  more: Record<string, string> = {},
  { workflow = "acme/shop", event = {} }: { workflow?: string; event?: Environment["event"] } = {},
) {
  const { clock, world, github, posthog } = test;
  const token = world.mintToken({ actor: GITHUB_ACTIONS_BOT, permissions, repositories: ["acme/shop"] });
  const values = {
    "github-token": token,
    "state-key": STATE_KEY,
    "posthog-api-key": "phx_reader",
    "posthog-host": "https://us.posthog.com",
    "posthog-project-id": "7",
    events: "checkout",
    ...more,
  };
  const variables = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [inputVariable(name), value]),
  );
  const inputs = parseInputs(contract, givenInputs(contract, variables));
  const environment: Environment = {
    apiUrl: API,
    graphqlUrl: `${API}/graphql`,
    serverUrl: "https://github.com",
    repository: workflow,
    repositoryId: String(REPOSITORY_ID),
    runId: "1",
    runAttempt: 1,
    actor: "github-actions[bot]",
    sha: "",
    eventName: "schedule",
    event,
    temporaryFolder: "",
    workspace: "",
  };
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    return request.url.startsWith("https://us.posthog.com/") ? posthog.fetch(request) : github.fetch(request);
  };
  const time = { now: () => clock.now(), sleep: async () => undefined };
  const wires = { fetch, time, pacing: unpaced };
  return run(inputs, connect(inputs, { environment, secrets: { "state-key": STATE_KEY } }, wires));
}

const writesOf = ({ github }: World) =>
  github.requests.filter(
    ({ method, operation }) => method !== "GET" && /mutation|create|update/i.test(operation),
  );

describe("impact on a simulated GitHub and PostHog", () => {
  it("finds what waits for dispatch, counts it, and comments with `issues: write` alone", async () => {
    const test = startWorld();
    const issue = addIncident(test);
    const { outputs, lines } = await runImpact(test, { issues: "write" });
    expect(outputs.impact).toEqual([
      {
        issue,
        events: [{ event: "checkout", current: 40, baseline: 160, change: -0.75, actors: 40 }],
        summary: expect.stringContaining("`checkout` fell by 75 % (40, was 160)"),
      },
    ]);
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
    expect(test.posthog.violations).toEqual([]);
    expect(test.posthog.requests).toHaveLength(1);
  });

  it("counts what came back from its new acceptance on, not from the first error of all", async () => {
    const test = startWorld();
    addIncident(test, 2);
    const { outputs } = await runImpact(test, { issues: "write" });
    expect(outputs.impact[0]?.summary).toContain("Between 2026-11-21 10:55 and 11:55 UTC");
  });

  it("takes an issue of the workflow's repository for none of another one that holds the incidents", async () => {
    const test = startWorld();
    const issue = addIncident(test);
    const elsewhere = { workflow: "acme/app", event: { issue: { number: 999 } } };
    const { outputs } = await runImpact(test, { issues: "write" }, { repository: "acme/shop" }, elsewhere);
    expect(outputs.issues).toEqual([issue]);
  });

  it("reads its own record in the next run, so that it asks and writes nothing", async () => {
    const test = startWorld();
    addIncident(test);
    const first = await runImpact(test, { issues: "write" });
    const writes = writesOf(test).length;
    const second = await runImpact(test, { issues: "write" });
    expect(second.outputs).toEqual(first.outputs);
    expect([writesOf(test).length, writes, test.posthog.requests.length]).toEqual([1, 1, 1]);
  });

  it("names the permission that is missing", async () => {
    const test = startWorld();
    addIncident(test);
    const { lines } = await runImpact(test, { issues: "read" });
    expect(lines).toContainEqual({
      level: "warning",
      text: expect.stringMatching(/issues: write|not accessible/i),
    });
  });
});
