import { describe, expect, it } from "vitest";
import type { Configuration } from "../read-inputs.ts";
import { readerOf } from "../testing/release.ts";
import { judgeFile } from "./judge-file.ts";

const judge = (file: Configuration, action = "dispatch") => judgeFile(file, readerOf(action));
const told = (file: Configuration, action = "dispatch") =>
  judge(file, action).faults.map(({ sentence }) => sentence);
const IN_FILE = "in .github/patchpilot.yml";

describe("at the top of the file", () => {
  it("an input counts for the actions that have it, and is passed over by the others", () => {
    const file = { "max-attempts": 2, "sentry-org": "acme", limit: null };
    expect(judge(file)).toEqual({ values: { "max-attempts": 2 }, faults: [] });
    expect(judge(file, "intake")).toEqual({ values: { "sentry-org": "acme", limit: null }, faults: [] });
  });

  it.each([
    ["autonmy", "it should be `autonomy`"],
    ["Autonomy", "it should be `autonomy`"],
    ["max_attempts", "it should be `max-attempts`"],
    ["lmit", "it should be `limit`"],
    ["labes", "it should be `labels`"],
    ["dispach", "it should be the section `dispatch`"],
    ["state-kye", "it should be `state-key`, a secret, under `with:`"],
    ["max-turn", "it should be `max-turns`, under the `with:` of repair"],
    ["repare", "it should be `repair`'s inputs under `with:`"],
  ])("%s is refused with the right name", (name, right) => {
    expect(told({ [name]: "x" })).toEqual([`\`${name}\` ${IN_FILE} is unknown: ${right}.`]);
  });

  it.each(["something-else", "__proto__", "constructor", "<<", "1"])("%s may be a newer action's", (name) => {
    const file = JSON.parse(`{${JSON.stringify(name)}: "x"}`) as Configuration;
    expect(told(file)).toEqual([
      `\`${name}\` ${IN_FILE} is unknown to dispatch 1.2.0; if a newer action knows it, put it into that action's section.`,
    ]);
  });

  it.each(["", " "])("a name of %j is none", (name) => {
    expect(told({ [name]: "x" })).toEqual(["A line in .github/patchpilot.yml has no name before its colon."]);
  });

  it("an input of an action that reads no file is refused with the way to set it", () => {
    expect(told({ "max-turns": 3 })).toEqual([
      `\`max-turns\` ${IN_FILE} has no effect; set it under the \`with:\` of \`repair\`, which reads no file.`,
    ]);
  });

  it("an input that another action only passes on to it is refused the same way", () => {
    const reader = readerOf("dispatch");
    const doctor = { readsFile: true, inputs: { "max-turns": "passed" } } as const;
    const release = { ...reader.release, doctor };
    const judged = (action: string) => judgeFile({ "max-turns": 3 }, { action, version: "1.2.0", release });
    for (const action of ["dispatch", "doctor"])
      expect(judged(action)).toEqual({
        values: {},
        faults: [
          {
            name: "max-turns",
            sentence: `\`max-turns\` ${IN_FILE} has no effect; set it under the \`with:\` of \`repair\`, which reads no file.`,
          },
        ],
      });
  });

  it.each(["state-key", "model-key"])("%s is refused as a secret and not repeated", (name) => {
    expect(told({ [name]: "hunter2-hunter2" })).toEqual([
      `\`${name}\` ${IN_FILE} is a secret and does not belong there; pass it under \`with:\`.`,
    ]);
  });

  it.each([{ a: 1 }, {}, [[1]], [{ a: 1 }]])("an input is not %j", (value) => {
    const fault = `\`limit\` ${IN_FILE} must be one value or a list of values.`;
    expect([told({ limit: value }), told({ limit: value }, "intake")]).toEqual([[fault], [fault]]);
  });

  it("a variable that nothing fills in is refused by every action", () => {
    const sentence = `\`sentry-org\` ${IN_FILE} has \`\${SENTRY_ORG}\`, which nothing fills in; write \`sentry-org: \${{ vars.SENTRY_ORG }}\` under \`with:\`.`;
    for (const action of ["intake", "dispatch"])
      expect(told({ "sentry-org": "${SENTRY_ORG}" }, action)).toEqual([sentence]);
    expect(told({ labels: ["a", "$LABEL"] })).toEqual([expect.stringContaining("${{ vars.LABEL }}")]);
  });

  it("a text of people may hold anything", () => {
    expect(told({ "health-body": "${ok}" })).toEqual([]);
  });

  it("every fault is told", () => {
    expect(told({ autonmy: 1, "state-key": 2, limit: {}, other: 3 })).toHaveLength(4);
  });
});

