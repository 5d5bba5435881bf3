import { expect, test } from "vitest";
import { isNarrow, judgeFate } from "./swallowed-errors.ts";

test.each<[string, string, string]>([
  ["", "javascript", "dropped"],
  ["return null;", "javascript", "dropped"],
  ["return { items: [], total: 0 };", "javascript", "dropped"],
  ["console.log('   ', error);\nreturn [];", "javascript", "dropped"],
  ["result = undefined;          ", "javascript", "dropped"],
  ["        pass", "python", "dropped"],
  ["    nil", "ruby", "dropped"],
  ["return nil, nil", "go", "dropped"],
  ["return Optional.empty();", "jvm", "dropped"],
  ["throw error;", "javascript", "passed-on"],
  ["Sentry.captureException(error);\nreturn null;", "javascript", "passed-on"],
  ["next(error);", "javascript", "passed-on"],
  ["return NextResponse.json({ error: true }, { status: 400 });", "javascript", "passed-on"],
  ["return nil, err", "go", "passed-on"],
  ['slog.Warn("x", "error", err)', "go", "dropped"],
  ["logger.error('broken'); return null;", "javascript", "kept"],
  ["cart.rollback();", "javascript", "kept"],
])("an error that is caught with %j in %s is %s", (body, language, fate) => {
  expect(judgeFate({ body }, language)).toBe(fate);
});

test.each<[readonly string[], string, boolean]>([
  [["ValueError"], "", true],
  [["JSON::ParserError"], "", true],
  [["NumberFormatException"], "", true],
  [["ValueError", "AttributeError"], "", false],
  [["Exception"], "", false],
  [["\\Throwable"], "", false],
  [["NullPointerException"], "", false],
  [[], "return JSON.parse(text);", true],
  [[], "return cart.items.length;", false],
  [[], "const a = JSON.parse(text);\nconst b = a.b.c;\nreturn b.d;", false],
])("whether catching %j around %j expects only what one must: %s", (types, tried, narrow) => {
  expect(isNarrow({ from: 0, to: 0, types, tried, body: "return [];" })).toBe(narrow);
});
