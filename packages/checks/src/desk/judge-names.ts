import type { NamesPlace } from "@patchpilot/github";
import { type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { KNOWN_SECRETS, KNOWN_VARIABLES } from "../known-names.ts";
import { listNames } from "../words.ts";
import type { DeskFacts, DeskSettings } from "./facts.ts";
import { type Audience, judgeHidden } from "./judge-hidden.ts";
import { judgeStrayNames } from "./judge-stray-names.ts";
import {
  findLikeness,
  findName,
  isSwapped,
  listOurs,
  listOwnNames,
  mayBeElsewhere,
  OTHER_KIND,
  seeNames,
} from "./names-set.ts";
import type { NameRead } from "./parse-workflow.ts";

/** Inputs without which the loop does nothing. */
const REQUIRED = ["state-key", "sentry-token", "sentry-org", "sentry-projects"] as const;
/** One of these is enough: a key of the agent's vendor, another address of a model, or a command of your own. */
const MODEL = ["anthropic-api-key", "openai-api-key", "model-url", "command"] as const;

const MODEL_KEY: CheckSubject = { name: "Model key", settings: ["anthropic-api-key", "openai-api-key"] };

/** Judges which secrets and variables are set, by their names alone. */
export function judgeNames({ "server-url": server }: DeskSettings, facts: DeskFacts): readonly Check[] {
  const audience = seeNames(server, facts);
  const needed = REQUIRED.flatMap((input) => findNeeded(facts, input).map((read) => ({ input, read })));
  const model = MODEL.flatMap((input) => findNeeded(facts, input));
  return [
    ...needed.map(({ input, read }) => judgeRequired(input, read, { facts, audience })),
    ...judgeModelKey(model, facts, audience),
    ...judgeStrayNames([...needed.map(({ read }) => read), ...model], facts, audience),
  ];
}

/** What PatchPilot's workflows fill an input from; what the README's would if there are none, or they are not seen. */
function findNeeded(facts: DeskFacts, input: string): readonly NameRead[] {
  const ours = listOurs(facts);
  if (ours.length > 0) {
    const given = ours.flatMap((workflow) => workflow.given).filter((one) => one.input === input);
    return [...new Map(given.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }])).values()];
  }
  const secret = KNOWN_SECRETS[input];
  return secret === undefined
    ? [{ kind: "variables", name: KNOWN_VARIABLES[input] ?? input }]
    : [{ kind: "secrets", name: secret }];
}

const WORDS = { secrets: "secret", variables: "variable" } as const;

const BY_EXPRESSION = "an expression chooses a job's environment, which may set it.";

function describePlace(place: NamesPlace): string {
  if (place === "repository") return "in the repository";
  return place === "organization"
    ? "by the organization"
    : `in the environment ${listNames([place.environment])}`;
}

function judgeRequired(
  input: string,
  read: NameRead,
  { facts, audience }: { readonly facts: DeskFacts; readonly audience: Audience },
): Check {
  const subject: CheckSubject = { name: `The ${WORDS[read.kind]} \`${read.name}\``, settings: [input] };
  const found = findName(facts.names, read);
  if (found.state === "set") return fine(subject, `It is set ${describePlace(found.place)}.`, found.asked);
  if (found.state === "hidden") return judgeHidden(subject, found.refusal, audience);
  if (mayBeElsewhere(facts)) return unseen(subject, BY_EXPRESSION, "", found.asked);
  const { fault, remedy } = explainAbsence(read, facts);
  return missing(subject, fault, remedy, found.asked);
}

/** Set as the other kind, set under another name, or not set. */
function explainAbsence(
  read: NameRead,
  { names }: DeskFacts,
): { readonly fault: string; readonly remedy: string } {
  const { kind, name } = read;
  const remedy = `Set it: \`gh ${WORDS[kind]} set ${name}\`.`;
  if (isSwapped(names, read)) {
    const readable =
      kind === "secrets" ? " Revoke the old value: everyone with write access can read it." : "";
    return {
      fault: `It is set as a ${WORDS[OTHER_KIND[kind]]}, and workflows read a ${WORDS[kind]}.`,
      remedy: `${remedy} Then \`gh ${WORDS[OTHER_KIND[kind]]} delete ${name}\`.${readable}`,
    };
  }
  const alike = listOwnNames(names, kind).filter((own) => findLikeness({ kind, name: own }).includes(name));
  return alike.length === 0
    ? { fault: "It is not set.", remedy }
    : { fault: `It is not set, but ${listNames(alike)} is.`, remedy: `Correct the name. ${remedy}` };
}

/** The repair workflow needs one of them. One that calls no agent needs none. */
function judgeModelKey(reads: readonly NameRead[], facts: DeskFacts, audience: Audience): readonly Check[] {
  if (reads.length === 0) return [];
  const found = reads.map((read) => ({ ...read, ...findName(facts.names, read) }));
  for (const one of found)
    if (one.state === "set") {
      const text = `${listNames([one.name])} is set ${describePlace(one.place)}.`;
      return [fine(MODEL_KEY, text, one.asked)];
    }
  for (const one of found) if (one.state === "hidden") return [judgeHidden(MODEL_KEY, one.refusal, audience)];
  const asked = [...new Set(found.flatMap((one) => (one.state === "absent" ? one.asked : [])))];
  if (mayBeElsewhere(facts)) return [unseen(MODEL_KEY, BY_EXPRESSION, "", asked)];
  return [
    missing(
      MODEL_KEY,
      `None of ${listNames(reads.map(({ name }) => name))} is set, so no agent can start.`,
      "Make a key with a spending limit and set it: `gh secret set ANTHROPIC_API_KEY`.",
      asked,
    ),
  ];
}
