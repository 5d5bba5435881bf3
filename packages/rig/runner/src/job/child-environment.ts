import type { CommandFiles } from "./file-command-folder.ts";
import type { JobSession } from "./job-session.ts";

/** Properties of the github context that GitHub's runner hands to processes as GITHUB_*. */
const GITHUB_VARIABLES = [
  "action",
  "action_ref",
  "action_repository",
  "actor",
  "api_url",
  "base_ref",
  "event_name",
  "graphql_url",
  "head_ref",
  "ref",
  "ref_name",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
] as const;

/**
 * The whole environment of a step's process. Nothing of this process's own environment is in it; a secret is in it
 * only where the workflow put it into `env` or `with`. GITHUB_* and RUNNER_* win over what a workflow sets.
 */
export function childEnvironment(
  session: JobSession,
  own: Readonly<Record<string, string>>,
  files: CommandFiles,
  github: Readonly<Record<string, string>>,
): Record<string, string> {
  const { runContexts, job } = session.request;
  const context: Readonly<Record<string, unknown>> = { ...runContexts.github, ...github };
  const githubVariables = GITHUB_VARIABLES.map((name) => [
    `GITHUB_${name.toUpperCase()}`,
    String(context[name] ?? ""),
  ]);
  const runnerVariables = Object.entries(session.runnerContext()).map(([name, value]) => [
    `RUNNER_${name.toUpperCase()}`,
    value,
  ]);
  return {
    HOME: session.folders.home,
    LANG: "C.UTF-8",
    CI: "true",
    ...own,
    PATH: session.path,
    GITHUB_ACTIONS: "true",
    ...Object.fromEntries(githubVariables),
    ...Object.fromEntries(runnerVariables),
    GITHUB_EVENT_PATH: session.folders.eventFile,
    GITHUB_JOB: job.id,
    GITHUB_WORKSPACE: session.folders.workspace,
    ...files,
  };
}
