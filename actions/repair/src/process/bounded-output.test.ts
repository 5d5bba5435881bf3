import fc from "fast-check";
import { expect, test } from "vitest";
import { boundedOutput } from "./bounded-output.ts";

const keep = (chunks: readonly string[], most: number) => {
  const output = boundedOutput(most);
  for (const chunk of chunks) output.add(Buffer.from(chunk));
  return output.text();
};

test("a short output is kept as it is, however it comes", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 20 }), (chunks) => {
      const whole = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
      expect(keep(chunks, 1 << 20)).toBe(whole.toString("utf8"));
    }),
  );
});

test("of a long one the beginning and the end are kept, and what is missing is said", () => {
  const text = keep(
    Array.from({ length: 1000 }, (_, at) => `line ${at}\n`),
    1600,
  );
  expect(text).toMatch(/^line 0\nline 1\n.*\n\[… 7290 bytes not kept …\]\n.*line 999\n$/s);
  expect(text.length).toBeLessThan(1700);
});
