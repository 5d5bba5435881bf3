import { expect, test } from "vitest";
import { judgeChange, SLOW, slowText } from "./testing/judge-change.ts";

test("lines end where git ends them, in files of other systems, too", () => {
  const before = "a\r\nconst x = y.z;\r\nb\r\n";
  const { flagged, refused } = judgeChange(
    "src/a.ts",
    before,
    before.replace("const x = y.z;", "let x; try { x = y.z } catch {}"),
  );
  expect([...flagged, ...refused]).toMatchObject([{ rule: "swallows-error", line: 2 }]);
});

test("code that only moves within a file is no finding", () => {
  const one = "function a() {\n  try {\n    f();\n  } catch {}\n}\n";
  const two = "function b() {\n  return it.skip(1) + 2;\n}\n";
  expect(judgeChange("src/a.ts", one + two, two + one)).toEqual({ refused: [], flagged: [] });
});

test.each(SLOW)("a catch block that swallows is found before a line of nothing but %j", (piece) => {
  const after = `try { f(); } catch {}\n${slowText(piece, 4_096)}`;
  const { flagged, refused } = judgeChange("src/a.ts", "x\n", after);
  expect([...flagged, ...refused]).toContainEqual(
    expect.objectContaining({ rule: "swallows-error", line: 1 }),
  );
});
