import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "../redact.ts";

const VALUE = "Hunter2-Zq7!x";
const HIDDEN = "[redacted secret-value]";

const OPERATORS = [
  ...[
    "=",
    " = ",
    ":",
    ": ",
    " := ",
    " ::= ",
    " :::= ",
    " => ",
    " <- ",
    " <<- ",
    " ?= ",
    " ||= ",
    " &&= ",
    " ??= ",
    " += ",
  ],
  ...[" == ", " === ", " != ", " //= ", "%3D", " -> "],
];
const QUOTES = ['"', "'", "`", '\\"', '\\\\\\"', "&quot;", "%22", '"""'];
const NAMES = [
  "password",
  "DB_PASSWORD",
  "stripeSecretKey",
  "x-api-key",
  "service.auth.token",
  "client_secret_2",
];

describe("a value", () => {
  it.each(OPERATORS)("is hidden behind %j in every quotation, and the operator stays", (operator) => {
    for (const name of NAMES)
      for (const quote of QUOTES) {
        const text = `${name}${operator}${quote}${VALUE}${quote}`;
        expect(redact(text).text).toBe(`${name}${operator}${quote}${HIDDEN}${quote}`);
      }
  });

  it.each([
    ["element of XML", `<password>${VALUE}</password>`, `<password>${HIDDEN}</password>`],
    [
      "element that was made text",
      `‹db:password …›${VALUE}‹/db:password›`,
      `‹db:password …›${HIDDEN}‹/db:password›`,
    ],
    ["entry with a key", `<entry key="password">${VALUE}</entry>`, `<entry key="password">${HIDDEN}</entry>`],
    [
      "pair of attributes",
      `<add key="DbPassword" value="${VALUE}" />`,
      `<add key="DbPassword" value="${HIDDEN}" />`,
    ],
    [
      "variable of Kubernetes",
      `- name: API_TOKEN\n  value: ${VALUE}`,
      `- name: API_TOKEN\n  value: ${HIDDEN}`,
    ],
    [
      "pair of JSON fields",
      `{"name":"API_TOKEN","value":"${VALUE}"}`,
      `{"name":"API_TOKEN","value":"${HIDDEN}"}`,
    ],
    ["call", `setenv("API_TOKEN", "${VALUE}")`, `setenv("API_TOKEN", "${HIDDEN}")`],
    ["subscript", `os.environ["API_TOKEN"] = "${VALUE}"`, `os.environ["API_TOKEN"] = "${HIDDEN}"`],
    ["option", `run --api-token ${VALUE} -v`, `run --api-token ${HIDDEN} -v`],
    ["property of Java", `java -Ddb.password=${VALUE} -jar a.jar`, `java -Ddb.password=${HIDDEN} -jar a.jar`],
    ["typed variable of Rust", `let token: &str = "${VALUE}";`, `let token: &str = "${HIDDEN}";`],
    ["typed variable of Basic", `Dim token As String = "${VALUE}"`, `Dim token As String = "${HIDDEN}"`],
    ["wrapped literal", `token: Some("${VALUE}")`, `token: Some("${HIDDEN}")`],
    ["define", `#define API_TOKEN "${VALUE}"`, `#define API_TOKEN "${HIDDEN}"`],
    ["literal of Perl", `$token = q{${VALUE}};`, `$token = q{${HIDDEN}};`],
    ["assignment to the right", `"${VALUE}" -> token`, `"${HIDDEN}" -> token`],
    ["keyword of Lisp", `:password "${VALUE}"`, `:password "${HIDDEN}"`],
    ["list", `passwords: ["${VALUE}", "b"]`, `passwords: ${HIDDEN}`],
    ["column", `DB_PASSWORD    ${VALUE}`, `DB_PASSWORD    ${HIDDEN}`],
    ["cell", `| DB_PASSWORD | ${VALUE} |`, `| DB_PASSWORD | ${HIDDEN} |`],
    [
      "block of YAML",
      `a:\n  password: |\n    ${VALUE}\n    more\n  b: 1`,
      `a:\n  password: |\n    ${HIDDEN}\n  b: 1`,
    ],
    ["line of .env with signs", `DB_PASSWORD=ab(c)d&e;f9\nA=1`, `DB_PASSWORD=${HIDDEN}\nA=1`],
  ])("is hidden as %s", (_, text, shown) => {
    expect(redact(text).text).toBe(shown);
  });
});

describe("no value", () => {
  it.each([
    "const token = parser.next();",
    "if (token.type !== Token.EOF) return;",
    "function read(token: Token, secret: string): void",
    "token: The token that you made in the settings",
    "Set HMAC-based identity verification.",
    "System.Private.CoreLib, Version=9.0.0.0, PublicKeyToken=7cec85d7bea7798e",
    "'@octokit/auth-token': 6.0.0",
    "authorization to any person obtaining a copy",
    'const PASSWORD_CHECK_RESULT_VALUE_FAILURE = "failure";',
    "export interface Session extends Base",
    "| token | string | yes |",
    "password ||= readPassword(file)",
    "const sessionId = value2.sessionId;",
    "const childSessionId = params2?.sessionId;",
    "var mapToken = mapToken2;",
    "{ tabId: tabSession.tabId, sessionId: cdpSessionId },",
    "if (!privateKey || !publicKey) {",
    "else if (this._session.sessionId === targetId)",
    "headers['set-cookie'] = values",
    "let token = start",
    "const cookies = [];",
    "type Secret = typeof secret;",
    "StringToken = class extends StringValuedToken {",
    "const sessionId = `tab-${this.nextSessionId++}`;",
    'if (token === "." || token === "")',
  ])("is in %s", keeps);
});

function keeps(text: string): void {
  expect(redact(text).text).toBe(text);
}

const LETTERS = fc.stringMatching(/^[A-Za-z0-9]{20,60}$/);
const TEXT = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ...NAMES,
        ...OPERATORS,
        ...QUOTES,
        VALUE,
        "[redacted ",
        "]",
        "<",
        ">",
        "\n",
        " ",
        "{",
        "(",
        ",",
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => parts.join("")),
);

it("what is hidden once stays hidden, and redacting twice is redacting once", () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const once = redact(text).text;
      expect(redact(once).text).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});

it("a token is hidden wherever it stands", () => {
  fc.assert(
    fc.property(LETTERS, TEXT, TEXT, (token, before, after) => {
      expect(redact(`${before} ghp_${token}${token} ${after}`).text).not.toContain(token);
    }),
  );
});

it("texts of plain words are left alone", () => {
  const word = fc.constantFrom(
    "the",
    "user",
    "cannot",
    "read",
    "cart",
    "of",
    "undefined",
    "in",
    "Checkout",
    "42",
    "1.2.3",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join(" ");
      expect(redact(text)).toEqual({ text, redactions: {} });
    }),
  );
});
