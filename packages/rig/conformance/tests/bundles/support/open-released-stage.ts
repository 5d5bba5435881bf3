import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkoutFrom, downloadArtifact, type RunRecord, uploadArtifact } from "@patchpilot/runner";
import { type Listening, listen, listenAs, type SentrySimulator } from "@patchpilot/simulators";
import { HOUR } from "@patchpilot/time";
import { addPostHog, createSentry, live } from "../../../worlds/providers.ts";
import type { ReleasedRepositories } from "../../../worlds/released/make-released-repositories.ts";
import { type ResolvedUses, resolveUses } from "../../../worlds/released/resolve-uses.ts";
import { createTestWorld, SHOP, type TestWorld } from "../../../worlds/world.ts";
import {
  makeReadmeVariables,
  openWorkflowStage,
  WORKFLOW_SECRETS,
  type WorkflowStage,
} from "./open-workflow-stage.ts";

/** A shop with workflows that use released repositories. */
export type ReleasedStage = WorkflowStage & {
  readonly test: TestWorld;
  /** What the workflows use, and the folders that it is run from. */
  readonly own: ResolvedUses;
  /** The shop has crashed for an hour. Waits for the runs that come of it. */
  readonly crash: () => Promise<readonly RunRecord[]>;
  readonly sentry: SentrySimulator;
};

/** The shop before it has workflows, and the services that it will ask. */
export type BareShop = {
  readonly test: TestWorld;
  readonly gitDir: string;
  readonly doors: Readonly<Record<"github" | "sentry" | "posthog", Listening>>;
};

/** What a set-up leaves: workflows on the default branch by the name of their file, secrets and variables. */
export type SetUp = Readonly<Record<"workflows" | "secrets" | "vars", Readonly<Record<string, string>>>>;

const AGENT = {
  PATCHPILOT_AGENT: "command",
  PATCHPILOT_AGENT_COMMAND: "sed -i 's/= 1/= 2/' src/checkout.ts",
  PATCHPILOT_TEST_COMMAND: "grep -q '= 2' src/checkout.ts",
};

const toPaths = (workflows: SetUp["workflows"]): Record<string, string> =>
  Object.fromEntries(Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}`, text]));

/** Sets the shop up by hand: pushes these workflows, with a command in the place of an agent. */
export const pushByHand =
  (workflows: SetUp["workflows"]) =>
  async ({ test, doors }: BareShop): Promise<SetUp> => {
    test.world.as("maya").push({ branch: "main", message: "Add PatchPilot", files: toPaths(workflows) });
    return { workflows, secrets: WORKFLOW_SECRETS, vars: { ...makeReadmeVariables(doors), ...AGENT } };
  };

export async function openReleasedStage(
  released: ReleasedRepositories,
  setUp: (shop: BareShop) => Promise<SetUp>,
): Promise<ReleasedStage> {
  const folder = mkdtempSync(join(tmpdir(), "released-stage-"));
  const gitDir = join(folder, "shop.git");
  const test = createTestWorld({ gitDir });
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  const doors = {
    github: await listen(test.simulator),
    sentry: door,
    posthog: await listen(addPostHog(test)),
  };
  sentry.onNewIssue(({ title, body }) => void test.world.as("sentry[bot]").openIssue({ title, body }));
  const { workflows, secrets, vars } = await setUp({ test, gitDir, doors });
  const own = await resolveUses(released, Object.values(workflows), join(folder, "actions"));
  const stage = await openWorkflowStage({
    github: test.world,
    doors,
    repository: SHOP,
    workflows: toPaths(workflows),
    findOwn: async () => own,
    actions: {
      "actions/checkout": checkoutFrom(gitDir),
      "actions/upload-artifact": uploadArtifact,
      "actions/download-artifact": downloadArtifact,
    },
    secrets,
    vars,
  });
  return {
    ...stage,
    test,
    own,
    sentry,
    crash: () =>
      stage.awaitRuns(() => {
        const until = test.clock.now();
        live(sentry, { from: until - HOUR, until, release: "shop@1", crashEvery: 5 });
      }),
    close: async () => {
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
