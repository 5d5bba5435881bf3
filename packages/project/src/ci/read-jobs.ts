import { parse } from "yaml";
import { fillIn, type Values } from "./fill-in.ts";

/** A step of a job that runs a script; the values of its matrix and its plain variables are filled in. */
export type CiStep = {
  /** undefined where it holds what is known only on GitHub, such as a secret. */
  readonly run: string | undefined;
  readonly uses: string | undefined;
  readonly inputs: Values;
  readonly condition: string;
  readonly folder: string;
  readonly variables: Values;
};

/** A database or the like that a job starts beside its steps. */
export type CiService = { readonly name: string; readonly image: string; readonly ports: readonly number[] };

export type CiJob = {
  /** Path of its workflow. */
  readonly file: string;
  readonly events: readonly string[];
  readonly id: string;
  /** What the first entry of its matrix for Linux names. */
  readonly matrix: Values;
  readonly name: string;
  /** Whether its tests are divided among several machines. */
  readonly isDivided: boolean;
  readonly workflow: string;
  readonly variables: Values;
  readonly runsOn: string;
  /** Whether its steps run in their own image. */
  readonly inImage: boolean;
  readonly condition: string;
  readonly services: readonly CiService[];
  readonly steps: readonly CiStep[];
};

export const isWorkflow = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

type Node = Readonly<Record<string, unknown>>;

const asNode = (value: unknown): Node =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** The jobs of a workflow file; none where it is no workflow. Pure. */
export function readJobs(file: string, text: string): CiJob[] {
  const root = asNode(parseYaml(text));
  const events = readEvents(root["on"] ?? root["true"]);
  return Object.entries(asNode(root["jobs"])).flatMap(([id, value]) => {
    const job = asNode(value);
    return job["steps"] === undefined ? [] : [readJob(file, root, events, id, job)];
  });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: "silent" });
  } catch {
    return undefined;
  }
}

const readEvents = (on: unknown): string[] =>
  typeof on === "string" ? [on] : Array.isArray(on) ? on.map(asText) : Object.keys(asNode(on));

function readJob(file: string, root: Node, events: readonly string[], id: string, job: Node): CiJob {
  const { entry: matrix, isDivided } = readMatrix(asNode(asNode(job["strategy"])["matrix"]));
  const known = (more: Values): Values => ({ ...prefix("matrix", matrix), ...prefix("env", more) });
  const outer = readVariables(root["env"], known({}));
  const variables = { ...outer, ...readVariables(job["env"], known(outer)) };
  const readFolder = (node: Node) => asText(asNode(asNode(node["defaults"])["run"])["working-directory"]);
  const folder = readFolder(job) || readFolder(root);
  const steps = asList(job["steps"]).map((step) =>
    readStep(asNode(step), folder, known(variables), variables),
  );
  const runsOn = asList(job["runs-on"]).map(asText).join(" ") || asText(job["runs-on"]);
  return {
    file,
    id,
    name: fillIn(asText(job["name"]) || id, known(variables)) ?? id,
    workflow: asText(root["name"]),
    events,
    matrix,
    isDivided,
    runsOn: fillIn(runsOn, known(variables)) ?? "",
    inImage: job["container"] !== undefined,
    variables,
    services: readServices(asNode(job["services"])),
    steps,
    condition: asText(job["if"]),
  };
}

const prefix = (context: string, values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${context}.${name}`, value]));

/** Plain values alone: what holds a secret, or is known only on GitHub, is left out. */
const readVariables = (node: unknown, known: Values): Values =>
  Object.fromEntries(
    Object.entries(asNode(node)).flatMap(([name, value]) => {
      const text = fillIn(asText(value), known);
      return text === undefined ? [] : [[name, text]];
    }),
  );

function readStep(step: Node, folder: string, known: Values, outer: Values): CiStep {
  const own = readVariables(step["env"], known);
  const all = { ...known, ...prefix("env", { ...outer, ...own }) };
  const uses = step["uses"] === undefined ? undefined : asText(step["uses"]);
  const inputs = readVariables(step["with"], all);
  const run = step["run"] === undefined ? runByAction(uses, inputs) : fillIn(asText(step["run"]), all);
  return {
    run,
    uses,
    inputs,
    condition: asText(step["if"]),
    folder: cleanFolder(fillIn(asText(step["working-directory"]) || folder, all)),
    variables: own,
  };
}

/** The one action that only runs a command. */
const runByAction = (uses: string | undefined, { command, args = "" }: Values): string | undefined =>
  uses?.startsWith("actions-rs/cargo@") && command !== undefined
    ? `cargo ${command} ${args}`.trim()
    : undefined;

const cleanFolder = (folder: string | undefined): string =>
  (folder ?? "").replace(/^\.\/?|\/+$/g, "").replace(/^\/+/, "");

/** What divides one run of tests into parts that several machines run. */
const DIVIDES = /^(shard\w*|part|partition|chunk|split|slice|group|node[-_]?index|ci_node_\w+|index)$/i;

const isForLinux = (entry: Values): boolean =>
  !Object.values(entry).some((value) => /^(windows|macos|macOS|win)\b/i.test(value));

const isVersion = (text: string): boolean => /^v?\d+(\.(\d+|x))*$/.test(text);

const newest = (versions: readonly string[]): string | undefined =>
  [...versions].sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);

/** The first entry for Linux, and of versions the newest. */
function readMatrix(matrix: Node): { entry: Values; isDivided: boolean } {
  const lists = Object.entries(matrix).filter(([name]) => name !== "include" && name !== "exclude");
  const entry: Record<string, string> = {};
  for (const [name, value] of lists) {
    const options = asList(value);
    const plain = options
      .filter((option) => typeof option !== "object")
      .map(asText)
      .filter((text) => isForLinux({ [name]: text }));
    const versions = plain.filter(isVersion);
    const first = plain.find((text) => /ubuntu|linux/i.test(text)) ?? plain[0];
    const chosen = versions.length > plain.length / 2 ? newest(versions) : first;
    if (chosen !== undefined) entry[name] = chosen;
    else Object.assign(entry, flatten(name, asNode(options[0])));
  }
  if (lists.length === 0) {
    const includes = asList(matrix["include"]).map((each) => flatten("", asNode(each)));
    Object.assign(entry, includes.find(isForLinux) ?? {});
  }
  const isDivided = lists.some(([name, value]) => DIVIDES.test(name) && asList(value).length > 1);
  return { entry, isDivided };
}

const flatten = (name: string, node: Node): Values =>
  Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      asText(value) === "" ? [] : [[name === "" ? key : `${name}.${key}`, asText(value)]],
    ),
  );

const readServices = (services: Node): CiService[] =>
  Object.entries(services).map(([name, value]) => ({
    name,
    image: asText(asNode(value)["image"]),
    ports: asList(asNode(value)["ports"]).flatMap((port) => {
      const [first = ""] = asText(port).split(":");
      return /^\d+$/.test(first) ? [Number(first)] : [];
    }),
  }));
