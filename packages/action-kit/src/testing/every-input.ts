import * as z from "zod";
import { defineContract, type Environment } from "../contract.ts";
import * as kinds from "../inputs.ts";

/** A contract with one input of each kind. */
export const everyInput = defineContract({
  name: "every-input",
  version: "1.2.0",
  title: "Every input",
  description: "One input of each kind.",
  icon: "list",
  color: "blue",
  needs: "no other PatchPilot action.",
  permissions: [],
  inputs: z.object({
    "github-token": kinds.fromRunner("${{ github.token }}", "Token.", { secret: true }),
    "state-key": kinds.secret("Key."),
    "known-secrets": kinds.secretLines("Secrets of others."),
    issues: kinds.issueSelection("Issues."),
    name: kinds.text("A text."),
    environment: kinds.textOr("production", "A text with a default."),
    files: kinds.list(["a", "b"], "Names."),
    limit: kinds.integer(50, { least: 1, most: 100 }, "A whole number."),
    ratio: kinds.decimal(1.5, { least: 0, most: 10 }, "A number."),
    "cap-hours": kinds.decimalOrAbsent({ least: 1, most: 72 }, "A number."),
    draft: kinds.flag(true, "A flag."),
    stop: kinds.killSwitch("A kill switch."),
    mode: kinds.choice(["fast", "safe"], "safe", "One name."),
    allow: kinds.choices(["close", "retry"], ["close"], "Several names."),
    address: kinds.url("https://sentry.io", "An address."),
    health: kinds.urlOrAbsent("An address with a query."),
    target: kinds.repositoryOrAbsent("A repository."),
  }),
  outputs: z.object({
    count: z.number().meta({ description: "Count." }),
    note: z.string().optional().meta({ description: "Note." }),
  }),
});

/** A job in acme/shop; `changes` replaces what a test is about. */
export const environmentOf = (changes: Partial<Environment> = {}): Environment => ({
  apiUrl: "https://api.github.com",
  graphqlUrl: "https://api.github.com/graphql",
  serverUrl: "https://github.com",
  repository: "acme/shop",
  repositoryId: "7",
  runId: "100",
  runAttempt: 1,
  actor: "ada",
  sha: "0".repeat(40),
  eventName: "push",
  event: {},
  temporaryFolder: "",
  workspace: "",
  ...changes,
});
