import { parse } from "yaml";
import type { InputDescription } from "../../generating/describe-contract.ts";
import type { Text } from "../pages/read-texts.ts";

/** The inputs of every action, by its name. */
export type KnownInputs = ReadonlyMap<string, readonly Pick<InputDescription, "name" | "required">[]>;

/** A step that runs one of our actions. */
type Step = { readonly action: string; readonly given: readonly string[] };

/**
 * What is wrong with the inputs of the steps that a workflow or a page shows, one sentence each: those that the action
 * does not have, and required ones that are not passed. Pure.
 */
export const findWrongInputs = (shown: Text, known: KnownInputs): string[] =>
  findSteps(shown).flatMap(({ action, given }) => {
    const inputs = known.get(action);
    if (inputs === undefined) return [`${shown.path} runs ${action}, which is no action.`];
    const unknown = given.filter((name) => !inputs.some((input) => input.name === name));
    const missing = inputs.filter(({ name, required }) => required && !given.includes(name));
    return [
      ...unknown.map((name) => `${shown.path} passes ${name} to ${action}, which has no such input.`),
      ...missing.map(({ name }) => `${shown.path} does not pass ${name} to ${action}, which requires it.`),
    ];
  });

/** The steps that run an action of ours, in a workflow or in the YAML of a page. */
export const findSteps = ({ path, text }: Text): Step[] =>
  (path.endsWith(".md") ? readBlocks(text) : [text])
    .filter((yaml) => yaml.includes("patchpilot/"))
    .flatMap((yaml) => collectSteps(parse(yaml)));

const readBlocks = (page: string): string[] =>
  [...page.matchAll(/^( *)```ya?ml\n([\s\S]*?)\n\1```$/gm)].map(([, , block = ""]) => block);

function collectSteps(value: unknown): Step[] {
  if (typeof value !== "object" || value === null) return [];
  const { uses, with: given } = value as { readonly uses?: unknown; readonly with?: object | null };
  const action = typeof uses === "string" ? /^patchpilot\/([\w-]+)@/.exec(uses)?.[1] : undefined;
  return action === undefined
    ? Object.values(value).flatMap(collectSteps)
    : [{ action, given: Object.keys(given ?? {}) }];
}
