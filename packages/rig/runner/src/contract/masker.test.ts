import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Masker } from "./masker.ts";

function maskerOf(...secrets: string[]): Masker {
  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

describe("Masker", () => {
  it("hides each line of a secret of several lines", () => {
    expect(maskerOf("first\nsecond").mask("first, then second")).toBe("***, then ***");
  });

  it("makes one mask of secrets that overlap", () => {
    expect(maskerOf("abcd", "cdef").mask("-abcdef-")).toBe("-***-");
  });

  it("hides usual encodings", () => {
    const secret = 'p@ss "word"';
    const masker = maskerOf(secret);
    const encoded = [
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(secret).toString("base64"),
    ];
    expect(encoded.map((text) => masker.mask(text))).toEqual([
      "***",
      '"***"',
      expect.stringMatching(/^\*\*\*=*$/),
    ]);
  });

  it("leaves text alone without secrets, also with an empty one", () => {
    expect(maskerOf("").mask("nothing to hide")).toBe("nothing to hide");
  });

  it("never lets a secret through, wherever it stands", () => {
    const secret = fc.string({ minLength: 4 }).filter((text) => !text.includes("*") && text.trim() === text);
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.array(fc.string(), { maxLength: 4 }),
        (secrets, parts) => {
          const masker = maskerOf(...secrets);
          const masked = masker.mask(parts.join(secrets[0]) + secrets.join(""));
          expect(masker.finds(masked)).toBe(false);
        },
      ),
    );
  });
});
