import { isBasicExpression, isMapping, isSequence, isString, type TemplateToken } from "../github-parser.ts";
import type { ProblemReport } from "./problem.ts";
import {
  ACTION_STEP_KEYS,
  CALL_JOB_KEYS,
  CONCURRENCY_KEYS,
  DISPATCH_INPUT_KEYS,
  DISPATCH_INPUT_TYPES,
  EVENT_FILTERS,
  JOB_KEYS,
  RUN_DEFAULT_KEYS,
  SCRIPT_STEP_KEYS,
  SHELLS,
  STRATEGY_KEYS,
  WORKFLOW_KEYS,
} from "./supported-keys.ts";
import { child, entries, items, lineOf } from "./token-parts.ts";

const CALLED_WORKFLOW = /^(?:\.|[\w.-]+\/[\w.-]+)\/\.github\/workflows\/[\w.-]+\.ya?ml(?:@[\w./-]+)?$/;

/**
 * Reports every keyword of a parsed workflow that GitHub knows and this runner does not run.
 * @param root the token that GitHub's parser returned
 */
export function findUnsupported(root: TemplateToken, report: ProblemReport): void {
  checkKeys(root, WORKFLOW_KEYS, "", report);
  checkEvents(child(root, "on"), report);
  checkConcurrency(child(root, "concurrency"), "concurrency", report);
  checkRunDefaults(child(root, "defaults"), "defaults", report);
  const jobs = child(root, "jobs");
  for (const [id, job] of entries(jobs)) checkJob(job, `jobs.${id}`, report);
}

function checkEvents(on: TemplateToken | undefined, report: ProblemReport): void {
  if (on === undefined) return;
  const names = isMapping(on)
    ? entries(on)
    : eventNames(on).map((token): [string, TemplateToken] => [token.toString(), token]);
  for (const [name, token] of names) {
    const filters = EVENT_FILTERS.get(name);
    if (filters === undefined) unsupported(token, `on.${name}`, `the event \`${name}\``, report);
    else checkKeys(token, filters, `on.${name}`, report);
    for (const [at, item] of items(token).entries()) {
      checkKeys(item, filters ?? new Set(), `on.${name}[${at}]`, report);
    }
  }
  for (const [name, input] of entries(child(child(on, "workflow_dispatch"), "inputs"))) {
    const path = `on.workflow_dispatch.inputs.${name}`;
    checkKeys(input, DISPATCH_INPUT_KEYS, path, report);
    const type = child(input, "type");
    if (type !== undefined && !DISPATCH_INPUT_TYPES.has(type.toString())) {
      unsupported(type, `${path}.type`, `the input type \`${type}\``, report);
    }
  }
}

function eventNames(on: TemplateToken): TemplateToken[] {
  return isSequence(on) ? [...on] : [on];
}

function checkJob(job: TemplateToken, path: string, report: ProblemReport): void {
  const uses = child(job, "uses");
  checkKeys(job, uses === undefined ? JOB_KEYS : CALL_JOB_KEYS, path, report);
  if (uses !== undefined) checkCall(uses, `${path}.uses`, report);
  checkConcurrency(child(job, "concurrency"), `${path}.concurrency`, report);
  checkRunDefaults(child(job, "defaults"), `${path}.defaults`, report);
  checkStrategy(child(job, "strategy"), `${path}.strategy`, report);
  const runsOn = child(job, "runs-on");
  if (runsOn !== undefined && isMapping(runsOn)) {
    unsupported(runsOn, `${path}.runs-on`, "a runner group", report);
  }
  for (const [at, step] of items(child(job, "steps")).entries()) {
    checkStep(step, `${path}.steps[${at}]`, report);
  }
}

function checkCall(uses: TemplateToken, path: string, report: ProblemReport): void {
  if (CALLED_WORKFLOW.test(uses.toString())) return;
  report({
    key: path,
    ...lineOf(uses),
    message: `\`${uses}\` is not run here: name a workflow as owner/repository/.github/workflows/file.yml@ref or ./.github/workflows/file.yml.`,
  });
}

function checkStep(step: TemplateToken, path: string, report: ProblemReport): void {
  const uses = child(step, "uses");
  checkKeys(step, uses === undefined ? SCRIPT_STEP_KEYS : ACTION_STEP_KEYS, path, report);
  checkShell(child(step, "shell"), `${path}.shell`, report);
  if (uses !== undefined && !/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(uses.toString())) {
    report({
      key: `${path}.uses`,
      ...lineOf(uses),
      message: `\`${uses}\` is not run here: name a published action as owner/repository@ref.`,
    });
  }
}

function checkStrategy(strategy: TemplateToken | undefined, path: string, report: ProblemReport): void {
  if (strategy === undefined) return;
  checkKeys(strategy, STRATEGY_KEYS, path, report);
  for (const [key, value] of entries(child(strategy, "matrix"))) {
    if (key === "include" || key === "exclude")
      unsupported(value, `${path}.matrix.${key}`, `\`${key}\``, report);
  }
}

function checkConcurrency(token: TemplateToken | undefined, path: string, report: ProblemReport): void {
  if (token === undefined) return;
  checkKeys(token, CONCURRENCY_KEYS, path, report);
  if (
    child(token, "queue")?.toString() === "max" &&
    child(token, "cancel-in-progress")?.toString() === "true"
  ) {
    report({
      key: path,
      ...lineOf(token),
      message: "GitHub refuses `queue: max` together with `cancel-in-progress: true`.",
    });
  }
}

function checkRunDefaults(token: TemplateToken | undefined, path: string, report: ProblemReport): void {
  const run = child(token, "run");
  if (run === undefined) return;
  checkKeys(run, RUN_DEFAULT_KEYS, `${path}.run`, report);
  checkShell(child(run, "shell"), `${path}.run.shell`, report);
}

function checkShell(shell: TemplateToken | undefined, path: string, report: ProblemReport): void {
  if (shell !== undefined && !SHELLS.has(shell.toString())) {
    unsupported(shell, path, `the shell \`${shell}\``, report);
  }
}

function checkKeys(
  token: TemplateToken,
  supported: ReadonlySet<string>,
  path: string,
  report: ProblemReport,
): void {
  if (!isMapping(token)) return;
  for (const { key, value } of token) {
    const name = key.toString();
    if (isString(key) && supported.has(name)) continue;
    const what = isBasicExpression(key) || !isString(key) ? "an expression in place of a key" : `\`${name}\``;
    unsupported(value, path === "" ? name : `${path}.${name}`, what, report);
  }
}

function unsupported(token: TemplateToken, key: string, what: string, report: ProblemReport): void {
  report({ key, ...lineOf(token), message: `this runner does not run ${what}.` });
}
