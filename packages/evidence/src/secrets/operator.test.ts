import { describe, expect, it } from "vitest";
import { readLink } from "./operator.ts";

type Given = { readonly lead?: string; readonly word?: string; readonly name?: string };

/** What ties a name to what is behind it, and what is left behind the operator. */
function tie(after: string, { lead = "", word = "", name = "token" }: Given = {}) {
  const text = `${lead}${word}${name}${after}`;
  const link = readLink(text, text.length - after.length, { name, word, lead });
  return link === null ? null : { ...link, end: text.slice(link.end) };
}

const assigned = (end: string, colon = false) => ({ end, kind: "assigned", colon });
const weak = (end: string) => ({ end, kind: "weak", colon: false });
const near = (end: string) => ({ end, kind: "weak", colon: false, near: true });
const element = (end: string) => ({ end, kind: "element", colon: false });

const assigns = (given: Given, after: string, end: string): void =>
  expect(tie(after, given)).toEqual(assigned(end));
const isNear = (given: Given, after: string, end: string): void =>
  expect(tie(after, given)).toEqual(near(end));

describe("a sign assigns", () => {
  it.each([
    ...["=¦v", " = ¦v", '"] = ¦v', "=    ¦'v'", " =\n¦'v'", "\r\n  := ¦v", "}) => ¦v", "=¦\n v", "==\t ¦v"],
    ...["%3D¦v", "%3d¦v", " || ¦v", " → ¦v", "=~ ¦v"],
  ])("in %j", (row) => {
    const [sign, value] = row.split("¦");
    expect(tie(`${sign}${value}`)).toEqual(assigned(`${value}`));
  });

  it.each([": ", ":", " :  ", "':\t", "::"])("with a colon in %j", (sign) => {
    expect(tie(`${sign}v`)).toEqual(assigned("v", true));
  });

  it("behind a name in quotes that < precedes", () => {
    expect(tie('": "a" > v', { lead: "<" })).toEqual(assigned('"a" > v', true));
  });

  it("whose colon is not the last", () => {
    expect(tie(" := v")).toEqual(assigned("v"));
    expect(tie(":= v")).toEqual(assigned("v"));
  });
});

describe("a type may stand between:", () => {
  it.each([
    [`: &'static str = "v"`],
    [`: string = "v"`],
    [`:string="v"`],
    [`\t:  string  :=  "v"`],
    [` As String = "v"`],
    [`  As  String = "v"`],
    [`: constant String := "v"`],
    [`: constant  String := "v"`],
    [` string = "v"`],
    [` *char = "v"`],
    [`: &mut String = "v"`],
    [`::String = "v"`],
    [`: [String] = "v"`],
    [`: Map<String &str> = "v"`],
    [`: String! = "v"`],
    [`: String?? = "v"`],
    [`: Promise<string> = "v"`],
  ])("%s", (after) => {
    expect(tie(after)).toEqual(assigned('"v"'));
  });

  it.each([
    [`: String = @"v"`, `@"v"`],
    [`: Option<String> = Some("v")`, `Some("v")`],
    ["[] = 'v'", "'v'"],
  ])("%s", (after, end) => {
    expect(tie(after)).toEqual(assigned(end));
  });

  it.each([
    [`: string == "v"`, `string == "v"`],
    [`: string => "v"`, `string => "v"`],
    [`: string = v`, "string = v"],
    [`: 9string = "v"`, `9string = "v"`],
    [`: constant- = "v"`, `constant- = "v"`],
  ])("but %s has none", (after, end) => {
    expect(tie(after)).toEqual(assigned(end, true));
  });
});

