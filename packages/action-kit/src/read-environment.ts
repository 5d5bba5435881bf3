import { readFileSync } from "node:fs";
import type { Environment } from "./contract.ts";

/**
 * Reads what the runner says about the job.
 * @throws Error with a sentence when a variable that every runner sets is absent.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const required = (name: string): string => {
    const value = variables[name];
    if (value) return value;
    throw new Error(`${name} is not set. This action runs inside a GitHub Actions job, which sets it.`);
  };
  const apiUrl = variables["GITHUB_API_URL"] || "https://api.github.com";
  return {
    apiUrl,
    graphqlUrl: variables["GITHUB_GRAPHQL_URL"] || `${apiUrl}/graphql`,
    serverUrl: variables["GITHUB_SERVER_URL"] || "https://github.com",
    repository: required("GITHUB_REPOSITORY"),
    repositoryId: variables["GITHUB_REPOSITORY_ID"] ?? "",
    runId: variables["GITHUB_RUN_ID"] || "0",
    runAttempt: Number(variables["GITHUB_RUN_ATTEMPT"] || "1"),
    actor: variables["GITHUB_ACTOR"] ?? "",
    sha: variables["GITHUB_SHA"] ?? "",
    eventName: variables["GITHUB_EVENT_NAME"] ?? "",
    event: readEvent(variables["GITHUB_EVENT_PATH"]),
    temporaryFolder: variables["RUNNER_TEMP"] || "",
    workspace: variables["GITHUB_WORKSPACE"] || "",
  };
}

function readEvent(path: string | undefined): Record<string, unknown> {
  if (!path) return {};
  try {
    const event: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof event !== "object" || event === null) throw new TypeError("The event is not an object.");
    return event as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`The event file of this run (${path}) cannot be read as JSON. Run the job again.`, {
      cause,
    });
  }
}
