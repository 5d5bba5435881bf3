import type { CallInput, Workflow } from "@patchpilot/workflow";
import { entries } from "@patchpilot/workflow";
import type { TemplateToken } from "@patchpilot/workflow/github-parser";
import { evaluateToken } from "../expression/evaluate.ts";
import type { Json } from "../expression/expression-data.ts";
import { type CallJobRequest, jobScope } from "./job-key-request.ts";
import { runScope } from "./run-plan.ts";

const EMPTY = { boolean: false, number: 0, string: "" } as const;

/**
 * The `inputs` context of a called workflow: what the caller passes, else the default, else false, 0 or "".
 * A text is made of any scalar; nothing else is converted, as on GitHub.
 * @throws Error where a value is not of the declared type
 */
export function readCallInputs(request: CallJobRequest, called: Workflow): Readonly<Record<string, Json>> {
  const given = new Map(entries(request.job.with).map(([name, value]) => [name.toLowerCase(), value]));
  const inputs = Object.entries(called.call?.inputs ?? {});
  return Object.fromEntries(
    inputs.map(([name, input]) => [name, readInput(request, name, input, given.get(name.toLowerCase()))]),
  );
}

function readInput(
  request: CallJobRequest,
  name: string,
  { type, fallback }: CallInput,
  passed: TemplateToken | undefined,
): Json {
  const token = passed ?? fallback;
  if (token === undefined) return EMPTY[type];
  const scope = passed === undefined ? runScope(request.plan, request.github) : jobScope(request);
  const value = evaluateToken(token, scope);
  if (type === "string" && (value === null || typeof value !== "object")) return String(value ?? "");
  if (typeof value === type) return value;
  const found = value === "" ? "an empty text" : typeof value === "string" ? "text" : JSON.stringify(value);
  throw new Error(`The input '${name}' of ${request.job.uses} is a ${type}, and ${found} was passed.`);
}
