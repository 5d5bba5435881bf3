import { type Dictionary, data, type ExpressionData } from "@patchpilot/workflow/github-parser";

/** What a JSON document can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Turns a JSON value into the data that GitHub's evaluator works on; undefined becomes null. */
export function toExpressionData(value: unknown): ExpressionData {
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toExpressionData));
  return value === null || value === undefined
    ? new data.Null()
    : toDictionary(value as Record<string, unknown>);
}

/** Like `toExpressionData` for an object. Keys are found whatever their case, as GitHub's contexts do. */
export function toDictionary(value: Readonly<Record<string, unknown>>): Dictionary {
  return new data.Dictionary(
    ...Object.entries(value).map(([key, item]) => ({ key, value: toExpressionData(item) })),
  );
}

/** The JSON value of evaluated data. */
export function fromExpressionData(value: ExpressionData): Json {
  switch (value.kind) {
    case data.Kind.Array:
      return value.values().map(fromExpressionData);
    case data.Kind.Dictionary:
      return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromExpressionData(pair.value)]));
    case data.Kind.Null:
      return null;
    default:
      return value.value;
  }
}
