import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import {
  checkNamed,
  judgeWith,
  MAIN,
  MAIN_TEXT,
  names,
  REPAIR,
  SECRETS,
  VARIABLES,
  workflowFile,
} from "../testing/desk-facts.ts";
import type { DeskFacts, NameList } from "./facts.ts";

const KEY = "The secret `PATCHPILOT_STATE_KEY`";
const without = (list: readonly string[], name: string) => list.filter((one) => one !== name);
const set = (secrets: readonly string[], variables: readonly string[] = VARIABLES): Partial<DeskFacts> => ({
  names: [names("secrets", ...secrets), names("variables", ...variables)],
});
/** What is wrong, as name and state. */
const faults = (changes: Partial<DeskFacts>) =>
  judgeWith(changes)
    .filter(({ state }) => state !== "ok")
    .map(({ name, state }) => [name, state]);
const readBy = (line: string) =>
  workflowFile("patchpilot.yml", `${MAIN_TEXT}        env: { X: "${line}" }\n`);

describe("a required name", () => {
  it.each(["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN"])("%s that is set nowhere is missing", (name) => {
    expect(faults(set(without(SECRETS, name)))).toEqual([[`The secret \`${name}\``, "missing"]]);
  });

  it("that the organization sets is right, and the check says so", () => {
    const shared: NameList = {
      kind: "secrets",
      place: "organization",
      names: answered(["PATCHPILOT_STATE_KEY"]),
    };
    const lists = set(without(SECRETS, "PATCHPILOT_STATE_KEY")).names ?? [];
    expect(checkNamed(KEY, { names: [...lists, shared] })).toMatchObject({
      state: "ok",
      found: "It is set by the organization.",
    });
  });

  it("that an environment of a job sets is right", () => {
    const live: NameList = {
      kind: "secrets",
      place: { environment: "live" },
      names: answered(["PATCHPILOT_STATE_KEY"]),
    };
    const lists = set(without(SECRETS, "PATCHPILOT_STATE_KEY")).names ?? [];
    expect(checkNamed(KEY, { names: [...lists, live] })?.found).toBe("It is set in the environment `live`.");
  });

  it("that is set as a variable is missing, and its value is to be revoked", () => {
    const changes = set(without(SECRETS, "SENTRY_TOKEN"), [...VARIABLES, "SENTRY_TOKEN"]);
    expect(faults(changes)).toEqual([["The secret `SENTRY_TOKEN`", "missing"]]);
    expect(checkNamed("The secret `SENTRY_TOKEN`", changes)?.remedy).toContain("Revoke the old value");
  });

  it("that is set as a secret although workflows read a variable is missing", () => {
    const changes = set([...SECRETS, "SENTRY_ORG"], without(VARIABLES, "SENTRY_ORG"));
    expect(faults(changes)).toEqual([["The variable `SENTRY_ORG`", "missing"]]);
  });

  const ALIKE = {
    SENTRY_AUTH_TOKEN: "SENTRY_TOKEN",
    SENTRY_TOKN: "SENTRY_TOKEN",
    STATE_KEY: "PATCHPILOT_STATE_KEY",
    PATCH_PILOT_STATE_KEY: "PATCHPILOT_STATE_KEY",
  };

  it.each(Object.entries(ALIKE))("is blamed on %s, which looks like %s, by one check", (alike, name) => {
    const changes = set([...without(SECRETS, name), alike]);
    expect(faults(changes)).toEqual([[`The secret \`${name}\``, "missing"]]);
    expect(checkNamed(`The secret \`${name}\``, changes)?.found).toBe(`It is not set, but \`${alike}\` is.`);
  });

  it("is the one that your workflow gives to the input", () => {
    const text = MAIN_TEXT.replace("secrets.PATCHPILOT_STATE_KEY", "secrets.OUR_KEY");
    const workflows = answered([workflowFile("patchpilot.yml", text), REPAIR]);
    expect(faults({ ...set([...without(SECRETS, "PATCHPILOT_STATE_KEY"), "OUR_KEY"]), workflows })).toEqual(
      [],
    );
  });

  it("is the README's if there is no workflow yet", () => {
    const changes = { ...set(without(SECRETS, "SENTRY_TOKEN")), workflows: answered([]), schedules: [] };
    expect(faults(changes)).toEqual([
      ["Workflows", "missing"],
      ["The secret `SENTRY_TOKEN`", "missing"],
    ]);
  });

  it.each(["forbidden", "not-found"] as const)("is not seen if GitHub answers %s", (kind) => {
    const hidden: NameList = { kind: "secrets", place: "repository", names: refusal(kind) };
    expect(checkNamed(KEY, { names: [hidden, names("variables", ...VARIABLES)] })?.state).toBe("unseen");
  });

  it("that is set in one place is right although another is not seen", () => {
    const hidden: NameList = { kind: "secrets", place: "organization", names: refusal("not-found") };
    expect(checkNamed(KEY, { names: [names("secrets", ...SECRETS), hidden] })?.state).toBe("ok");
  });

  it("may be in an environment that an expression chooses", () => {
    const text = MAIN_TEXT.replace("    steps:", "    environment: ${{ vars.WHERE }}\n    steps:");
    const workflows = answered([workflowFile("patchpilot.yml", text), REPAIR]);
    expect(checkNamed(KEY, { ...set([]), workflows })?.state).toBe("unseen");
  });
});

