import { expect, test } from "vitest";
import { toJsonSchema } from "./json-schema.ts";

test.each([
  ["a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
  [
    "an enum",
    { type: "string", enum: ["a"], nullable: true },
    { type: ["string", "null"], enum: ["a", null] },
  ],
  [
    "a choice",
    { oneOf: [{ type: "string" }], nullable: true },
    { anyOf: [{ oneOf: [{ type: "string" }] }, { type: "null" }] },
  ],
])("%s that is nullable takes null", (_, schema, written) => {
  expect(toJsonSchema(schema)).toEqual(written);
});

test("prose goes, but properties may be called like prose", () => {
  const schema = { description: "A label", properties: { description: { type: "string", example: "red" } } };
  expect(toJsonSchema(schema)).toEqual({ properties: { description: { type: "string" } } });
});

test("references point into the extract", () => {
  expect(toJsonSchema({ $ref: "#/components/schemas/issue" })).toEqual({ $ref: "#/schemas/issue" });
});
