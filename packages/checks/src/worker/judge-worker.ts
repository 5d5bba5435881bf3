import { countThings } from "@patchpilot/evidence";
import { judgeRefusal } from "../asking.ts";
import { attention, type Check, type CheckSubject, fine, missing, off, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import { findVendor, KEY_INPUTS, type WorkerFacts, type WorkerSettings } from "./facts.ts";

const AGENT: CheckSubject = { name: "Agent", settings: ["agent"] };
const COST: CheckSubject = { name: "Cost limit", settings: ["max-cost-usd"] };
const COMMANDS: CheckSubject = { name: "Set-up and tests", settings: ["setup-command", "test-command"] };
const APP: CheckSubject = { name: "GitHub App", settings: ["app-id", "app-private-key"] };
const NPM: CheckSubject = { name: "npm token", settings: ["npm-token"] };

const KEY_NAMES = { anthropic: "ANTHROPIC_API_KEY", openai: "OPENAI_API_KEY" } as const;

/** Judges what the repair workflow will get. */
export function judgeWorker(settings: WorkerSettings, facts: WorkerFacts): readonly Check[] {
  return [
    ...(settings.agent === "opencode" ? [judgeModelUrl(settings)] : judgeAgent(settings, facts)),
    judgeCost(settings),
    judgeCommands(settings),
    judgeApp(settings, facts),
    settings["npm-token"]
      ? unseen(NPM, "only a repair's setup command uses it.")
      : off(NPM, "Not set: private packages cannot be installed."),
  ];
}

function judgeAgent(settings: WorkerSettings, { models }: WorkerFacts): Check[] {
  const { agent, command } = settings;
  const vendor = findVendor(agent);
  if (agent === "command")
    return [
      command
        ? unseen({ ...AGENT, settings: ["agent", "command"] }, "only a repair runs your command.")
        : missing(
            { ...AGENT, settings: ["command"] },
            "The agent is `command`, but no command is set.",
            "Set the command line that edits the checkout.",
          ),
    ];
  if (vendor === undefined)
    return [
      attention(
        AGENT,
        `${listNames([agent])} is not one of \`claude-code\`, \`codex\`, \`opencode\` and \`command\`.`,
        "Correct it, unless your own repair workflow understands it.",
      ),
    ];
  const subject: CheckSubject = { name: "Model key", settings: [KEY_INPUTS[vendor]] };
  if (!settings[KEY_INPUTS[vendor]])
    return [
      missing(
        subject,
        `The agent is \`${agent}\`, but \`${KEY_NAMES[vendor]}\` is not set.`,
        "Make a key with a spending limit and store it as this secret, or choose another agent in `PATCHPILOT_AGENT`.",
      ),
    ];
  if (models === undefined) return [unseen(subject, "the vendor was not asked.")];
  if (models.state === "answered")
    return [fine(subject, `\`${agent}\` may use ${countThings(models.value, "model")}.`, models.asked)];
  if (
    models.kind === "forbidden" ||
    (settings["model-url"] !== undefined && ["not-found", "rejected"].includes(models.kind))
  )
    return [unseen(subject, "the key is not allowed to list models, or your gateway has no list of them.")];
  const blamed = ["network", "timeout", "unreadable", "not-found"].includes(models.kind)
    ? { ...subject, settings: [...subject.settings, "model-url"] }
    : subject;
  // OpenAI's answer repeats both ends of the key that it refuses.
  const found = models.kind === "unauthorized" ? `The vendor of \`${agent}\` refuses the key.` : models.found;
  return [judgeRefusal(blamed, { ...models, found })];
}

/** A server that speaks chat completions need not have a list of models, nor want a key. */
function judgeModelUrl({ "model-url": url, "model-implement": model }: WorkerSettings): Check {
  const subject: CheckSubject = { ...AGENT, settings: ["agent", "model-url"] };
  return url && model
    ? unseen(subject, "only a repair asks the model at `PATCHPILOT_MODEL_URL`.")
    : missing(
        { ...AGENT, settings: [url ? "model-implement" : "model-url"] },
        "The agent is `opencode`, but no model is named, or no address of one.",
        "Set `PATCHPILOT_MODEL_URL` and `PATCHPILOT_MODEL`, and the secret `MODEL_API_KEY` if it needs a key.",
      );
}

const DEFAULT_COST = 5;

function judgeCost({ "max-cost-usd": maxCost, agent }: WorkerSettings): Check {
  const dollars = maxCost === undefined || maxCost === "" ? DEFAULT_COST : Number(maxCost);
  if (!(dollars >= 0.01 && dollars <= 10_000))
    return missing(
      COST,
      `${listNames([maxCost ?? ""])} is not an amount in dollars.`,
      "Write dollars from 0.01 to 10000, with a point for decimals.",
    );
  const held =
    agent === "claude-code"
      ? ""
      : " Only Claude Code reports what a call cost, so set a limit at your vendor, too.";
  return unseen(COST, `an attempt stops once its calls have cost $${dollars}.${held}`);
}

function judgeCommands(settings: WorkerSettings): Check {
  const named = [settings["setup-command"], settings["test-command"]].filter(
    (command) => command !== undefined && command !== "",
  );
  return unseen(
    COMMANDS,
    named.length === 0
      ? "a repair finds them in the files of your project."
      : `only a repair runs ${listNames(named as string[])}.`,
  );
}

function judgeApp(settings: WorkerSettings, { installation }: WorkerFacts): Check {
  const { "app-id": appId, "app-private-key": appKey } = settings;
  if (!appId && !appKey)
    return off(APP, "Not set up: your CI does not start on PatchPilot's pull requests until you start it.");
  if (!appId || !appKey) {
    const lacking = appId ? "app-private-key" : "app-id";
    return missing(
      { ...APP, settings: [lacking] },
      `The App's ${appId ? "private key" : "client id"} is not set.`,
      "Store both, or neither.",
    );
  }
  if (installation === undefined) return unseen(APP, "GitHub was not asked.");
  if (installation.state === "refused") return judgeRefusal(APP, installation);
  const { permissions } = installation.value;
  const lacking = (["contents", "pull_requests"] as const).filter((name) => permissions[name] !== "write");
  if (lacking.length === 0)
    return fine(APP, "It is installed here and may open pull requests.", installation.asked);
  return missing(
    APP,
    `It lacks ${lacking.map((name) => `\`${name.replace("_", "-")}: write\``).join(" and ")}.`,
    "Grant it on the App's page, and accept the change where the App is installed.",
    installation.asked,
  );
}
