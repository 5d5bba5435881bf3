import type { Workflow } from "@patchpilot/workflow";
import type { Json } from "../expression/expression-data.ts";

/** `contexts` go to `inputs`, with booleans as booleans; `event` to `github.event.inputs`, where all are texts. */
type DispatchInputs = {
  readonly contexts: Readonly<Record<string, Json>>;
  readonly event: Readonly<Record<string, string>>;
};

/**
 * Completes and checks the inputs of a `workflow_dispatch` as GitHub's API does.
 * @throws Error with GitHub's reason (its 422) where an input is missing, unknown or of the wrong kind
 */
export function readDispatchInputs(
  workflow: Workflow,
  given: Readonly<Record<string, Json>>,
): DispatchInputs {
  const declared = workflow.events.workflow_dispatch?.inputs ?? {};
  const unknown = Object.keys(given).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`Unexpected inputs provided: ${JSON.stringify(unknown)}`);
  const contexts: Record<string, Json> = {};
  const event: Record<string, string> = {};
  for (const [name, input] of Object.entries(declared)) {
    const isBoolean = (input.type as string) === "boolean";
    const value = given[name] ?? input.default ?? (isBoolean ? false : "");
    const text = String(value);
    if (input.required && text === "") throw new Error(`Required input '${name}' not provided`);
    if (input.options !== undefined && text !== "" && !input.options.includes(text)) {
      throw new Error(`Provided value '${text}' for input '${name}' not in the list of allowed values`);
    }
    if (isBoolean && text !== "true" && text !== "false")
      throw new Error(`Input '${name}' is not a boolean: '${text}'`);
    contexts[name] = isBoolean ? text === "true" : text;
    event[name] = text;
  }
  return { contexts, event };
}
