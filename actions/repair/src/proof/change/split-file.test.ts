import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangedFile } from "./change.ts";
import { composeFile } from "./compose-file.ts";
import { sortFile } from "./sort-change.ts";

const lines = fc
  .array(
    fc.constantFrom("a\n", "b\n", "c\n", "#[cfg(test)]\n", "mod tests {\n", "}\n", "// note\n", "fn f() {\n"),
    {
      maxLength: 25,
    },
  )
  .map((each) => each.join(""));
const paths = fc.constantFrom("src/lib.rs", "src/cart.ts", "shop/cart.py", "tests/x.py");
const changes = fc
  .record({ path: paths, base: lines, patched: lines, end: fc.boolean() })
  .map(({ path, base, patched, end }) => sortFile({ path, base, patched: end ? patched : `${patched}last` }));

test("all units make the patched file, and none the base's", () => {
  fc.assert(
    fc.property(changes, (file) => {
      expect(composeFile(file, () => true)).toBe(file.patched);
      expect(composeFile(file, () => false)).toBe(file.base);
    }),
  );
});

test("taking units back one after the other ends at the base, in any order", () => {
  fc.assert(
    fc.property(changes, fc.infiniteStream(fc.nat()), (file, numbers) => {
      let rest = file;
      for (const number of numbers) {
        if (rest.units.length === 0) break;
        const taken = number % rest.units.length;
        rest = recut(rest, composeFile(rest, (unit) => unit !== taken) ?? "");
      }
      expect(rest.patched).toBe(file.base);
    }),
  );
});

/** The change from the same base to another text, without cutting it anew: units that went are gone. */
function recut(file: ChangedFile, patched: string): ChangedFile {
  const units = file.units.filter((_, index) => composeFile(file, (unit) => unit !== index) !== patched);
  return units.length < file.units.length ? { ...file, patched, units } : sortFile({ ...file, patched });
}
