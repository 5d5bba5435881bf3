import { describe, expect, it } from "vitest";
import { hideAssignments } from "./assignments.ts";

const hidden = (text: string): string => hideAssignments(text, (kind) => `[${kind}]`);

/** A text with «…» around what is hidden in it. */
function expectHidden(row: string): void {
  expect(hidden(row.replace(/[«»]/g, ""))).toBe(row.replace(/«[^»]*»/g, "[secret-value]"));
}

const LONG = "x".repeat(300);

describe("R gives a value to the right:", () => {
  it.each([
    ...[
      `"«v7»" -> token`,
      `'«v7»' ->> token`,
      `"«v7»"  ->   token`,
      `"«v7»"->token`,
      `x = 1; "«v7»" -> token`,
    ],
    ...[`${LONG} "«v7»" -> token`, `"«v7»" -> token; "«v8»" -> token`, `token="«v7»" -> token`],
    ...[`"v7" x -> token`, `"v7" -> b token`, `"v7' -> token`, `"v7" => token`, `"a\nb" -> token`],
  ])("%s", expectHidden);
});

describe("the name decides:", () => {
  it.each([
    ...[
      `publicKeyToken=7cec85d7`,
      `public_key_token=7cec85d7`,
      `public-key-token=7cec85d7`,
      `utf-8-sig=abc9`,
    ],
    ...[
      `public_key_x_token=«abc9»`,
      `utf-8-x-sig=«abc9»`,
      `Unexpected token: abc9`,
      `unexpected   token: abc9`,
    ],
    ...[`unexpected x token: «abc9»`, `unexpected-token: «abc9»`, `[redacted token: abc9`],
    ...[`[redacted x] token: «abc9»`, `token_count=abc9`, `password="«x9token»" = "abc9"`],
    ...[
      `--${"a".repeat(57)}-token «abc9xyz7»`,
      `--${"a".repeat(58)}-token abc9xyz7`,
      `set TOKEN «abc9» ${LONG}`,
    ],
    ...[`${LONG} set TOKEN «abc9»`, `set\nTOKEN abc9`, `a=1, pwd=«abc9», jwt=«abc9»`],
  ])("%s", expectHidden);
});

describe("what a value says of a place, a way or a variable stays:", () => {
  it.each([
    ...[
      `sessionId: tabSessionId`,
      `secret="mySecret"`,
      `secret="«mySecret9»"`,
      `secret="«9mySecret»"`,
      `secret="«mine»"`,
    ],
    ...[`secret="my-Secret"`, `auth="12"`, `auth="12:5"`, `auth="123456:123456"`],
    ...[
      `session="«1234567»"`,
      `auth="«abc9»"`,
      `auth="«12:3x»"`,
      `auth="«x12»"`,
      `auth="«12:»"`,
      `auth="«Abc»"`,
    ],
    ...[
      `auth="kerberos"`,
      `auth="abcdefghijklmnop"`,
      `auth="«abcdefghijklmnopq»"`,
      `authorization="«kerberos»"`,
    ],
    ...[`sessionId="kerberos"`, `pwd="«kerberos»"`, `pwd="«12»"`],
  ])("%s", expectHidden);

  it.each([
    ...[`token="https://a.example/x"`, `token="http://a.example/x"`, `webhook_url="«https://a.example/x»"`],
    ...[`dsn="«https://a.example»"`, `webhook-uri="«https://a.example»"`, `token="«https://a@b.example»"`],
    ...[
      `token="«https://a.example/q7x2m9k4v8b3n6»"`,
      `token="«xhttps://a.example»"`,
      `token="«https://a b»"`,
    ],
    ...[`token="«https://»"`, `token="«ftp://a.example»"`],
  ])("an address that is public, too: %s", expectHidden);
});

describe("an INSERT that names a secret has no literal left:", () => {
  it.each([
    ...[
      `INSERT INTO users (email, password) VALUES ('«a»', '«b»')`,
      `insert into users (id, pwd) values('«a»')`,
    ],
    ...[
      `INSERT   INTO   "shop" . users (id, pwd)   VALUES   ('«a»')`,
      `insert into t (pwd)\n values\n ('«a»')`,
    ],
    ...[`insert into t(pwd)values('«a»'), ('«b»')`, `insert into t (pwd) values ('«it''s»', '«a\\'b»', 1)`],
    ...[
      `insert into t (pwd) values ('[redacted email]', '«a»')`,
      `insert into t (pwd) values ('«[redacted a b]»')`,
    ],
    ...[`insert into t (pwd) values ('«a»'); select 'x'`, `insert into t (pwd) values ('«»')`],
    ...[`insert into t (email) values ('a', 'b')`, `insert into t values ('a')`, `values ('a')`],
    ...[`insert into t (a) values ('a'); insert into t (pwd) values ('«b»')`],
  ])("%s", expectHidden);

  it("although another one was hidden before", () => {
    for (const before of ["[redacted email]", "[redacted github-token]"])
      expectHidden(`insert into t (a, pwd) values ('${before}', '«v7»', '«x»')`);
    expectHidden("insert into t (pwd) values ('«[redacted email]!»', '«x[redacted email]»')");
  });

  it("even if the last one is cut off", () => {
    expect(hidden("insert into t (pwd) values ('abc")).toBe("insert into t (pwd) values ('[secret-value]'");
  });
});
