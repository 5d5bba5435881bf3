import type { RepositoryProfile } from "@patchpilot/github";
import type { DeskFacts, DeskWorkflow, NameList } from "../desk/facts.ts";
import { judgeDesk } from "../desk/judge-desk.ts";
import { parseWorkflow } from "../desk/parse-workflow.ts";
import { answered } from "./answers.ts";

/** A workflow file of the default branch that is switched on. */
export const workflowFile = (name: string, text: string, state = "active"): DeskWorkflow => ({
  path: `.github/workflows/${name}`,
  state,
  ...parseWorkflow(text),
});

export const MAIN_TEXT = `on:
  schedule: [{ cron: "17,47 * * * *" }]
jobs:
  tick:
    steps:
      - uses: patchpilot/intake@v1
        with:
          state-key: \${{ secrets.PATCHPILOT_STATE_KEY }}
          sentry-token: \${{ secrets.SENTRY_TOKEN }}
          sentry-org: \${{ vars.SENTRY_ORG }}
          sentry-projects: \${{ vars.SENTRY_PROJECTS }}
          notify: \${{ vars.PATCHPILOT_ONCALL }}
      - uses: patchpilot/dispatch@v1
`;
const REPAIR_TEXT = `on: { repository_dispatch: { types: [patchpilot-repair] } }
jobs:
  repair:
    uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1
    secrets:
      anthropic-api-key: \${{ secrets.ANTHROPIC_API_KEY }}
      openai-api-key: \${{ secrets.OPENAI_API_KEY }}
`;

export const MAIN = workflowFile("patchpilot.yml", MAIN_TEXT);
export const REPAIR = workflowFile("patchpilot-repair.yml", REPAIR_TEXT);

export const PROFILE: RepositoryProfile = {
  visibility: "private",
  archived: false,
  hasIssues: true,
  fork: false,
  organization: "acme",
  right: "admin",
  scopes: ["repo", "workflow"],
};

export const names = (kind: NameList["kind"], ...set: string[]): NameList => ({
  kind,
  place: "repository",
  names: answered(set),
});
export const SECRETS = ["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN", "ANTHROPIC_API_KEY"];
export const VARIABLES = ["SENTRY_ORG", "SENTRY_PROJECTS"];

/** A set-up that is right, as an admin of an organization sees it. */
export const RIGHT_DESK: DeskFacts = {
  now: new Date("2026-11-21T10:00:00Z"),
  place: { owner: "acme", repo: "shop" },
  profile: answered(PROFILE),
  policy: answered({ enabled: true, allowed: "all", pinned: false }),
  pulls: answered(true),
  workflows: answered([MAIN, REPAIR]),
  schedules: [{ workflow: MAIN, newest: answered<string | undefined>("2026-11-21T09:47:00Z") }],
  names: [names("secrets", ...SECRETS), names("variables", ...VARIABLES)],
  rulesets: answered([]),
  protections: answered([]),
  apps: answered([{ slug: "sentry", reach: "all" as const }]),
};

/** The checks of a desk that differs from the right one. */
export const judgeWith = (changes: Partial<DeskFacts> = {}) =>
  judgeDesk({ "server-url": "https://github.com" }, { ...RIGHT_DESK, ...changes });

/** The check of a name; undefined: there is none. */
export const checkNamed = (name: string, changes: Partial<DeskFacts> = {}) =>
  judgeWith(changes).find((check) => check.name === name);