describe("the model key", () => {
  const NONE = without(SECRETS, "ANTHROPIC_API_KEY");

  it("is missing if no vendor's key is set", () => {
    expect(faults(set(NONE))).toEqual([["Model key", "missing"]]);
  });

  it("of either vendor is enough", () => {
    expect(faults(set([...NONE, "OPENAI_API_KEY"]))).toEqual([]);
  });

  it("is not needed where nothing repairs", () => {
    expect(checkNamed("Model key", { ...set(NONE), workflows: answered([MAIN]) })).toBeUndefined();
  });

  it("is not seen if the secrets are not", () => {
    const hidden: NameList = { kind: "secrets", place: "repository", names: refusal("forbidden") };
    expect(checkNamed("Model key", { names: [hidden] })?.state).toBe("unseen");
  });
});

describe("other names", () => {
  it("of the README may be unset", () => {
    expect(checkNamed("Names that workflows read")?.state).toBe("ok");
  });

  it("that a workflow reads and nothing sets are to know", () => {
    const workflows = answered([readBy("${{ vars.OUR_REGION }}"), REPAIR]);
    expect(faults({ workflows })).toEqual([["Names that workflows read", "attention"]]);
  });

  it("that a workflow misspells are missing", () => {
    const workflows = answered([readBy("${{ vars.VERCEL_PROJEKT }}"), REPAIR]);
    expect(faults({ workflows })).toEqual([["Names that workflows read", "missing"]]);
    expect(checkNamed("Names that workflows read", { workflows })?.remedy).toContain("`VERCEL_PROJECT`");
  });

  it("leave out the token that every job has", () => {
    const workflows = answered([readBy("${{ secrets.GITHUB_TOKEN }}"), REPAIR]);
    expect(faults({ workflows })).toEqual([]);
  });

  it("of other workflows do not matter", () => {
    const other = workflowFile("ci.yml", 'jobs: { a: { env: { X: "${{ secrets.SENTRY_TOKN }}" } } }');
    expect(faults({ workflows: answered([MAIN, REPAIR, other]) })).toEqual([]);
  });

  it("that are set as the other kind are missing", () => {
    const workflows = answered([readBy("${{ secrets.VERCEL_TOKEN }}"), REPAIR]);
    expect(faults({ ...set(SECRETS, [...VARIABLES, "VERCEL_TOKEN"]), workflows })).toEqual([
      ["Secrets and variables mixed up", "missing"],
    ]);
  });

  it("that are set, read by nothing, and look like an unset one are to know", () => {
    expect(faults(set([...SECRETS, "VERCEL_TOKEN_ID"]))).toEqual([["Names that nothing reads", "attention"]]);
  });

  it("that another workflow reads are not misspelt", () => {
    const other = workflowFile("ci.yml", 'jobs: { a: { env: { X: "${{ secrets.VERCEL_TOKEN_ID }}" } } }');
    const workflows = answered([MAIN, REPAIR, other]);
    expect(faults({ ...set([...SECRETS, "VERCEL_TOKEN_ID"]), workflows })).toEqual([]);
  });

  it("that look like nothing known are yours", () => {
    expect(faults(set([...SECRETS, "DEPLOY_KEY"]))).toEqual([]);
  });
});