describe("a second field holds the value", () => {
  it.each([
    ...['<input name="¦" value=¦"v"', '{"name":"¦","value":¦"v"'],
    ...['{"name":"¦"  ,  "value"  :  ¦"v"', '{\\"name\\":\\"¦\\",\\"value\\":¦\\"v'],
    ...['<input name="¦" default_value=¦"v"', '<input name="¦" defaultValue=¦"v"'],
    ...['<meta name="¦" content=¦"v"', "[name: '¦', value => ¦'v'", "- name: ¦\n  value: ¦v"],
    ...["- name : '¦\n  value: ¦v", "name=¦ value=¦v", "key  =  ¦, val=¦v"],
    ...["&quot;name&quot;:&quot;¦&quot;,&quot;value&quot;:¦v"],
  ])("%s", (row) => {
    const [lead = "", sign = "", value = ""] = row.split("¦");
    expect(tie(sign + value, { lead })).toEqual(assigned(value));
  });

  it("only where the name is named or quoted", () => {
    expect(tie(" value=v")).toEqual(near("value=v"));
    expect(tie(" value=v", { lead: "name: x " })).toEqual(near("value=v"));
    expect(tie(" value=v", { lead: "rename-x= y" })).toEqual(near("value=v"));
  });
});

describe("a tag holds the value", () => {
  it.each([
    ...["<¦>¦v</token>", "‹¦ …›¦v", "<db:¦>\n  ¦v", '<¦ type="a">¦v'],
    ...['<entry key="¦">¦v</entry>', '<entry key="¦" type="a b">¦v'],
    ...['<entry key="¦"  id="" >\n ¦v', "‹entry key='¦'›¦v"],
  ])("%s", (row) => {
    const [lead = "", sign = "", value = ""] = row.split("¦");
    expect(tie(sign + value, { lead })).toEqual(element(value));
  });

  it.each([
    ...["<¦></token>", "< ¦>v", "<a>¦>v", 'a key="¦">v', '<a>b="¦">v', '<entry key="¦"><b>'],
    ...['<entry key="¦"x=1>v'],
  ])("but not in %s", (row) => {
    const [lead = "", after = ""] = row.split("¦");
    expect(tie(after, { lead })).toBeNull();
  });
});

describe("a call takes the value behind a comma", () => {
  it.each([
    ...['setenv("¦", ¦"v")', 'os.putenv("¦"  ,  ¦"v")', "set!(\"¦\",\n¦'v')"],
    ...['setProperty  (  "¦", ¦"v")', 'add_header(b"¦", ¦b"v")', 'put_env(:app, "¦", ¦"v")'],
    ...['insert{x.y,"¦", ¦Some("v")', "store(\\'¦\\', ¦\\'v\\'"],
    ...["append(&quot;¦&quot;, ¦&quot;v", "append(&#39;¦&#39;, ¦&#39;v"],
  ])("%s", (row) => {
    const [lead = "", sign = "", value = ""] = row.split("¦");
    expect(tie(sign + value, { lead })).toEqual(assigned(value));
  });

  it.each(["Authorization", "x-api-key", "api-key", "cookie"])(
    "or in a list where the name is %s of a request",
    (name) => {
      expect(tie('", "v"]', { lead: '["', name })).toEqual(assigned('"v"]'));
      expect(tie('", "v"]', { lead: 'a, "', name })).toEqual(assigned('"v"]'));
    },
  );

  it("and any other call may", () => {
    expect(tie('", "v")', { lead: 'check("' })).toEqual(weak('"v")'));
    expect(tie('", "v"]', { lead: '["' })).toEqual(weak('"v"]'));
    expect(tie('", "v"]', { lead: '["', name: "no-x-api-key" })).toEqual(weak('"v"]'));
  });

  it("but a list of words does not", () => {
    expect(tie("', 'other'", { lead: "one of '" })).toBeNull();
    expect(tie('", "other"', { lead: 'set("a") + "' })).toBeNull();
    expect(tie('", other', { lead: 'set("' })).toBeNull();
    expect(tie('",', { lead: 'set("' })).toBeNull();
  });
});

