import type { SettingKind } from "@patchpilot/github";
import { nameAction } from "@patchpilot/owner";
import { parseYaml } from "../parse-yaml.ts";

/** A secret or variable by which a workflow fills something. */
export type NameRead = { readonly kind: SettingKind; readonly name: string };

/** What a workflow file says that its set-up must match. */
export type ParsedWorkflow = {
  /** The `uses:` of its jobs and steps. */
  readonly uses: readonly string[];
  /** Inputs of PatchPilot's actions that secrets or variables fill. */
  readonly given: readonly (NameRead & { readonly input: string })[];
  /** Every secret and variable that it reads. */
  readonly reads: readonly NameRead[];
  /** Environments that its jobs name. */
  readonly environments: readonly string[];
  /** Whether an expression names another one. */
  readonly computesEnvironment: boolean;
  readonly isScheduled: boolean;
};

type Mapping = Readonly<Record<string, unknown>>;

/** Reads a workflow file. One that is no YAML says nothing. */
export function parseWorkflow(text: string): ParsedWorkflow {
  const workflow = toMapping(parseYaml(text));
  const jobs = Object.values(toMapping(workflow["jobs"])).map(toMapping);
  const callers = jobs.flatMap((job) => [job, ...[job["steps"] ?? []].flat().map(toMapping)]);
  const environments = jobs.flatMap(({ environment }) => {
    const name = typeof environment === "string" ? environment : toMapping(environment)["name"];
    return typeof name === "string" ? [name] : [];
  });
  return {
    uses: callers.flatMap(({ uses }) => (typeof uses === "string" ? [uses] : [])),
    given: callers
      .filter(isOurs)
      .flatMap(({ with: inputs, secrets }) => [
        ...Object.entries(toMapping(inputs)).flatMap(readInput),
        ...Object.entries(toMapping(secrets)).flatMap(readInput),
      ]),
    reads: findReads(workflow),
    environments: environments.filter((name) => !name.includes("${{")),
    computesEnvironment: environments.some((name) => name.includes("${{")),
    isScheduled: Object.hasOwn(toMapping(workflow["on"]), "schedule"),
  };
}

/** Whether a workflow has a step or job of PatchPilot. */
export const usesPatchPilot = ({ uses }: Pick<ParsedWorkflow, "uses">): boolean =>
  uses.some((name) => name.toLowerCase().startsWith(nameAction("").toLowerCase()));

const isOurs = ({ uses }: Mapping): boolean => typeof uses === "string" && usesPatchPilot({ uses: [uses] });

const readInput = ([input, value]: [string, unknown]) => findReads(value).map((read) => ({ ...read, input }));

const READ = /\b(secrets|vars)\s*(?:\.\s*([\w-]+)|\[\s*'([\w-]+)'\s*\])/g;

/** What the expressions below a value read: those in `${{ }}`, and every `if:`, which needs no braces. */
function findReads(value: unknown, key = ""): NameRead[] {
  if (typeof value === "string") {
    const expressions = key === "if" ? [value] : (value.match(/\$\{\{.*?\}\}/gs) ?? []);
    return expressions.flatMap((expression) =>
      [...expression.matchAll(READ)].map(([, context, dotted = "", quoted]) => ({
        kind: context === "vars" ? ("variables" as const) : ("secrets" as const),
        name: (quoted ?? dotted).toUpperCase(),
      })),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, below]) => findReads(below, name));
}

const toMapping = (value: unknown): Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
