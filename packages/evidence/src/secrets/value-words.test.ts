import { describe, expect, it } from "vitest";
import { isCode, isNoSecret, isProse, takesVariable } from "./value-words.ts";

describe("a value is no secret when it is", () => {
  it.each([
    ...["", "   ", "undefined", "required", "a", "an", "byte", "bytes", "typeof"],
    ...["?", "?!", "=>", " = ", "****", "xxx", "xxxx", "....", "$TOKEN", "$" + "{TOKEN}", "%s", "%d"],
    ...["process.env.KEY2", "process.env['KEY']", "import.meta.env['K1']", "os.environ['K1']"],
    ...["env.K1_2", "secrets.K1_2", "vars.K1_2", "<token9>", "‹token9›", "{token9}", "phc_ab1"],
  ])("a word about one, a placeholder or a variable: %j", (value) => {
    expect(isNoSecret(value)).toBe(true);
  });

  it.each([
    ...["1.2", "12.345.6789", "1.2.3.4", "v1.2.3", ">=1.2", "^12.10.1", "~1.2.3", "1.2.3-beta.1", "1.2.3+b5"],
    ...["2.0.0-r"],
  ])("a version: %s", (value) => {
    expect(isNoSecret(value)).toBe(true);
  });

  it.each([
    ...["/", "/users/me", "GET /users/:id", "DELETE /users/{id}", "./config/keys", "../config/keys"],
    ...["~/.ssh/id", "@acme/shop", "@a-b/c", "org.acme.shop", "com.acme.shop.Cart"],
  ])("a path or a dotted name: %s", (value) => {
    expect(isNoSecret(value)).toBe(true);
  });

  it.each([
    ...["set-cookie", "cookie", "Cookie2", "x-request", "x-amz-date", "npm:left-pad@1.2", "workspace:*"],
    ...["link:../a1", "file:../a1"],
  ])("a header's name or another package: %s", (value) => {
    expect(isNoSecret(value)).toBe(true);
  });

  it.each([") + other9", ");x9", "  , next9", "}9", "0x1F4a", "0x7"])(
    "the rest of a program or an address in memory: %j",
    (value) => {
      expect(isNoSecret(value)).toBe(true);
    },
  );

  it.each([
    ...["••••••••", "Bearer ••••••••", "token ------", "Bearer $TOKEN9", "Basic [user9]", "bearer <jwt9>"],
    ...["token xxx9", "basic auth", "__DB_URL__", "csrf_token", "my-secret", "userPassword", "secret-name"],
    ...["[redacted email]", "[redacted"],
  ])("masked, or the name of one: %s", (value) => {
    expect(isNoSecret(value)).toBe(true);
  });
});

it.each([
  ...["Hunter2!", "Zq7!null", "nullZq7!", "ab1", " 9 ", "%x", "Zq!1.2.3", "1.2.3/x9", "1.2.3-", "123456.7x"],
  ...[
    "Zq7!/users",
    "/users/42Zq!",
    "9org.acme.shop",
    "org.acme.shop9",
    "org.acme",
    "9x-request",
    "x-request9",
  ],
  ...["ab;c9x", "Zq0x1F", "0x1F4a90c2d1", "aab9xk", "ab9--------", "bearer authKd93", "Basic xk9Lm3"],
  ...["my bearer $x9", "bearer k9Zq7", "x__DB_URL__", "__DB_URL__9", "csrf_token9", "9csrf_token", "token9"],
  ...["x9[redacted", "GETS /users/9", "xx9", "...9", "phc_", "phc-9", "a*9b"],
])("a value that may be a secret is not dismissed: %j", (value) => {
  expect(isNoSecret(value)).toBe(false);
});

