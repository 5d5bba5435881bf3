import { type JsonSchema, referredName, toJsonSchema } from "./json-schema.ts";
import { OPERATION_IDS, WEBHOOK_NAMES } from "./operations.ts";

/** One parameter of an operation. */
type DescribedParameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: JsonSchema;
};

/** One operation as the simulator needs it. `responses` holds a schema per status, null for an empty body. */
export type DescribedOperation = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly DescribedParameter[];
  readonly body: { readonly required: boolean; readonly schema: JsonSchema } | null;
  readonly responses: Readonly<Record<string, JsonSchema | null>>;
};

/** The extract without its source line. References inside are `#/schemas/<name>`. */
export type Extract = {
  readonly operations: Readonly<Record<string, DescribedOperation>>;
  readonly webhooks: Readonly<Record<string, JsonSchema>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
};

type Content = { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
type Reference = { readonly $ref: string };
type OfficialOperation = {
  readonly operationId: string;
  readonly parameters?: readonly (Reference | (DescribedParameter & { required?: boolean }))[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Reference | Content>>;
};

/** What is read of the official OpenAPI 3.0 document. */
export type OfficialDescription = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OfficialOperation>>>>;
  readonly "x-webhooks": Readonly<Record<string, { readonly post: OfficialOperation }>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/**
 * Takes our operations and webhooks, and every schema that they reach, out of the official description.
 * @throws if an operation or a webhook of ours is not in it.
 */
export function extractDescription(description: OfficialDescription): Extract {
  const operations = Object.fromEntries(OPERATION_IDS.map((id) => [id, describe(description, id)]));
  const webhooks = Object.fromEntries(WEBHOOK_NAMES.map((name) => [name, readPayload(description, name)]));
  return { operations, webhooks, schemas: reachedSchemas(description, { operations, webhooks }) };
}

function describe(description: OfficialDescription, id: string): DescribedOperation {
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId !== id) continue;
      return {
        method,
        path,
        parameters: (operation.parameters ?? []).map((parameter) => readParameter(description, parameter)),
        body: readBody(operation),
        responses: Object.fromEntries(
          Object.entries(operation.responses).map(([status, reply]) => [
            status,
            readSchema(resolve<Content>(description, reply)),
          ]),
        ),
      };
    }
  }
  throw new Error(`The official description has no operation ${id}.`);
}

function readBody(operation: OfficialOperation): DescribedOperation["body"] {
  const schema = operation.requestBody === undefined ? null : readSchema(operation.requestBody);
  return schema === null ? null : { required: operation.requestBody?.required ?? false, schema };
}

function readParameter(
  description: OfficialDescription,
  reference: Reference | (DescribedParameter & { required?: boolean }),
): DescribedParameter {
  const parameter = resolve<DescribedParameter>(description, reference);
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required ?? false,
    schema: toJsonSchema(parameter.schema),
  };
}

function readPayload(description: OfficialDescription, name: string): JsonSchema {
  const webhook = description["x-webhooks"][name];
  const schema = webhook?.post.requestBody === undefined ? null : readSchema(webhook.post.requestBody);
  if (schema === null) throw new Error(`The official description has no payload for the webhook ${name}.`);
  return schema;
}

function readSchema(content: Content): JsonSchema | null {
  const schema = content.content?.["application/json"]?.schema;
  return schema === undefined ? null : toJsonSchema(schema);
}

function resolve<T>(description: OfficialDescription, node: Reference | T): T {
  if (typeof node !== "object" || node === null || !("$ref" in node)) return node as T;
  const [, kind, name] = /^#\/components\/([^/]+)\/(.+)$/.exec(node.$ref) ?? [];
  return description.components[kind ?? ""]?.[name ?? ""] as T;
}

function reachedSchemas(description: OfficialDescription, roots: unknown): Record<string, JsonSchema> {
  const reached = new Map<string, JsonSchema>();
  const waiting = [...referencesIn(roots)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    const schema = toJsonSchema(description.components["schemas"]?.[name]);
    reached.set(name, schema);
    waiting.push(...referencesIn(schema));
  }
  return Object.fromEntries([...reached].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function* referencesIn(node: unknown): Generator<string> {
  if (node === null || typeof node !== "object") return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "$ref" && typeof value === "string")
      yield referredName(value.replace("#/schemas/", "#/components/schemas/"));
    else yield* referencesIn(value);
  }
}
