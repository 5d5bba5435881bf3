import { type IncidentRecord, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { incidentRecord } from "@patchpilot/incident/testing";
import { recordBody } from "@patchpilot/ledger";
import type { Simulator } from "@patchpilot/simulators";
import { VirtualClock } from "@patchpilot/simulators/clock";
import {
  createGitHubSimulator,
  createGitHubWorld,
  GITHUB_ACTIONS_BOT,
  type GitHubSimulator,
  type GitHubWorld,
} from "@patchpilot/simulators/github";

export const SHOP = "acme/shop";
export const REPOSITORY_ID = 4242;
export const STATE_KEY = "0123456789abcdef0123456789abcdef";

/** A repository with accepted incidents, its simulator, and hands to run actions in this process. */
export type TestWorld = {
  readonly clock: VirtualClock;
  readonly world: GitHubWorld;
  readonly simulator: GitHubSimulator;
  /** Simulators of other services, by their origin. */
  readonly providers: Map<string, Pick<Simulator, "fetch">>;
};

export function createTestWorld(
  options: {
    readonly keepHistory?: boolean;
    /** The repository's files by path. Default: a small shop. */
    readonly files?: Readonly<Record<string, string | Buffer>>;
    /** A bare git repository for jobs that check it out. Default: objects in memory. */
    readonly gitDir?: string;
  } = {},
): TestWorld {
  const clock = new VirtualClock("2026-11-21T09:00:00Z");
  const world = createGitHubWorld({
    clock,
    repositories: [
      {
        owner: "acme",
        name: "shop",
        id: REPOSITORY_ID,
        ...(options.gitDir === undefined ? {} : { gitDir: options.gitDir }),
        files: options.files ?? { "src/checkout.ts": "export const total = 1;\n", "README.md": "# shop\n" },
      },
    ],
    keepHistory: options.keepHistory ?? false,
  });
  world.setRole("maya", "admin");
  return { clock, world, simulator: createGitHubSimulator(world), providers: new Map() };
}

/**
 * Opens an issue and writes the record that intake would write.
 * @param talkedBefore how many comments people wrote until then
 */
export function addIncident(test: TestWorld, change: Partial<IncidentRecord> = {}, talkedBefore = 0): number {
  const { world, clock } = test;
  const issue = world.as("sentry[bot]").openIssue({ title: "TypeError", body: "Sentry Issue" });
  talk(test, issue.number, talkedBefore);
  const at = clock.iso();
  const data = incidentRecord({
    confidence: 0.95,
    phaseAt: at,
    acceptedAt: at,
    key: `sentry:acme/${issue.number}`,
    fingerprint: `f${issue.number}`,
    ...change,
  });
  const ledger = { belief: { signer: { repositoryId: REPOSITORY_ID, keys: [STATE_KEY] }, trusted: [] } };
  const write = {
    kind: "incident" as const,
    text: "### Incident accepted\n\nTypeError in src/checkout.ts",
    data,
  };
  world.as(GITHUB_ACTIONS_BOT.login).comment(issue.number, recordBody(ledger, issue.number, write, 1));
  world.as(GITHUB_ACTIONS_BOT.login).label(issue.number, UMBRELLA_LABEL, phaseLabel(data.phase));
  return issue.number;
}

/** People write so many comments on an issue. */
export function talk({ world }: TestWorld, issue: number, comments: number): void {
  for (let index = 0; index < comments; index += 1) world.as("maya").comment(issue, `thought ${index}`);
}