describe("where a program compares, a variable is no value:", () => {
  it.each([
    ...["parser", "$el", "parser!", "parser?", "camelCase2", "camelCaseValue2", "parser.next", "a.b1.c"],
    ...["options2?.token", "exports2.AUTH_V55", "exports.A1_B22_C3", "this->token2", "Foo::bar", "a?.b!"],
  ])("%s", (word) => {
    expect(takesVariable(word, " === ", "")).toBe(true);
  });

  it.each(["Zq7x", "9parser", "parser-9", "parser99", "parser9", "a..b", "a.b9x", "x.A1_", "x.A1_b2!9"])(
    "but not %s",
    (word) => {
      expect(takesVariable(word, " === ", "")).toBe(false);
    },
  );

  it.each(["===", "!==  ", "a=== ", " == ", " !=   ", "']=", '"]  =  ', "`] = "])("behind %j", (before) => {
    expect(takesVariable("parser", before, "")).toBe(true);
  });

  it.each(["=== x", " == x", "'] = x", "a== ", "a!= ", " ==", "x= ", "a] = ", "<== ", "']== "])(
    "but not behind %j",
    (before) => {
      expect(takesVariable("parser", before, "")).toBe(false);
    },
  );

  it.each(["let token", "let ", "  const  secret$", "for (var t", "if (a) {let t", "a;let t1"])(
    "or is declared in %j",
    (line) => {
      expect(takesVariable("parser", "", line)).toBe(true);
    },
  );

  it.each(["outlet token", "let token = x", "let", "token", "let-token", "const a.b"])(
    "but not in %j",
    (line) => {
      expect(takesVariable("parser", "", line)).toBe(false);
    },
  );
});

/** A value, and what is behind it. */
function cut(row: string): [value: string, after: string] {
  const [value = "", after = ""] = row.split("¦");
  return [value, after];
}

describe("a value without quotes is code:", () => {
  it.each([
    ...["!ready¦", "!!ready¦", "&parser.next¦", "&&a.b¦", "*node.next¦"],
    ...["v2read9¦(file, 1)", "v2.read9¦(a, b)", "v2read9¦(d) ", "$2read9¦()", "token¦(x"],
    ...["token¦[0]", "token¦{", "token¦<T>", "token¦=> x", "token¦ => x"],
    ...["token¦? a : b", "token¦ ? a : b", "token¦ + x", "token¦ && x", "token¦ || x"],
    ...["token¦ == x", "token¦ === x", "token¦!== x", "token¦ as string"],
    ...["token¦ instanceof Token", "String¦)", "Id¦)", "String¦, next: 9"],
    ...["SecretString¦ | null", "Token¦ = read()", "Token¦ {", "a.b¦", "a->b¦", "a::b¦"],
    ...["token¦;", "token¦; ", "token¦;   next", "token¦,\n", "token¦;\nx"],
  ])("%j", (row) => {
    expect(isCode(...cut(row))).toBe(true);
  });

  it.each([
    ...["Zq!a.b¦", "!9x¦", "parser¦", "parser!¦", "v2read9¦(d)", "v2read9¦(dd)"],
    ...["v2-read9¦(file, 1)", "9v2¦(file, 1)", "v2read9-¦(file, 1)", "v2read9¦ (x, y)"],
    ...["v2read9¦", "token¦ x(", "token¦  => x", "token¦ x => y", "token¦ w ? x"],
    ...["token¦ w as string", "token¦ - x", "token¦ <= x", "token¦ &&x", "token¦ assert"],
    ...["token¦- as x", "ABC¦)", "token¦)", "Token_x¦)", "my_Token¦)", "Token¦-"],
    ...["Token¦ x", "Token¦ x)", "token¦, x", "token¦x;", "token¦x"],
  ])("but not %j", (row) => {
    expect(isCode(...cut(row))).toBe(false);
  });
});

describe("a value begins a sentence:", () => {
  it.each([...["The¦ token that", "The¦, token that", "Note:¦ it", "Yes,¦ it", 'The¦ "x"'], ...["The¦ (x)"]])(
    "%j",
    (row) => {
      expect(isProse(...cut(row))).toBe(true);
    },
  );

  it.each([
    ...["Zq7x¦ token", "9The¦ y", "The9¦ y", "The¦ 42", "The¦x y", "The¦ x9y", "The¦"],
    ...["The-¦ y"],
  ])("but not %j", (row) => {
    expect(isProse(...cut(row))).toBe(false);
  });
});
