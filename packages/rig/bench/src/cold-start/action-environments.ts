import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inputVariable } from "@patchpilot/action-kit/contract";

/** Inputs without which an action refuses to start; every other has a default. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  propose: {
    patch: "change.patch",
    "patch-sha256": "0".repeat(64),
    key: "pp-1-1-a1",
    "base-sha": "0".repeat(40),
    branch: "patchpilot/1-a1",
  },
};

/**
 * The environment that a runner gives an action, with GitHub at an address of ours. It names no other host, and
 * nothing of this machine's environment gets in.
 * @param folder scratch folder for the runner's files
 */
export function actionEnvironment(action: string, address: string, folder: string): Record<string, string> {
  const event = join(folder, "event.json");
  writeFileSync(event, "{}");
  const inputs = { "github-token": "token", issues: "[1]", repository: "acme/shop", ...NEEDED[action] };
  return {
    GITHUB_API_URL: address,
    GITHUB_GRAPHQL_URL: `${address}/graphql`,
    GITHUB_EVENT_NAME: "workflow_dispatch",
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_REPOSITORY_ID: "1",
    GITHUB_RUN_ID: "1",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_WORKSPACE: folder,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value])),
  };
}
