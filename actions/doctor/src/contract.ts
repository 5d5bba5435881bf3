import {
  defineContract,
  fromRunner,
  type InputsOf,
  mayRead,
  mayWrite,
  passed,
  secret,
  text,
  words,
} from "@patchpilot/action-kit/contract";
import * as z from "zod";

const check = z.object({
  name: z.string(),
  settings: z.array(z.string()),
  state: z.enum(["ok", "attention", "missing", "unanswered", "unseen", "off"]),
  found: z.string(),
  remedy: z.string(),
  asked: z.array(z.string()),
});

/** An input that an action has as well: what its section of the file says counts here, too. */
const like = (action: string, more = "") =>
  text("").meta({ description: `As for \`${action}\`.${more}`, like: action });

export const contract = defineContract({
  name: "doctor",
  version: "0.0.0",
  title: "PatchPilot doctor",
  description: "Checks your set-up: asks every service once and prints what it found and what to do.",
  icon: "clipboard",
  color: "white",
  needs: "no other PatchPilot action; it checks the set-up of those that you use.",
  permissions: [
    mayWrite("issues", "makes PatchPilot's labels, as the other actions will"),
    mayWrite("contents", "tries to make a ref under `refs/patchpilot/`, and deletes it"),
    mayRead("pull-requests", "tries to read one pull request"),
    mayRead("actions", "sees whether the repair workflow is there and switched on"),
    mayRead("deployments", "sees what is live if Vercel is not asked"),
  ],
  // Texts, so that a wrong value becomes a line of the table and hides no other line. `read-settings.ts` reads them.
  inputs: z.object({
    "github-token": fromRunner("${{ github.token }}", "Token of the job whose permissions are checked.", {
      secret: true,
    }),
    "state-key": secret("As for `intake`."),
    stop: like("intake", " If it is set, nothing is tried that writes."),
    "sentry-token": secret("As for `intake`."),
    "sentry-url": like("intake"),
    "sentry-org": like("intake"),
    "sentry-projects": like("intake"),
    environment: like("intake"),
    "vercel-token": secret("As for `verify-recovery`."),
    "vercel-url": like("verify-recovery"),
    "vercel-project": like("verify-recovery"),
    "vercel-team": like("verify-recovery"),
    "production-environment": like("verify-recovery"),
    "health-url": like("verify-recovery"),
    "health-allow-private": like("verify-recovery"),
    "health-status": like("verify-recovery"),
    "health-body": words("As for `verify-recovery`."),
    "vercel-bypass-secret": secret("As for `verify-recovery`."),
    "deployed-sha": like("verify-recovery"),
    "posthog-api-key": secret("As for `impact`."),
    "posthog-host": like("impact"),
    "posthog-project-id": like("impact"),
    events: like("impact"),
    "trusted-authors": like("intake"),
    notify: like("intake"),
    via: like("dispatch"),
    "event-type": like("dispatch"),
    workflow: like("dispatch"),
    "target-repository": like("dispatch"),
    agent: like("dispatch"),
    command: passed("As for `repair`."),
    "setup-command": words("As for `repair`."),
    "test-command": words("As for `repair`."),
    "model-url": passed("As for `repair`."),
    "model-implement": passed("As for `repair`: OpenCode needs one."),
    "max-cost-usd": passed("As for `repair`."),
    "anthropic-api-key": secret(
      "As for `repair`. The vendor is asked for its list of models, which is free.",
    ),
    "openai-api-key": secret("As for `repair`. The vendor is asked for its list of models, which is free."),
    "model-api-key": secret("As for `repair`. Nothing is asked with it here: only a repair asks its model."),
    "npm-token": secret("As for `repair`."),
    "app-id": secret("Client id of the GitHub App that opens pull requests."),
    "app-private-key": secret("Private key of that App."),
  }),
  outputs: z.object({
    ready: z.boolean().meta({
      description:
        "`true` if no part is `missing` (required and absent, or set and wrong), and every service answered.",
    }),
    checks: z.array(check).meta({
      description: "JSON array of `{name, settings, state, found, remedy, asked}`, a line of the table each.",
    }),
  }),
});

export type DoctorInputs = InputsOf<typeof contract>;
