import type { ActionKeys, Reader, ReleaseKeys } from "../settings/keys.ts";

const common = { "github-token": "secret", "state-key": "secret", stop: "value" } as const;
const keys = (inputs: ActionKeys["inputs"], readsFile = true): ActionKeys => ({
  readsFile,
  inputs,
});

const release: ReleaseKeys = {
  intake: keys({ ...common, limit: "value", "sentry-org": "value", task: "words" }),
  dispatch: keys({ ...common, autonomy: "value", "max-attempts": "value", agent: "value" }),
  "verify-recovery": keys({
    ...common,
    "sentry-org": "value",
    "max-attempts": "value",
    "health-body": "words",
  }),
  "perf-scan": keys({ ...common, limit: "value", labels: "value" }),
  repair: keys(
    { stop: "value", agent: "value", "max-turns": "value", "model-key": "secret", command: "words" },
    false,
  ),
};

/** An action of a small release: with what two actions share, what one alone has, and one that reads no file. */
export const readerOf = (action: string): Reader => ({ action, version: "1.2.0", release });
