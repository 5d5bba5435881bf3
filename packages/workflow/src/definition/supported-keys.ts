/**
 * The keywords that this runner runs: what PatchPilot's README and templates use, and what often stands beside it
 * (matrices, defaults, events of deployments, pull requests and other workflows). GitHub's parser refuses what GitHub
 * does not know; these tables refuse, by name, what GitHub knows and this runner does not do.
 */
export const WORKFLOW_KEYS = keys("name run-name on permissions concurrency env defaults jobs");
export const JOB_KEYS = keys(
  "name needs if runs-on timeout-minutes outputs permissions concurrency env defaults strategy steps",
);
export const CALL_JOB_KEYS = keys("name needs if uses with secrets permissions concurrency");
export const SCRIPT_STEP_KEYS = keys(
  "id name if run shell working-directory env continue-on-error timeout-minutes",
);
export const ACTION_STEP_KEYS = keys("id name if uses with env continue-on-error timeout-minutes");
export const CONCURRENCY_KEYS = keys("group cancel-in-progress queue");
export const STRATEGY_KEYS = keys("matrix fail-fast");
export const RUN_DEFAULT_KEYS = keys("shell working-directory");
export const DISPATCH_INPUT_KEYS = keys("description required default type options");
export const DISPATCH_INPUT_TYPES = keys("string boolean choice");
export const SHELLS = keys("bash sh");

/** Supported events and the filters that each may carry. */
export const EVENT_FILTERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["issues", keys("types")],
  ["issue_comment", keys("types")],
  ["repository_dispatch", keys("types")],
  ["workflow_dispatch", keys("inputs")],
  ["workflow_call", keys("inputs outputs secrets")],
  ["schedule", keys("cron")],
  ["deployment_status", keys("")],
  ["pull_request", keys("types branches branches-ignore")],
  ["workflow_run", keys("types workflows branches branches-ignore")],
]);

/** Properties that the runner fills in; GitHub answers null for others, which would hide a mistake. */
export const CONTEXT_PROPERTIES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    "github",
    keys(
      "action action_ref action_repository actor api_url base_ref event event_name event_path graphql_url head_ref job " +
        "ref ref_name ref_type repository repository_id repository_owner retention_days run_attempt run_id run_number " +
        "server_url sha token triggering_actor workflow workflow_ref workflow_sha workspace",
    ),
  ],
  ["runner", keys("arch debug environment name os temp tool_cache")],
  ["job", keys("status")],
  ["strategy", keys("fail-fast job-index job-total")],
]);

function keys(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").filter((word) => word !== ""));
}
