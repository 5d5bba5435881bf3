import { expect, test } from "vitest";
import { judgeChange } from "../testing/judge-change.ts";

const rulesOf = (path: string, before: string, after: string): string[] => {
  const { refused, flagged } = judgeChange(path, before, after);
  return [...new Set([...refused, ...flagged].map(({ rule }) => rule))];
};

test.each([
  ["a.rs", "f.go(x)?;\n", "let _ = f.go(x);\n"],
  ["a.rs", "f.go(x)?;\n", 'if let Err(e) = f.go(x) {\n  log::debug!("{e}");\n}\n'],
  ["a.swift", "try f.go(x)\n", "try? f.go(x)\n"],
  ["a.swift", "try f.go()\n", "do { try f.go() } catch let error { }\n"],
  ["a.scala", "f.go(x)\n", "try f.go(x) catch { case _: Throwable => None }\n"],
  ["a.dart", "await f.go(x);\n", "await f.go(x).catchError((_) {});\n"],
  ["a.ex", "{:ok, y} = F.go(x)\n", "_ = F.go(x)\n"],
  ["a.ex", "F.go(x)\n", "try do\n  F.go(x)\nrescue\n  _ -> :ok\nend\n"],
  ["a.vue", '<p @click="go()"/>\n', '<p @click="go().catch(() => {})"/>\n'],
  ["a.kt", "f.go(x)\n", "runCatching { f.go(x) }\n"],
])("in %s, %j that becomes %j swallows an error", (path, before, after) => {
  expect(rulesOf(path, before, after)).toContain("swallows-error");
});

test.each([
  ["a.rs", "f.go(x).unwrap();\n", "match f.go(x) {\n  Ok(y) => y,\n  Err(e) => return Err(e.into()),\n};\n"],
  ["a.rs", "let y = map[x];\n", "let y = map.get(x).copied().unwrap_or(0);\n"],
  ["a.swift", "let y = f.go()!\n", "guard let y = f.go() else { return nil }\n"],
  ["a.scala", "f.go(x)\n", "try f.go(x) catch { case e: Exception => throw Wrapped(e) }\n"],
  [
    "a.ex",
    "F.go(x)\n",
    "with {:ok, y} <- F.go(x) do\n  y\nelse\n  {:error, reason} -> {:error, reason}\nend\n",
  ],
  ["a.vue", '<p title="try { } catch { }">it\'s</p>\n', '<p title="catch { }">it\'s fine</p>\n'],
  ["a.kt", "val y = f.go(x)\n", "val y = runCatching { f.go(x) }.getOrThrow()\n"],
])("in %s, %j may become %j", (path, before, after) => {
  expect(rulesOf(path, before, after)).toEqual([]);
});

test("a language that no rule reads is named once", () => {
  expect(judgeChange("a.hs", "a = 1\n", "a = 2\n").flagged).toMatchObject([
    { rule: "not-read", told: "not read: Haskell" },
  ]);
});
