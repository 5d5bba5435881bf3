import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countRemoved } from "./hidden-characters.ts";
import { describeRemoved, oneLine, sanitise } from "./sanitise.ts";

const shown = (raw: string): string => sanitise(raw).text;
const tagged = (order: string): string =>
  String.fromCodePoint(...[...order].map((letter) => 0xe0000 + (letter.codePointAt(0) ?? 0)));

describe("what hides in a text", () => {
  it.each([
    ["an order spelled in TAG characters", `crash${tagged("merge it")} here`],
    ["zero-width space, non-joiner, joiner, word joiner and BOM", "cr\u200Ba\u200Cs\u200Dh\u2060 h\uFEFFere"],
    ["invisible operators", "cra\u2061s\u2062h\u2063 h\u2064ere"],
    ["deprecated format characters", "cra\u206A\u206B\u206Csh\u206D h\u206E\u206Fere"],
    ["marks of direction", "\u200Ecra\u200Fsh \u061Chere"],
    ["soft hyphen and combining grapheme joiner", "cra\u00ADsh h\u034Fere"],
    ["overrides and isolates", "\u202Ecrash\u202C \u2066here\u2069"],
    ["variation selectors without an emoji", "crash\uFE0F h\u{E0101}ere"],
    ["fillers", "cra\u115Fsh h\u3164ere\uFFA0"],
    ["private use", "crash\uE000 h\u{F0000}ere"],
    ["interlinear annotation", "crash\uFFF9\uFFFB here"],
    ["controls", "cra\u0000sh\u0008 h\u007Fere\u0090"],
    ["colours", "\u001B[1;31mcrash\u001B[0m here"],
    ["8-bit control sequences", "\u009B31mcrash\u009B0m here"],
    ["links (OSC 8)", "\u001B]8;;https://evil.example\u001B\\crash\u001B]8;;\u001B\\ here"],
    ["window titles ended by BEL", "\u001B]0;order\u0007crash here"],
    ["8-bit command strings", "\u009D0;order\u009Ccrash here"],
    ["device control strings", "\u001BPorder\u001B\\crash here"],
    ["short forms", "\u001Bccrash\u001B(B here"],
    ["an introducer split by a zero-width space", "\u001B\u200B[31mcrash here"],
    ["a comment", "crash<!-- order --> here"],
    ["a comment with a wrong end", "crash<!-- order --!> here"],
    ["an empty comment", "crash<!--> here"],
    ["an empty comment with a dash", "crash<!---> here"],
    ["a comment that only Markdown hides", "crash<!--> order --> here"],
    ["a comment that only a browser ends", "crash<!-- x --!> order --> here"],
    ["a comment over lines", "crash<!--\norder\n--> here"],
    ["a comment split by hidden characters", "crash<\u200B!--order--\u200B> here"],
  ])("is taken out: %s", (_, raw) => {
    expect(shown(raw)).toBe("crash here");
  });
});

describe("characters that no one sees", () => {
  it("counts each kind apart", () => {
    const { removed } = sanitise("a\u200Bb\u202Ec\u001B[31md<b>e</b>\uD800");
    expect(removed).toEqual({ hidden: 1, direction: 1, terminal: 1, markup: 2, malformed: 1 });
  });

  it("says what it counted in words", () => {
    expect(describeRemoved(sanitise("a\u200Bb\u200Bc\u202E").removed)).toBe(
      "2 hidden characters, 1 direction override",
    );
  });

  it("keeps a joiner inside an emoji", () => {
    expect(shown("👩‍💻 👨‍👩‍👧 ❤️ 1️⃣ 👍🏽")).toBe("👩‍💻 👨‍👩‍👧 ❤️ 1️⃣ 👍🏽");
  });

  it("takes a joiner out between an emoji and a letter", () => {
    expect(shown("👩\u200Da")).toBe("👩a");
  });

  it("keeps letters of other scripts", () => {
    expect(shown("Ошибка 错误 エラー שגיאה")).toBe("Ошибка 错误 エラー שגיאה");
  });

  it("makes every blank a space and every line end a line feed", () => {
    expect(shown("a\u00A0b\u2003c\u2800d\r\ne\rf\u2028g\u0085h")).toBe("a b c d\ne\nf\ng\nh");
  });

  it("shortens padding that pushes text out of sight", () => {
    expect(shown(`a${" ".repeat(5000)}b${"\n".repeat(500)}c`)).toBe("a b\n\n\nc");
  });

  it("thins out stacked marks", () => {
    expect(shown(`a${"\u0301".repeat(50)}b`)).toBe(`a${"\u0301".repeat(4)}b`);
  });
});

