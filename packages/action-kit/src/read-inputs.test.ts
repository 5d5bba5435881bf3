import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { people, requiredSecret } from "./inputs.ts";
import { type Configuration, givenInputs, InputFaults, parseInputs, secretValues } from "./read-inputs.ts";
import type { SettingFault } from "./settings/keys.ts";
import { everyInput } from "./testing/every-input.ts";

const parse = (given: Record<string, string> = {}, configuration: Configuration = {}) =>
  parseInputs(everyInput, given, configuration);

function faultsOf(
  given: Record<string, string>,
  configuration: Configuration = {},
  known: readonly SettingFault[] = [],
): readonly string[] {
  try {
    parseInputs(everyInput, given, configuration, known);
  } catch (error) {
    if (error instanceof InputFaults) return error.faults;
    throw error;
  }
  return [];
}

describe("an input that is absent", () => {
  it("takes its default, or stays absent where it has none", () => {
    expect(parse()).toEqual({
      issues: "auto",
      environment: "production",
      files: ["a", "b"],
      limit: 50,
      ratio: 1.5,
      draft: true,
      stop: "false",
      mode: "safe",
      allow: ["close"],
      address: "https://sentry.io",
    });
  });
});

describe("a required input", () => {
  const contract = {
    ...everyInput,
    inputs: z.object({ "api-token": requiredSecret("Token.", "is missing; pass one with `read`") }),
  };

  it("is asked for by its name and in its own words", () => {
    expect(() => parseInputs(contract, {})).toThrow(
      "One input is wrong. Input `api-token` is missing; pass one with `read`.",
    );
  });

  it("is read as any other secret", () => {
    expect(parseInputs(contract, { "api-token": " t0ken " })).toEqual({ "api-token": "t0ken" });
    expect(secretValues(contract, { "api-token": "t0ken" })).toEqual({ "api-token": "t0ken" });
  });
});

describe("an input that is given", () => {
  it.each([
    ["name", "  x y ", "x y"],
    ["files", "one, two,\nthree,,", ["one", "two", "three"]],
    ["limit", "100", 100],
    ["ratio", "0.25", 0.25],
    ["cap-hours", "2.5", 2.5],
    ["draft", "FALSE", false],
    ["stop", " STOP ", "STOP"],
    ["stop", "off", "off"],
    ["draft", "off", false],
    ["draft", "Yes", true],
    ["mode", "fast", "fast"],
    ["allow", "retry,close", ["retry", "close"]],
    ["address", "https://ghe.example/sentry/?a=1#b", "https://ghe.example/sentry"],
    ["health", "https://shop.example/health?deep=1", "https://shop.example/health?deep=1"],
    ["target", "acme/shop.web", "acme/shop.web"],
    ["issues", "auto", "auto"],
    ["issues", "[12, 15]", [12, 15]],
    ["issues", "12,15,12", [12, 15]],
    ["issues", " 7 ", [7]],
  ])("reads `%s` from %j", (name, value, expected) => {
    expect(parse({ [name]: value })).toHaveProperty([name], expected);
  });

  it.each([
    ["limit", "0"],
    ["limit", "101"],
    ["limit", "2.5"],
    ["limit", "1e2"],
    ["limit", "many"],
    ["ratio", "1,5"],
    ["ratio", "Infinity"],
    ["cap-hours", "73"],
    ["draft", "maybe"],
    ["stop", "ture"],
    ["mode", "Fast"],
    ["allow", "close,delete"],
    ["address", "sentry.io"],
    ["address", "ftp://sentry.io"],
    ["address", "https://ada:pw@sentry.io"],
    ["health", "javascript:alert(1)"],
    ["target", "shop"],
    ["target", "acme/shop/web"],
    ["issues", "all"],
    ["issues", "[12"],
    ["issues", "12,0"],
    ["issues", "-3"],
    ["issues", "0x10"],
    ["issues", "1e3"],
    ["issues", "12.0"],
    ["issues", "99999999999"],
    ["issues", "null"],
  ])("refuses `%s: %s` by its name", (name, value) => {
    const [fault, ...more] = faultsOf({ [name]: value });
    expect(more).toEqual([]);
    expect(fault).toContain(`\`${name}\``);
  });

  it("does not print credentials that stand in an address", () => {
    expect(faultsOf({ address: "https://ada:hunter2@sentry.io" }).join()).not.toContain("hunter2");
  });
});

describe("`issues`", () => {
  it.each(["", "  ", "[]", "[ ]", "\n"])("means none when it is %j", (value) => {
    expect(parse({ issues: value }).issues).toEqual([]);
  });

  it("takes any list of issue numbers in either spelling", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 })), (numbers) => {
        expect(parse({ issues: JSON.stringify(numbers) }).issues).toEqual(numbers);
        expect(parse({ issues: numbers.join(", ") }).issues).toEqual(numbers);
      }),
    );
  });
});

