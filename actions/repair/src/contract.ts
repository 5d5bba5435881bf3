import {
  choice,
  decimal,
  defineContract,
  flag,
  type InputsOf,
  integer,
  killSwitch,
  list,
  mayRead,
  type OutputsOf,
  secret,
  text,
  textOr,
  urlOrAbsent,
  words,
} from "@patchpilot/action-kit/contract";
import { explainPriceList, isPriceList, REQUIRED_PROOFS } from "@patchpilot/incident";
import { limitInputs } from "@patchpilot/patch-policy/inputs";
import * as z from "zod";
import { readAddress } from "./network/address.ts";
import { isVariable, readVariableLines } from "./step/read-variables.ts";

/** What a step came to. `failed` and `refused` fail the job, after everything is saved. */
const RESULTS = ["patch", "plan", "no-change", "failed", "refused"] as const;

const AGENTS = ["claude-code", "codex", "opencode", "command"] as const;
const SANDBOXES = ["auto", "wall", "limited-wall", "docker", "process", "none"] as const;

const matching = (pattern: RegExp, hint: string, description: string) =>
  z.string().trim().regex(pattern, hint).optional().meta({ description });

const entries = (isOne: (entry: string) => boolean, hint: string, description: string) =>
  list([], description)
    .refine((given) => given.every(isOne), hint)
    .meta({ description });

const isServicePort = (entry: string): boolean =>
  /^\d{4,5}$/.test(entry) && Number(entry) >= 1024 && Number(entry) <= 60_999;

