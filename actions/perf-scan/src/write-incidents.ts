import { acceptEach, takeOpened } from "@patchpilot/acceptance";
import { inlineCode, titleText } from "@patchpilot/evidence";
import type { Incident } from "@patchpilot/incident";
import type { IncidentDraft } from "@patchpilot/ledger";
import type { PerfScanInputs } from "./contract.ts";
import { acceptBottleneck } from "./decide/accept.ts";
import { assessBottleneck, describeOperation } from "./decide/assess.ts";
import type { ScanStep } from "./decide/step.ts";
import type { ScanWindows } from "./decide/windows.ts";
import type { Bottleneck } from "./facts.ts";
import type { PerfScanPorts } from "./ports.ts";
import { investigateBottlenecks } from "./read/clues.ts";
import type { ScanChange } from "./report.ts";

export type AcceptingStep = Extract<ScanStep, { readonly do: "open" | "reopen" }>;
type Scene = {
  readonly inputs: PerfScanInputs;
  readonly ports: PerfScanPorts;
  readonly windows: ScanWindows;
  readonly now: Date;
  readonly gaps: readonly string[];
};
type Warn = (sentence: string) => void;

/** Accepts what is new or back: an issue for each that has none, then its record. */
export async function acceptAll(
  steps: readonly AcceptingStep[],
  { inputs, ports, windows, now, gaps }: Scene,
  warn: Warn,
): Promise<ScanChange[]> {
  const { secrets, spans } = ports;
  const subjects = await openIssues(steps, inputs, ports, warn);
  const findings = subjects.map(({ finding }) => finding);
  const found = await investigateBottlenecks(findings, ports, inputs["suspect-files"], warn);
  const investigated = subjects.flatMap((subject, index) => {
    const clues = found[index];
    return clues === undefined ? [] : [{ ...subject, clues }];
  });
  return acceptEach(
    investigated,
    ({ clues, finding, incident }): ScanChange => {
      const context = { clues, windows, inputs, secrets, queryOf: spans.queryOf };
      const assessment = assessBottleneck(finding, context);
      const change = acceptBottleneck({ finding, incident }, assessment, inputs, { now, gaps });
      return { finding, kind: "opened", change };
    },
    warn,
  );
}

async function openIssues(
  steps: readonly AcceptingStep[],
  inputs: PerfScanInputs,
  { incidents, secrets }: PerfScanPorts,
  warn: Warn,
): Promise<{ readonly finding: Bottleneck; readonly incident: Incident }[]> {
  const known = steps.flatMap(({ finding, incident }) =>
    incident === undefined ? [] : [{ finding, incident }],
  );
  const fresh = steps.flatMap(({ finding, incident }) => (incident === undefined ? [{ finding }] : []));
  if (fresh.length === 0) return known;
  const drafts = fresh.map(({ finding }) => draftSlowness(finding, inputs, secrets));
  return [...known, ...takeOpened(fresh, await incidents.open(drafts), warn)];
}

function draftSlowness(
  finding: Bottleneck,
  { environment }: PerfScanInputs,
  secrets: readonly string[],
): IncidentDraft {
  const name = describeOperation(finding, secrets);
  return {
    key: finding.key,
    title: titleText(`Slow: ${name}`),
    body: `Sentry's spans of ${inlineCode(environment)} show that ${inlineCode(name)} is slow. The first comment has the numbers and the evidence. It is kept up to date; this text is not.`,
  };
}
