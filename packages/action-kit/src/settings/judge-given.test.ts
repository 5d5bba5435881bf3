import { expect, it } from "vitest";
import { readerOf } from "../testing/release.ts";
import { judgeGiven } from "./judge-given.ts";

const told = (variables: Record<string, string>, action = "dispatch") =>
  judgeGiven(variables, readerOf(action)).map(({ sentence }) => sentence);

it("the action's own inputs are right, given or empty", () => {
  expect(told({ INPUT_AUTONOMY: "observe", "INPUT_MAX-ATTEMPTS": "", GITHUB_REF: "${X}" })).toEqual([]);
});

it.each([
  ["INPUT_AUTONMY", "`autonmy`", "`autonomy`"],
  ["INPUT_MAX_ATTEMPTS", "`max_attempts`", "`max-attempts`"],
  ["INPUT_AUTONMY", "`autonmy`", "`autonomy`", ""],
])("%s is refused with the right name", (variable, written, right, value = "observe") => {
  expect(told({ [variable]: value })).toEqual([
    `${written} under \`with:\` is not an input of dispatch 1.2.0: it should be ${right}.`,
  ]);
});

it("an input of other actions is refused with their names", () => {
  expect(told({ "INPUT_SENTRY-ORG": "acme", "INPUT_MAX-TURNS": "3" })).toEqual([
    expect.stringContaining("it is an input of `intake` and `verify-recovery`."),
    expect.stringContaining("it is an input of `repair`."),
  ]);
});

it("any other is refused with the place where inputs are listed, and a way out for variables", () => {
  expect(told({ INPUT_WHATEVER: "1" })).toEqual([
    "`whatever` under `with:` is not an input of dispatch 1.2.0: see the inputs in the README of dispatch. If INPUT_WHATEVER is a variable under `env:`, give it a name without INPUT_.",
  ]);
});

it.each([
  ["${ORG}", "${ORG}", "${{ vars.ORG }}"],
  ["https://${HOST}/x", "${HOST}", "${{ vars.HOST }}"],
  ["$ORG", "$ORG", "${{ vars.ORG }}"],
  ["web, $ORG", "$ORG", "${{ vars.ORG }}"],
  ["web\n$ORG\n", "$ORG", "${{ vars.ORG }}"],
  ["a, ${{ fromJSON('[1,2]') }}", "${{ fromJSON('[1,2]') }}", "${{ fromJSON('[1,2]') }}"],
  ["a-${ORG", "${ORG", "${{ vars.ORG }}"],
  ["${ORG:-acme}", "${ORG:-acme}", "${{ vars.ORG }}"],
  ["${RUNNER_TEMP}/x", "${RUNNER_TEMP}", "${{ runner.temp }}"],
  ["$GITHUB_REF_NAME", "$GITHUB_REF_NAME", "${{ github.ref_name }}"],
  ["${}", "${}", "${{ vars.SENTRY_ORG }}"],
  ["${{ vars.ORG }}", "${{ vars.ORG }}", "${{ vars.ORG }}"],
])("the value %j is refused with the way to fill it in", (value, placeholder, expression) => {
  expect(told({ "INPUT_SENTRY-ORG": value }, "intake")).toEqual([
    `\`sentry-org\` under \`with:\` has \`${placeholder}\`, which nothing fills in; write \`sentry-org: ${expression}\` under \`with:\`.`,
  ]);
});

it.each(["$pageview", "US$ 5", "a$", "$1", "$(date)", "{{ x }}"])(
  "the value %j is nobody's variable",
  (value) => {
    expect(told({ "INPUT_SENTRY-ORG": value }, "intake")).toEqual([]);
  },
);

it("commands, texts of people and secrets may hold anything, and a secret is never shown", () => {
  expect(told({ INPUT_COMMAND: "npm test -- ${PKG}", "INPUT_MODEL-KEY": "${secret}" }, "repair")).toEqual([]);
  expect(told({ "INPUT_STATE-KYE": "hunter2-hunter2" }).join()).not.toContain("hunter2");
});