describe("a section", () => {
  it("counts for its action alone, and wins over the top", () => {
    const file = { limit: 50, intake: { limit: 5, "sentry-org": "acme" }, "perf-scan": { limit: 7 } };
    expect(judge(file, "intake")).toEqual({ values: { limit: 5, "sentry-org": "acme" }, faults: [] });
    expect(judge(file, "perf-scan")).toEqual({ values: { limit: 7 }, faults: [] });
    expect(judge(file, "dispatch")).toEqual({ values: {}, faults: [] });
  });

  it.each([null, {}])("may be empty: %j", (value) => {
    expect(judge({ dispatch: value, autonomy: "plan" })).toEqual({
      values: { autonomy: "plan" },
      faults: [],
    });
  });

  it.each(["observe", ["autonomy"], 1])("holds lines, not %j", (value) => {
    expect(told({ dispatch: value }, "intake")).toEqual([
      `\`dispatch\` ${IN_FILE} is an action: write its inputs below it, one \`name: value\` a line.`,
    ]);
  });

  it.each([
    ["autonmy", "it should be `autonomy`."],
    ["limit", "it is an input of `intake` and `perf-scan`."],
    ["whatever", "take it out, or use a release that has it."],
    ["constructor", "take it out, or use a release that has it."],
    ["dispatch", "take it out, or use a release that has it."],
  ])("of the action refuses %s", (name, remedy) => {
    expect(told({ dispatch: { [name]: "x" } })).toEqual([
      `\`${name}\` below \`dispatch:\` ${IN_FILE} is not an input of dispatch 1.2.0: ${remedy}`,
    ]);
  });

  it("of the action refuses secrets, nested values and variables as the top does", () => {
    expect(told({ dispatch: { "state-key": "k", autonomy: { a: 1 }, agent: "${AGENT}" } })).toEqual([
      expect.stringContaining("is a secret"),
      expect.stringContaining("must be one value or a list of values"),
      expect.stringContaining("${{ vars.AGENT }}"),
    ]);
  });

  it("of another action is left to that action", () => {
    expect(told({ dispatch: { autonmy: "observe", "state-key": "k", x: "${X}" } }, "intake")).toEqual([]);
  });

  it("of an action that reads no file has no effect", () => {
    expect(told({ repair: { "max-turns": 3 } })).toEqual([
      `\`repair\` ${IN_FILE} has no effect: repair reads no file. Set its inputs under \`with:\`.`,
    ]);
  });

  it.each([
    ["dispach", "the section `dispatch`"],
    ["Dispatch", "the section `dispatch`"],
    ["verify", "the section `verify-recovery`"],
    ["dispatching", "the section `dispatch`"],
    ["dispatcher", "the section `dispatch`"],
    ["recovery", "the section `verify-recovery`"],
    ["verify_recovery", "the section `verify-recovery`"],
    ["scan", "the section `perf-scan`"],
    ["perf", "the section `perf-scan`"],
    ["patchpilot/dispatch", "the section `dispatch`"],
    ["patchpilot/dispatch@v1", "the section `dispatch`"],
    ["patchpilot-verify-recovery", "the section `verify-recovery`"],
  ])("%s is refused with the right name", (name, right) => {
    expect(told({ [name]: { "max-attempts": 1 } })).toEqual([
      `\`${name}\` ${IN_FILE} is unknown: it should be ${right}.`,
    ]);
  });

  it.each(["settings", "with", "inputs", "patchpilot", "Config"])(
    "%s is no action, whatever it holds",
    (name) => {
      expect(told({ [name]: { stop: true } })).toEqual([
        `\`${name}\` ${IN_FILE} is not an action: write its lines at the top of the file, or below the name of an action.`,
      ]);
    },
  );

  it("of an unknown action is passed over", () => {
    expect(judge({ triage: { "max-turns": 1, "rate-per-day": 3, nested: { a: 1 } } })).toEqual({
      values: {},
      faults: [],
    });
  });

  it.each([
    ["autonomy", "write that at the top of the file, or below `dispatch:`."],
    ["autonmy", "write that at the top of the file, or below `dispatch:`."],
    ["dispatch", "write that at the top of the file."],
  ])("of an unknown action must not hide %s, which would be ignored there", (key, remedy) => {
    expect(told({ triage: { [key]: "x" } }, "intake")).toEqual([
      `\`triage\` ${IN_FILE} is not an action that intake 1.2.0 knows, and has \`${key}\`: ${remedy} If \`triage\` is a newer action, set \`${key}\` under its \`with:\`.`,
    ]);
  });
});
