import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";
import type { DescribedOperation, Extract } from "./extract-description.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { OperationId, WebhookName } from "./operations.ts";

/** Names everything that is wrong with a value, or gives an empty list. */
type Check = (value: unknown) => string[];

/** GitHub's official description of REST, ready to check with. Checks are compiled when first asked for. */
export type Description = {
  readonly operation: (id: OperationId) => DescribedOperation;
  readonly checkBody: (id: OperationId) => Check;
  /** Undefined where the description knows no such status for the operation. */
  readonly checkReply: (id: OperationId, status: number) => Check | undefined;
  /** Query parameters arrive as text; this gives them their types, with what is wrong about them. */
  readonly readQuery: (id: OperationId, query: URLSearchParams) => ReadQuery;
  readonly checkWebhook: (name: WebhookName) => Check;
};

type ReadQuery = {
  readonly values: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
};

let loaded: Description | undefined;

/** Loads the extract once in a process. */
export function loadDescription(): Description {
  loaded ??= createDescription(
    JSON.parse(readFileSync(new URL("./github-rest.schema.json", import.meta.url), "utf8")) as Extract,
  );
  return loaded;
}

function createDescription(extract: Extract): Description {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  ajvFormats.default(ajv, { mode: "fast" });
  // GitHub writes "" where there is no address, and its description gives "" as their default.
  ajv.addFormat("uri", /^$|^[a-z][a-z\d+.-]*:\S*$/i);
  // Bots commit as `41898282+github-actions[bot]@users.noreply.github.com`, which the format's usual pattern refuses.
  ajv.addFormat("email", /^[^\s@]+@[^\s@]+$/);
  const coercing = new Ajv({ strict: false, allErrors: true, logger: false, coerceTypes: true });
  ajvFormats.default(coercing, { mode: "fast" });
  ajv.addSchema({ ...withBrokenUploads(extract), $id: "github" });
  const compile = remember((pointer: string) => toCheck(ajv.compile({ $ref: `github#${pointer}` })));
  const operation = (id: OperationId): DescribedOperation => {
    const described = extract.operations[id];
    if (described === undefined)
      throw new Error(`The extract of GitHub's description has no operation ${id}.`);
    return described;
  };
  const bodyChecks = remember((id: OperationId) => {
    const schema = operation(id).body?.schema;
    return schema === undefined ? refuseAny : toCheck(ajv.compile(withAbsoluteReferences(closed(schema))));
  });
  const readers = remember((id: OperationId) => coercing.compile(querySchema(operation(id))));
  return {
    operation,
    checkBody: bodyChecks,
    checkReply: (id, status) => {
      const schema = operation(id).responses[status];
      if (schema === undefined) return undefined;
      return schema === null ? refuseAny : compile(`/operations/${escapePointer(id)}/responses/${status}`);
    },
    readQuery: (id, query) => {
      const values = Object.fromEntries(query);
      const read = readers(id);
      return { values, faults: read(values) ? [] : describe(read.errors) };
    },
    checkWebhook: (name) => compile(`/webhooks/${escapePointer(name)}`),
  };
}

/** Bodies with fields that the description does not know are refused: in life they would be ignored silently. */
function closed(schema: JsonSchema): JsonSchema {
  const alternatives = schema["oneOf"];
  if (Array.isArray(alternatives)) return { ...schema, oneOf: alternatives.map(closed) };
  return "properties" in schema && schema["additionalProperties"] === undefined
    ? { ...schema, additionalProperties: false }
    : schema;
}

/** The description forgets the state of an asset whose upload broke off, which its text on uploads names. */
function withBrokenUploads(extract: Extract): Extract {
  const described = '"enum":["uploaded","open"]';
  const documented = '"enum":["uploaded","open","starter"]';
  return JSON.parse(JSON.stringify(extract).replaceAll(described, documented)) as Extract;
}

/** Points the references of a schema that is compiled by itself at the extract. */
function withAbsoluteReferences(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/schemas/', '"github#/schemas/')) as JsonSchema;
}

function querySchema(operation: DescribedOperation): JsonSchema {
  const parameters = operation.parameters.filter((parameter) => parameter.in === "query");
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, asSent(name, schema)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** `created` is described as an instant and documented as a range in search syntax, which is what clients send. */
function asSent(name: string, schema: JsonSchema): JsonSchema {
  return name === "created" ? { type: "string" } : schema;
}

function toCheck(validate: ValidateFunction): Check {
  return (value) => (validate(value) ? [] : describe(validate.errors));
}

function refuseAny(value: unknown): string[] {
  return value === undefined ? [] : ["there must be no body"];
}

function describe(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map((error) => {
    const extra = "additionalProperty" in error.params ? ` (${error.params["additionalProperty"]})` : "";
    return `${error.instancePath || "/"} ${error.message ?? error.keyword}${extra}`;
  });
}

function escapePointer(segment: string): string {
  return encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
