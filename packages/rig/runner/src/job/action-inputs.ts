import type { ActionInput } from "../action/action-metadata.ts";
import { type ExpressionScope, evaluateText } from "../expression/evaluate.ts";
import type { StepLog } from "./step-log.ts";

/**
 * The inputs of an action: what `with` says, and the defaults of action.yml for the rest. Names match whatever their
 * case. An input that the action does not declare is passed on with a warning, as GitHub's runner does; so is one that
 * is deprecated. `required: true` is not enforced there, nor here.
 */
export function mergeInputs(
  declared: readonly ActionInput[],
  given: Readonly<Record<string, string>>,
  scope: ExpressionScope,
  log: StepLog,
): Record<string, string> {
  const names = new Set(declared.map((input) => input.name.toLowerCase()));
  const unexpected = Object.keys(given).filter((name) => !names.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = declared.map((input) => `'${input.name}'`).join(", ");
    log.annotate(
      "warning",
      `Unexpected input(s) ${unexpected.map((name) => `'${name}'`).join(", ")}, valid inputs are [${valid}]`,
    );
  }
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const inputs: Record<string, string> = {};
  for (const input of declared) {
    const value = byName.get(input.name.toLowerCase());
    inputs[input.name] = value ?? evaluateText(input.fallback, scope);
    if (value !== undefined && input.deprecation !== undefined) {
      log.annotate("warning", `Input '${input.name}' has been deprecated with message: ${input.deprecation}`);
    }
  }
  for (const name of unexpected) inputs[name] = given[name] ?? "";
  return inputs;
}

/** INPUT_* variables: upper case, spaces become underscores, hyphens stay. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
      value,
    ]),
  );
}
