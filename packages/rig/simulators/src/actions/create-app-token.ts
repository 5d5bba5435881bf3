import type { BuiltInAction } from "@patchpilot/runner";
import type { GitHubWorld } from "@patchpilot/simulators/github";

/**
 * A stand-in for actions/create-github-app-token: an installation's token for this repository, or for those that the
 * inputs name, with the permissions that they name. The App is the account whose login is `<client-id>[bot]`; any private key will do.
 */
export function createAppToken(github: GitHubWorld, repository: string): BuiltInAction {
  return {
    inputs: { "client-id": "", "private-key": "", owner: "", repositories: "", ...PERMISSIONS },
    run: async ({ inputs, setOutput, log }) => {
      const login = `${inputs["client-id"]}[bot]`;
      const actor = github.identity(login);
      if (actor === undefined) throw new Error(`There is no App with the client ID ${inputs["client-id"]}.`);
      if (inputs["private-key"] === "") throw new Error("Input required and not supplied: private-key");
      const permissions = Object.keys(PERMISSIONS).flatMap((name) => {
        const level = inputs[name];
        return level === "" || level === undefined ? [] : [[scopeOf(name), level]];
      });
      const token = github.mintToken({
        actor,
        permissions: Object.fromEntries(permissions),
        repositories: repositoriesIn(inputs) ?? [repository],
      });
      log(`::add-mask::${token}`);
      setOutput("token", token);
    },
  };
}

function repositoriesIn({
  owner,
  repositories = "",
}: Readonly<Record<string, string>>): string[] | undefined {
  const names = repositories.split(/[\s,]+/).filter(Boolean);
  return names.length === 0 ? undefined : names.map((name) => `${owner}/${name}`);
}

const PERMISSIONS = {
  "permission-actions": "",
  "permission-contents": "",
  "permission-deployments": "",
  "permission-issues": "",
  "permission-pull-requests": "",
} as const;

const scopeOf = (input: string): string => input.slice("permission-".length).replaceAll("-", "_");