export const contract = defineContract({
  name: "repair",
  version: "0.0.0",
  title: "PatchPilot repair",
  description:
    "Runs a coding agent on a checkout and leaves a tested patch, or tests such a patch on a clean checkout.",
  icon: "life-buoy",
  color: "orange",
  needs:
    "no other PatchPilot action; it works [alone](#alone). In a repair workflow [`claim`](../claim) runs before it, and [`propose`](../propose) after it.",
  permissions: [mayRead("contents", "lets the job check the base commit out")],
  inputs: z.object({
    step: choice(
      ["work", "verify", "wall", "proof"],
      "work",
      "`work` lets the agent make a patch; `verify` applies a patch to a fresh checkout, runs the tests and shows what they prove. `wall` only names the sandbox that `verify` would use. After `verify`, `proof` fails unless it showed what `require-proof` asks for.",
    ),
    agent: choice(AGENTS, "claude-code", "The coding agent. `command` runs the input `command`."),
    command: words(
      "With `agent: command`: a bash command that edits the checkout. It finds its prompt in the file `$PATCHPILOT_PROMPT_FILE`.",
    ),
    "prompt-file": text("Path of the instructions, from `claim`. `work` needs it, or `prompt`."),
    prompt: words(
      "Instructions in the words of the workflow, or of the one who starts it, in place of `prompt-file`. An agent obeys them: never pass the text of an issue, a comment or a pull request.",
    ),
    "evidence-file": text("Path of the evidence, from `claim`: data, never instructions."),
    "task-file": text("Path of `task.json`, from `claim`."),
    "base-sha": matching(
      /^[0-9a-f]{40}$/,
      "is not a commit; pass the 40 digits of the commit that is checked out, such as `claim`'s output `base-sha`",
      "Commit that is checked out and that the patch is made against, such as `claim`'s. Any other checkout is refused. Absent: whatever is checked out.",
    ),
    recipe: text(
      "What kind of work it is: a recipe of this action or of `.patchpilot/recipes/`. Absent: the task's, or if it has none `fix-incident`, or `prompt` with the input of that name.",
    ),
    "setup-command": words(
      "Bash command that installs what the project needs. Absent: what the CI workflow or the lockfile of the base commit says.",
    ),
    "test-command": words(
      "Bash command that runs the tests. Absent: what the CI workflow or the files of the base commit say, by the files that the change touches.",
    ),
    "model-plan": text("Model that plans. Absent: the agent's own choice."),
    "model-implement": text("Model that implements and corrects. Absent: the agent's own choice."),
    "max-turns": integer(40, { least: 1, most: 1000 }, "Most turns of the agent, over all calls."),
    "max-cost-usd": decimal(
      5,
      { least: 0.01, most: 10_000 },
      "Dollars: the model answers no more, and no further call is made, once its calls have cost this much, by `prices`, or else as far as the agent reports that.",
    ),
    prices: words("").refine(isPriceList, explainPriceList).meta({
      description:
        "Price list, one model a line, in dollars for a million tokens: `gpt-5.1-codex: input 1.25, output 10, cache-read 0.125`. Absent: the one that `dispatch` sends.",
      words: true,
    }),
    "inner-attempts": integer(
      2,
      { least: 0, most: 20 },
      "How often the agent may correct its change after a red test.",
    ),
    ...limitInputs,
    "step-timeout-minutes": integer(
      30,
      { least: 1, most: 360 },
      "Minutes for everything. Shortly before they end, what runs is killed and the change is saved.",
    ),
    sandbox: choice(
      SANDBOXES,
      "auto",
      "Where agent and tests run: `wall`, behind bubblewrap; `limited-wall`, behind Landlock and seccomp; `docker`; `process`, with an environment that has nothing of the job's, and no wall; `none`, with the machine's own. `auto` is docker if `sandbox-image` is set and it answers, then the wall, then the limited wall; if none can be built, it stops; on macOS and Windows it is `process` with a warning.",
    ),
    "sandbox-image": text("Image for the docker sandbox, with what the agent and the project need."),
    "sandbox-network": textOr(
      "bridge",
      "Network of the docker sandbox, as `docker run --network` takes it. Behind the wall, `host` is the machine's network, and anything else its own.",
    ),
    "agent-network": choice(
      ["none", "registries"],
      "none",
      "What the agent reaches behind the wall besides its model: nothing, or what setup may ask.",
    ),
    registries: entries(
      (entry) => readAddress(entry) !== undefined,
      "has something that is not a host; write registry.corp.example, registry.corp.example:8443 or a URL, with commas between them",
      "Hosts that setup may ask behind the wall, besides those that the project's files name: `host`, `host:port` or a URL. Private addresses are reached only if they are named here.",
    ),
    services: entries(
      isServicePort,
      "has something that is not a port from 1024 to 60999; write 5432 or 5432,6379",
      "Ports on 127.0.0.1 of this machine that agent, setup and tests reach behind the wall, such as `5432` of a database.",
    ),
    variables: words("")
      .refine(
        (given) => readVariableLines(given).every(isVariable),
        "has something that is not a variable of the project's; write one NAME=value on each line, and no PATH, HOME, GITHUB_… or the like",
      )
      .meta({
        description:
          "Plain variables for agent, setup and tests, one `NAME=value` on each line, such as `DATABASE_URL=postgres://postgres:postgres@localhost:5432/test`. They count for more than those of CI. A value of a secret of the job is refused.",
        words: true,
      }),
    "agent-version": text(
      "Version of the agent's package. Absent: the one that this release was tested with.",
    ),
    "agent-path": text("Path of an installed command line of the agent. Absent: it is installed from npm."),
    "model-url": urlOrAbsent(
      "Address of a gateway that speaks the model's API. Absent: the vendor's. For OpenCode the address of a server that speaks chat completions, up to `/chat/completions`.",
    ),
    "anthropic-api-key": secret("Key for Claude Code."),
    "openai-api-key": secret("Key for Codex."),
    "model-api-key": secret(
      "Key for OpenCode, for the server at `model-url`. Absent: it is asked without one.",
    ),
    "npm-token": secret(
      "Read-only token for a private registry; given to the setup command alone, as `NPM_TOKEN` and `NODE_AUTH_TOKEN`.",
    ),
    patch: text("With `step: verify`: path of the patch that `work` left."),
    "patch-sha256": matching(
      /^[0-9a-fA-F]{64}$/,
      "is not a SHA-256; pass the 64 hexadecimal digits that the work job put out",
      "With `step: verify`: SHA-256 of the patch, from the work job. Any other bytes are refused.",
    ),
    "require-proof": choice(
      REQUIRED_PROOFS,
      "off",
      "With `step: verify` or `step: proof`: the job fails unless the patch is at least `reproduced`, or `proven`.",
    ),
    "dry-run": flag(false, "Check everything, run nothing."),
    stop: killSwitch("Kill switch: `true`, `1` or `stop` makes the run read-only and says so."),
  }),
  outputs: z.object({
    result: z.enum(RESULTS).meta({
      description:
        "`patch`: there is a change, and no test that ran against it is red. `plan`, `no-change`, `failed`, `refused`: nothing to publish.",
    }),
    patch: z.string().meta({
      description: "Path of `change.patch`; empty where there is none. After `failed` it has what was done.",
    }),
    "patch-sha256": z.string().meta({ description: "SHA-256 of the patch; empty where there is none." }),
    sandbox: z.string().meta({
      description:
        "The sandbox that was used. Of `step: wall` it is fixed before anything of the repository runs; code without a wall around it could forge that of the other steps.",
    }),
    "result-file": z
      .string()
      .meta({ description: "Path of `result.json`: what was done, for people and for the next attempt." }),
  }),
});

export type RepairInputs = InputsOf<typeof contract>;
export type RepairOutputs = OutputsOf<typeof contract>;