describe("faults", () => {
  it("are told all at once, also those that were known before", () => {
    const known = [{ name: "autonmy", sentence: "`autonmy` is unknown." }];
    expect(faultsOf({ limit: "x", draft: "y", issues: "z" }, { ratio: "w" }, known)).toEqual([
      "`autonmy` is unknown.",
      expect.stringContaining("`issues`"),
      expect.stringContaining("`limit`"),
      expect.stringContaining("`ratio`"),
      expect.stringContaining("`draft`"),
    ]);
  });

  it("say nothing more of an input that is known to be wrong", () => {
    const known = [{ name: "limit", sentence: "`limit` holds `${LIMIT}`." }];
    expect(faultsOf({ limit: "${LIMIT}" }, {}, known)).toEqual(["`limit` holds `${LIMIT}`."]);
  });

  it("make one message that counts them", () => {
    expect(() => parse({ limit: "x", draft: "y" })).toThrow(/^2 inputs are wrong\. .*`limit`.*`draft`/);
  });
});

describe("the environment of the runner", () => {
  it("names an input in upper case and keeps hyphens", () => {
    expect(givenInputs(everyInput, { "INPUT_CAP-HOURS": "3", INPUT_CAP_HOURS: "4" })).toEqual({
      "cap-hours": "3",
    });
  });

  it("counts an empty or blank text as absent, except for `issues`", () => {
    const variables = Object.fromEntries(
      Object.keys(everyInput.inputs.shape).map((name) => [`INPUT_${name.toUpperCase()}`, " "]),
    );
    expect(givenInputs(everyInput, variables)).toEqual({ issues: " " });
  });
});

describe("the configuration file", () => {
  it("wins over a default", () => {
    expect(parse({}, { limit: 7, draft: false, files: ["x", "y"] })).toMatchObject({
      limit: 7,
      draft: false,
      files: ["x", "y"],
    });
  });

  it("loses to `with:`", () => {
    expect(parse({ limit: "9" }, { limit: 7 }).limit).toBe(9);
  });

  it.each([null, "", "  "])("counts %j as absent", (value) => {
    expect(parse({}, { name: value, issues: value, files: value })).toMatchObject({
      issues: "auto",
      files: ["a", "b"],
    });
  });

  it("means none with an empty list", () => {
    expect(parse({}, { issues: [], allow: [] })).toMatchObject({ issues: [], allow: [] });
    expect(faultsOf({}, { limit: [] })).toHaveLength(1);
  });

  it("takes only its own names, whatever else the object inherits", () => {
    const inherited = Object.create({ limit: 3 }) as Configuration;
    expect(parse({}, inherited).limit).toBe(50);
  });
});

describe("the values of secrets", () => {
  it("are the given secret inputs, a list one by one", () => {
    const given = { "github-token": "ghs_1234", "state-key": "newer-key, older-key", name: "no secret" };
    expect(secretValues(everyInput, given)).toEqual({
      "github-token": "ghs_1234",
      "state-key": "newer-key",
      "state-key (2)": "older-key",
    });
  });

  it("are each line of an input that holds one a line, without the armour of keys", () => {
    const given = { "known-secrets": "first,one\r\n\nprod\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN" };
    expect(Object.values(secretValues(everyInput, given))).toEqual(["first,one", "MIIEvQIBADAN"]);
  });

  it("leave out what is too short to be hidden without hiding half of the log", () => {
    expect(secretValues(everyInput, { "state-key": "abc" })).toEqual({});
  });
});

describe("an input that names people", () => {
  const contract = { ...everyInput, inputs: z.object({ notify: people("Who.") }) };
  const read = (notify: string) => parseInputs(contract, { notify }).notify;

  it.each([
    ["", [], false],
    ["maya", ["@maya"], false],
    ["@maya, @acme/web\n jo_acme  @maya", ["@maya", "@acme/web", "@jo_acme"], false],
    ["codeowners @acme/on.call", ["@acme/on.call"], true],
  ])("takes %j, with or without @, between commas, blanks and lines", (given, names, codeOwners) => {
    expect(read(given)).toEqual({ names, codeOwners });
  });

  it.each(["maya@example.com", "@@maya", "acme/", "@acme/web/core", "-maya", "<@maya>", "@maya."])(
    "says once what is wrong with %s",
    (given) => {
      expect(() => read(`@jo ${given}`)).toThrow(
        `One input is wrong. Input \`notify\` names ${given}; write logins such as @maya, teams such as @acme/web, or codeowners.`,
      );
    },
  );
});
