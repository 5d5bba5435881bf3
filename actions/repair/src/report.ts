import type { Line, Outcome } from "@patchpilot/action-kit";
import { inlineCode, tableCell } from "@patchpilot/evidence";
import { type RepairResult, SANDBOX_TITLES } from "@patchpilot/incident";
import type { contract } from "./contract.ts";

/** Where the products of a step lie; `patch` is undefined where there is none. */
export type Saved = { readonly patch: string | undefined; readonly result: string };

/** Outputs, log and summary of a step. A step that came to nothing fails its job. */
export function report(result: RepairResult, saved: Saved): Outcome<typeof contract> {
  const bad = result.result === "failed" || result.result === "refused";
  const lines: Line[] = [
    ...[result.noWall, result.needsDocker].flatMap((text) =>
      text === undefined ? [] : [{ level: "warning", text } as const],
    ),
    ...(result.refusedAddresses === undefined
      ? []
      : [{ level: "notice", text: describeRefusals(result.refusedAddresses) } as const]),
    ...result.notes.map((text): Line => ({ level: "notice", text })),
    ...(result.changesTests.length > 0
      ? [
          {
            level: "warning",
            text: `The patch changes how it is tested: ${result.changesTests.join(", ")}.`,
          } as const,
        ]
      : []),
    ...(bad ? [] : [{ level: result.result === "patch" ? "info" : "notice", text: result.reason } as const]),
  ];
  return {
    outputs: {
      result: result.result,
      patch: saved.patch ?? "",
      "patch-sha256": saved.patch === undefined ? "" : (result.patch?.sha256 ?? ""),
      "result-file": saved.result,
    },
    lines,
    summary: writeSummary(result),
    ...(bad ? { failure: result.reason } : {}),
  };
}

const describeRefusals = (addresses: readonly string[]): string =>
  `The network refused ${addresses.join(", ")}. Name what setup needs in \`registries\` and let it fetch what tests need; name ports of this machine in \`services\`; \`agent-network: registries\` lets the agent ask what setup may.`;

function writeSummary(result: RepairResult): string {
  const cost = result.costUsd === null ? "unknown" : `$${result.costUsd.toFixed(2)}`;
  const rows = [
    ["Result", `${result.result}: ${result.reason}`],
    ...(result.patch ? [["Patch", `${result.patch.files.length} files, ${result.patch.bytes} bytes`]] : []),
    ...result.checks.map(({ name, command, outcome, seconds }) => [
      name,
      `${command}: ${outcome}, ${seconds} s`,
    ]),
    ...(result.sandbox === undefined
      ? []
      : [["Sandbox", SANDBOX_TITLES.get(result.sandbox) ?? result.sandbox]]),
    ...(result.refusedAddresses === undefined
      ? []
      : [["Refused by the network", result.refusedAddresses.join(", ")]]),
    ...(result.calls.length > 0
      ? [["Agent", `${result.calls.length} calls, ${result.turns ?? "unknown"} turns, cost ${cost}`]]
      : []),
  ];
  return [
    `### Repair: ${result.step}`,
    "",
    "| | |",
    "| --- | --- |",
    ...rows.map(([name = "", text = ""]) => `| ${name} | ${tableCell(text, 400)} |`),
    "",
    ...(result.changesTests.length > 0
      ? [
          "The patch changes how it is tested:",
          "",
          ...result.changesTests.map((path) => `- ${inlineCode(path)}`),
          "",
        ]
      : []),
  ].join("\n");
}