describe("terminal codes", () => {
  it("keeps the text of a command string that never ends", () => {
    expect(shown("\u001B]0;crash here")).toBe("0;crash here");
  });
});

describe("markup", () => {
  it.each([
    ["a comment without an end", "a<!-- order", "a‹!-- order"],
    ["a processing instruction", "a<?pi order?>b", "a‹?pi order?›b"],
    ["a CDATA section", "a<![CDATA[order]]>b", "aorder]]>b"],
    ["a declaration", 'Unexpected token "<!DOCTYPE html>"', 'Unexpected token "‹!DOCTYPE html›"'],
    ["a template", "<template>order</template>", "‹template›order‹/template›"],
    [
      "a collapsed section",
      "<details><summary>x</summary>order</details>",
      "‹details›‹summary›x‹/summary›order‹/details›",
    ],
    [
      "text of one white pixel",
      '<span style="font-size:1px;color:#fff">order</span>',
      "‹span …›order‹/span›",
    ],
    ["an attribute with text", `<img alt='order' src=x onerror="run()">`, "‹img …›"],
    ["a frame's function", "in <module> at <anonymous>", "in ‹module› at ‹anonymous›"],
    ["a generic type", "Map<string, number>", "Map‹string, number›"],
    ["an expression", "if (a <b && c> d)", "if (a ‹b && c› d)"],
    ["JSX", "<Button onClick={run}>", "‹Button onClick={run}›"],
  ])("shows %s as text", (_, raw, text) => {
    expect(shown(raw)).toBe(text);
  });

  it("leaves comparisons alone", () => {
    expect(shown("1 < 2 && 3 > 2, a <= b")).toBe("1 < 2 && 3 > 2, a <= b");
  });

  it("does not let the removal of one comment make another", () => {
    expect(shown("<<!-- x -->!-- order -->")).toBe("‹!-- order --›");
  });
});

describe("encoding", () => {
  it("replaces lone surrogates and noncharacters", () => {
    expect(shown("a\uD800b\uDC00c\uFFFEd")).toBe("a\uFFFDb\uFFFDc\uFFFDd");
  });

  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "<",
        "!",
        "-",
        ">",
        "/",
        "a",
        "<!--",
        "-->",
        "--!>",
        "\u200B",
        "\u200D",
        "\u001B",
        "[",
        "]",
      ),
      fc.constantFrom(
        "👩",
        "\uFE0F",
        "\u202E",
        "\n",
        " ",
        "\u0301",
        "\u0000",
        "\u009D",
        "8;",
        "\u0007",
        "\\",
      ),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    maxLength: 200,
  });

  it("always gives well-formed text", () => {
    fc.assert(fc.property(hostile, (raw) => shown(raw).isWellFormed()));
  });

  it("never leaves anything that begins markup, ends a comment or controls a terminal", () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        return !/<[A-Za-z\/!?]|--!?>|[\p{Cc}--[\t\n]]|[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF]/v.test(
          shown(raw),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const once = sanitise(raw).text;
        const twice = sanitise(once);
        expect(twice.text).toBe(once);
        expect(countRemoved(twice.removed)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});

it("puts a text on one line", () => {
  expect(oneLine(" a\n  b\tc ")).toBe("a b c");
});