describe("a command takes the value behind a blank", () => {
  it.each([
    [{ word: "--" }, " v", "v"],
    [{ word: "--api-", lead: "run " }, "   v", "v"],
    [{ word: "-", lead: "run '" }, "\tv", "v"],
    [{ lead: "set ", name: "TOKEN" }, " v", "v"],
    [{ lead: "export  ", name: "TOKEN" }, " v", "v"],
    [{ lead: "a;setx ", name: "TOKEN_2" }, "  v", "v"],
    [{ lead: "&& ENV ", name: "TOKEN", word: "API_" }, " v", "v"],
    [{ lead: "pulumi config set ", name: "TOKEN" }, " v", "v"],
    [{ lead: "login bob ", name: "TOKEN" }, " v", "v"],
    [{ lead: "#define " }, ' "v"', '"v"'],
    [{ lead: "(setq " }, " 'v'", "'v'"],
    [{ lead: 'set "' }, '" v', "v"],
    [{ lead: '(  "' }, '" v', "v"],
  ])("%j %j", assigns);

  it("but not behind another word in the same brackets", () => {
    expect(tie('" v', { lead: '("a" "' })).toBeNull();
  });

  it.each([
    [{ word: "-", lead: "a" }, " v", "v"],
    [{ word: "--9" }, " v", "v"],
    [{ lead: "set " }, " v", "v"],
    [{ lead: "set x ", name: "TOKEN" }, " v", "v"],
    [{ lead: "reset ", name: "TOKEN" }, " v", "v"],
    [{ lead: "set ", name: "TOKEN", word: "my" }, " v", "v"],
    [{ lead: "set ", name: "TOKENs" }, " v", "v"],
    [{ lead: "set " }, " a'b", "a'b"],
    [{ word: "x--" }, " v", "v"],
  ])("but may only in %j %j", isNear);
});

describe("SQL takes the value behind a blank", () => {
  it.each([
    ...["PASSWORD ¦'v'", "PASSWORD\n\n¦'v'", "password  is ¦'v'", "password as  ¦'v'", "password to ¦'v'"],
    ...["pwd by ¦'v'", "BY ¦'v'"],
  ])("%j", (row) => {
    const [name = "", sign = "", value = ""] = row.replace(/^\w+/, "$&¦").split("¦");
    expect(tie(sign + value, { name })).toEqual(assigned(value));
  });

  it("but not behind another name or word, nor with other quotation marks", () => {
    expect(tie(" 'v'")).toEqual(near("'v'"));
    expect(tie(" 'v'", { name: "bypass" })).toEqual(assigned("'v'"));
    expect(tie(" in 'v'", { name: "password" })).toEqual(near("in 'v'"));
    expect(tie(' "v"', { name: "password" })).toEqual(near('"v"'));
    expect(tie(" 'v'", { name: "subpass" })).toEqual(near("'v'"));
  });
});

describe("Lisp and Erlang take the value of a key", () => {
  it.each([...[':¦ ¦"v"', '(list :¦   ¦"v"', '{¦, ¦"v"', '{¦  ,  ¦<<"v">>', '(¦ . ¦"v"', '{  ¦ ¦"v"']])(
    "%s",
    (row) => {
      const [lead = "", sign = "", value = ""] = row.split("¦");
      expect(tie(sign + value, { lead })).toEqual(assigned(value));
    },
  );

  it("but not without one", () => {
    expect(tie(' "v"', { lead: "a" })).toEqual(near('"v"'));
    expect(tie(' "v"', { lead: ": x " })).toEqual(near('"v"'));
    expect(tie(', "v"', { lead: "(" })).toBeNull();
  });
});

describe("a column may hold the value", () => {
  it.each([
    [{}, "  v", "v"],
    [{}, "\tv", "v"],
    [{}, " \t\t v", "v"],
    [{}, "\t  v", "v"],
    [{}, " | v", "v"],
    [{}, "|v", "v"],
    [{}, "   │  v", "v"],
    [{ lead: '"' }, '"   v', "v"],
    [{ lead: '"' }, '" ┃ v', "v"],
    [{ lead: "**" }, "** | v", "v"],
  ])("%j %j", (given, after, end) => {
    expect(tie(after, given)).toEqual(weak(end));
  });

  it("and so may the next word", () => {
    expect(tie(" v")).toEqual(near("v"));
    expect(tie("    v", { lead: "<" })).toEqual(weak("v"));
  });

  it.each(["", ".", " -v", "  ", "\n v", '" v', "(v)", " -"])("but there is none in %j", (after) => {
    expect(tie(after)).toBeNull();
  });
});
