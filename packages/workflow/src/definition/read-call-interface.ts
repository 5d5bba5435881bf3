import type { TemplateToken } from "../github-parser.ts";
import { child, entries } from "./token-parts.ts";
import type { CallInput, CallInterface } from "./workflow.ts";

/** What `on.workflow_call` of a workflow that can be called declares. */
export function readCallInterface(root: TemplateToken): CallInterface {
  const call = child(child(root, "on"), "workflow_call");
  return {
    inputs: Object.fromEntries(
      entries(child(call, "inputs")).map(([name, input]) => [name, readInput(input)]),
    ),
    outputs: Object.fromEntries(
      entries(child(call, "outputs")).flatMap(([name, output]) => {
        const value = child(output, "value");
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}

function readInput(input: TemplateToken): CallInput {
  const fallback = child(input, "default");
  return {
    type: child(input, "type")?.toString() as CallInput["type"],
    ...(fallback === undefined ? {} : { fallback }),
  };
}
