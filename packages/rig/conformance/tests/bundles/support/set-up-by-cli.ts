import { testGit } from "@patchpilot/git/testing";
import { expect } from "vitest";
import { SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { SHOP } from "../../../worlds/world.ts";
import type { BareShop, SetUp } from "./open-released-stage.ts";
import { openTerminal } from "./open-terminal.ts";

/** Runs the packed command in a checkout of the shop, and merges what it proposed. Edits nothing. */
export const setUpBy =
  (cli: string) =>
  async ({ test: world, gitDir, doors }: BareShop): Promise<SetUp> => {
    const terminal = await openTerminal({ test: world, cli });
    const run = await terminal.run(
      [
        ...["init", "--yes", "--autonomy", "draft-pr", "--secrets", "SENTRY_TOKEN"],
        ...[
          "--sentry-org",
          SENTRY_INPUTS["sentry-org"],
          "--sentry-projects",
          SENTRY_INPUTS["sentry-projects"],
        ],
        ...["--sentry-url", doors.sentry.url, "--agent", "command"],
        ...["--agent-command", "sed -i 's/= 1/= 2/' src/checkout.ts"],
        ...["--test-command", "grep -q '= 2' src/checkout.ts"],
      ],
      { SENTRY_TOKEN: SENTRY_INPUTS["sentry-token"] },
    );
    expect([run.code, run.complaint]).toEqual([0, ""]);
    const shop = world.world.repository(SHOP);
    world.world.as("maya").mergePull(shop.issues.list().find(({ pull }) => pull)?.number ?? 0);
    const show = (path: string): string => testGit(gitDir)(["show", `main:${path}`]).toString();
    const names = ["patchpilot.yml", "patchpilot-repair.yml"];
    return {
      workflows: Object.fromEntries(names.map((name) => [name, show(`.github/workflows/${name}`)])),
      secrets: Object.fromEntries(
        ["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN"].map((name) => [name, terminal.readSecret(name) ?? ""]),
      ),
      vars: Object.fromEntries(shop.variables.list().map(({ name, value }) => [name, value])),
    };
  };
