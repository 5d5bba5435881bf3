import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import { REPOSITORY } from "@patchpilot/build/repository";
import { type Check, checkDesk, openAsking } from "@patchpilot/checks";
import { openGitHub, repositoryName } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";
import { VirtualClock } from "@patchpilot/simulators/clock";
import {
  createGitHubSimulator,
  createGitHubWorld,
  GITHUB_ACTIONS_BOT,
  type GitHubWorld,
  type TokenPermissions,
} from "@patchpilot/simulators/github";
import { SHOP } from "./world.ts";

const MAIN = ".github/workflows/patchpilot.yml";
const REPAIR = ".github/workflows/patchpilot-repair.yml";

/** Who asks at the desk: by a classic token with scopes, or by a fine-grained one with permissions. */
export type AtDesk = {
  /** `ada` is an admin and owns the organization, `wim` may write, `rex` may read. */
  readonly login: "ada" | "wim" | "rex";
  readonly scopes?: readonly string[];
  readonly permissions?: TokenPermissions;
};

/** An organization's repository with the README's workflow and the repair workflow, set up right. */
export function openDesk() {
  const clock = new VirtualClock("2026-11-21T09:00:00Z");
  const world = createGitHubWorld({
    clock,
    identities: [{ login: "acme", id: 55, type: "Organization" }],
    organizationOwners: ["acme/ada"],
    repositories: [
      {
        owner: "acme",
        name: "shop",
        files: {
          [MAIN]: readReadmeWorkflow(),
          [REPAIR]: readFileSync(join(REPOSITORY, "actions/repair/templates/patchpilot-repair.yml"), "utf8"),
        },
      },
    ],
  });
  const simulator = createGitHubSimulator(world);
  setUp(world);
  clock.advance(1_800_000);

  const check = async (who: AtDesk): Promise<readonly Check[]> => {
    const actor = world.identity(who.login);
    if (actor === undefined) throw new Error(`There is no ${who.login}.`);
    const { scopes = ["repo", "workflow"], permissions } = who;
    const kind = permissions === undefined ? { permissions: {}, scopes } : { permissions };
    const token = world.mintToken({ actor, repositories: [SHOP], ...kind });
    const asking = openAsking((url, message) => simulator.fetch(new Request(url, message as RequestInit)));
    const access = { token, apiUrl: world.apiUrl, graphqlUrl: `${world.apiUrl}/graphql`, secrets: {} };
    const time = { now: () => clock.now(), sleep: async (ms: number) => clock.advance(ms) };
    const github = openGitHub(access, { fetch: asking.fetch, pacing: unpaced, time });
    return checkDesk({ "server-url": world.serverUrl }, { github, repository: repositoryName(SHOP), asking });
  };
  return { clock, world, simulator, check };
}

/** What a team does after reading the README. The schedule ran once. */
function setUp(world: GitHubWorld): void {
  world.setRole("ada", "admin");
  world.setRole("wim", "write");
  world.setRole("rex", "read");
  world.changeSettings({
    pullsByActions: true,
    secrets: ["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN", "ANTHROPIC_API_KEY"],
  });
  world.setVariable("SENTRY_ORG", "acme");
  world.setVariable("SENTRY_PROJECTS", "web");
  const app = { id: 1, clientId: "Iv1.sentry", slug: "sentry", publicKey: "", permissions: {} } as const;
  world.registerApp({ ...app, installedOn: [SHOP], everywhere: true });
  world.runner().startRun({ workflowPath: MAIN, event: "schedule", actor: GITHUB_ACTIONS_BOT });
}
