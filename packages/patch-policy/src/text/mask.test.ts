import fc from "fast-check";
import { expect, test } from "vitest";
import { pickLanguage } from "./languages.ts";
import { mask } from "./mask.ts";

const code = (path: string, text: string): string => mask(text, pickLanguage(path)).code;

test.each<[string, string, string]>([
  ["a.ts", "f('catch'); // catch", "f('     ');         "],
  ["a.ts", "a = b / c; d = 'x' / 2;", "a = b / c; d = ' ' / 2;"],
  ["a.ts", "s.replace(/[/']/g, '');", "s.replace(/    /g, '');"],
  ["a.ts", "`it's ${name}` + it", "`            ` + it"],
  ["a.tsx", "<p>it's</p>\ncatch {}", "<p>it'     \ncatch {}"],
  ["a.py", 'x = """a\n# b"""  # c', 'x = """ \n   """     '],
  ["a.rb", "puts 'a#b' # c", "puts '   '    "],
  ["a.go", 'x := `a\\` + "b\\"c"', 'x := `  ` + "    "'],
  ["a.cs", '@"a\\" + catch', '@"  " + catch'],
  ["a.php", "#[Test]\n# comment", "#[Test]\n         "],
  ["a.yml", "url: a#b # c", "url: a#b    "],
])("in %s, %j is masked to %j", (path, text, masked) => {
  expect(code(path, text)).toBe(masked);
});

test("a mask keeps every offset and every line, whatever the text", () => {
  const pieces = fc.constantFrom(
    "/*",
    "*/",
    "//",
    '"',
    "'",
    "`",
    "/",
    "\\",
    "\n",
    "a",
    "#",
    '"""',
    "=begin",
    "é",
  );
  const paths = fc.constantFrom(
    "a.ts",
    "a.py",
    "a.rb",
    "a.go",
    "a.java",
    "a.cs",
    "a.php",
    "a.yml",
    "a.html",
    "a.bin",
  );
  fc.assert(
    fc.property(paths, fc.array(pieces, { maxLength: 40 }), (path, parts) => {
      const text = parts.join("");
      const masked = mask(text, pickLanguage(path));
      expect(masked.code.length).toBe(text.length);
      expect(masked.bare.length).toBe(text.length);
      expect(masked.code.split("\n").length).toBe(text.split("\n").length);
    }),
  );
});
