import type { Line, Outcome } from "@patchpilot/action-kit";
import { writeSummary } from "@patchpilot/action-kit/contract";
import { countThings, inertSentence, inlineCode, tableCell } from "@patchpilot/evidence";
import { type RepairBaseline, type RepairResult, SANDBOX_TITLES } from "@patchpilot/incident";
import type { contract } from "./contract.ts";

/** Where the products of a step lie; `patch` is undefined where there is none. */
export type Saved = { readonly patch: string | undefined; readonly result: string };

/** Outputs, log and summary of a step. A step that came to nothing fails its job. */
export function report(result: RepairResult, saved: Saved): Outcome<typeof contract> {
  const { changesTests, refusedAddresses: refused } = result;
  const bad = result.result === "failed" || result.result === "refused";
  const say = (level: Line["level"], text: string | undefined): Line[] =>
    text === undefined ? [] : [{ level, text }];
  const tested =
    changesTests.length > 0 ? `The patch changes how it is tested: ${changesTests.join(", ")}.` : undefined;
  const lines: Line[] = [
    ...say("warning", result.noWall),
    ...say("warning", result.needsDocker),
    ...say("notice", refused && describeRefusals(refused)),
    ...result.notes.flatMap((text) => say("notice", text)),
    ...say("warning", tested),
    ...(bad ? [] : say(result.result === "patch" ? "info" : "notice", result.reason)),
  ];
  return {
    outputs: {
      result: result.result,
      patch: saved.patch ?? "",
      "patch-sha256": saved.patch === undefined ? "" : (result.patch?.sha256 ?? ""),
      sandbox: result.sandbox ?? "",
      "result-file": saved.result,
    },
    lines,
    summary: summarise(result),
    ...(bad ? { failure: result.reason } : {}),
  };
}

const describeRefusals = (addresses: readonly string[]): string =>
  `The network refused ${addresses.join(", ")}. Name what setup needs in \`registries\` and let it fetch what tests need; name ports of this machine in \`services\`; \`agent-network: registries\` lets the agent ask what setup may.`;

function summarise(result: RepairResult): string {
  const rows = [
    ...(result.proof === undefined ? [] : [["Proof", `${result.proof.level}: ${result.proof.reason}`]]),
    ...(result.patch
      ? [
          [
            "Patch",
            `${countThings(result.patch.files.length, "file")}, ${countThings(result.patch.bytes, "byte")}`,
          ],
        ]
      : []),
    ...result.checks.map(({ name, command, outcome, seconds }) => [
      name,
      `${command}: ${outcome}, ${seconds} s`,
    ]),
    ...(result.baseline === undefined ? [] : [["Compared with the base", describeBaseline(result.baseline)]]),
    ...(result.sandbox === undefined
      ? []
      : [["Sandbox", SANDBOX_TITLES.get(result.sandbox) ?? result.sandbox]]),
    ...(result.refusedAddresses === undefined
      ? []
      : [["Refused by the network", result.refusedAddresses.join(", ")]]),
    ...(result.calls.length > 0 ? [["Agent", describeAgent(result)]] : []),
  ];
  const { tests = [], parts = [], flaky = [] } = result.proof ?? {};
  const table = rows.map(([name = "", text = ""]) => [name, tableCell(text, 400)]);
  return [
    writeSummary(STEPS[result.step] ?? "Repair", inertSentence(result.reason), {
      head: ["Part", "Found"],
      rows: table,
    }),
    ...listSection("Red on the base, and green on the patch:", tests.map(describeTest)),
    ...listSection(
      "Parts of the change, taken back alone:",
      parts.map(({ place, need }) => `${NEEDS[need]}: ${inlineCode(place)}`),
    ),
    ...listSection("Flaky:", flaky.map(inlineCode)),
    ...listSection("The patch changes how it is tested:", result.changesTests.map(inlineCode)),
  ].join("\n");
}

const STEPS: Readonly<Record<string, string>> = { work: "Repair", verify: "Verify" };

/** `1 call, 12 turns, $0.31`, without what the agent does not say. */
const describeAgent = ({ calls, turns, costUsd }: RepairResult): string =>
  [
    countThings(calls.length, "call"),
    ...(turns === null ? [] : [countThings(turns, "turn")]),
    ...(costUsd === null ? [] : [`$${costUsd.toFixed(2)}`]),
  ].join(", ");

const listSection = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [title, "", ...items.map((item) => `- ${item}`), ""];

const NEEDS = {
  needed: "needed",
  "not-needed": "not needed by the tests",
  "not-tried": "not tried",
} as const;

const REDNESS: Readonly<Record<string, string>> = {
  production: "by production's own exception",
  assertion: "by what it expects",
  "changed-code": "by an exception of the code that changes",
  nothing: "for another reason",
};

const describeTest = ({ name, red, types }: NonNullable<RepairResult["proof"]>["tests"][number]): string =>
  `${inlineCode(name)}, ${REDNESS[red] ?? red}${types.length === 0 ? "" : ` (${inlineCode(types.join(", "))})`}`;

function describeBaseline(baseline: RepairBaseline): string {
  const { source, exitCode, redOnBaseCount, newlyRed, newlyGreen, flaky, vanishedCount } = baseline;
  if (source === "exit-code")
    return `the base's tests ended with ${exitCode ?? "a signal"}; no test is known by name`;
  return [
    `${redOnBaseCount ?? "unknown how many"} red on both`,
    `${newlyRed.length} newly red`,
    `${newlyGreen.length} newly green`,
    `${flaky.length} flaky`,
    `${vanishedCount} no longer run (${source})`,
  ].join(", ");
}
