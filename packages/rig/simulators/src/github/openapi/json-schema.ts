/** A JSON Schema (draft-07) as far as OpenAPI 3.0 uses it. */
export type JsonSchema = { [keyword: string]: unknown };

/** Keywords that only inform readers; leaving them out makes the extract a tenth of its source. */
const PROSE = new Set(["description", "example", "examples", "title", "externalDocs", "deprecated", "xml"]);

/** Members of a schema whose keys are names that somebody chose, not keywords. */
const NAMED = new Set(["properties", "patternProperties", "definitions"]);

/**
 * Rewrites an OpenAPI 3.0 schema as JSON Schema: prose dropped, `nullable` told through types, references
 * pointed at the extract's own `schemas`.
 */
export function toJsonSchema(schema: unknown): JsonSchema {
  return rewrite(schema) as JsonSchema;
}

function rewrite(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewrite);
  if (node === null || typeof node !== "object") return node;
  const written: JsonSchema = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (PROSE.has(keyword) || keyword.startsWith("x-") || keyword === "nullable") continue;
    if (keyword === "$ref") written[keyword] = schemaReference(String(value));
    else if (keyword === "enum" || keyword === "default" || keyword === "const") written[keyword] = value;
    else if (NAMED.has(keyword)) written[keyword] = rewriteNamed(value as JsonSchema);
    else written[keyword] = rewrite(value);
  }
  return (node as JsonSchema)["nullable"] === true ? allowNull(written) : written;
}

function rewriteNamed(properties: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, rewrite(value)]));
}

/** Names the schema that a reference of the official description points at. */
export function referredName(reference: string): string {
  const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1];
  if (name === undefined) throw new Error(`The reference ${reference} is not one to a component schema.`);
  return name;
}

function schemaReference(reference: string): string {
  return `#/schemas/${referredName(reference)}`;
}

function allowNull(schema: JsonSchema): JsonSchema {
  if (typeof schema["type"] !== "string") return { anyOf: [schema, { type: "null" }] };
  const nullable: JsonSchema = { ...schema, type: [schema["type"], "null"] };
  const values = schema["enum"];
  if (Array.isArray(values) && !values.includes(null)) nullable["enum"] = [...values, null];
  return nullable;
}
