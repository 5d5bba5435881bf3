import type { Line, Outcome } from "@patchpilot/action-kit";
import { type IncidentSummary, isStopped } from "@patchpilot/action-kit/contract";
import { readBranchHead } from "@patchpilot/github";
import { type AttemptOutcome, foldIncident, type Incident } from "@patchpilot/incident";
import { type Applied, applyChanges, type Change, type RecordWrite } from "@patchpilot/ledger";
import { allot, budgetLeft } from "./budget.ts";
import { type Choice, choose } from "./choose.ts";
import type { contract, SkipReason } from "./contract.ts";
import type { Settings } from "./facts.ts";
import { attemptText, dispatchText, skipLine } from "./message.ts";
import { type Opened, openAttempts, type Site } from "./open-attempts.ts";
import type { Inputs, Ports } from "./ports.ts";
import { type Reading, readAll } from "./read-facts.ts";
import { attemptRecord, dispatchRecord } from "./records.ts";
import { settle } from "./settle.ts";
import { type GateHome, type Settled, settleAll } from "./settle-all.ts";

type Result = Outcome<typeof contract>;

/** Settles what is in flight, then hands accepted incidents to a worker, each attempt once. */
export async function run(inputs: Inputs, ports: Ports): Promise<Result> {
  if (inputs.redispatch && inputs.issues === "auto")
    return refused("`redispatch: true` needs `issues` to name the incidents; it refuses `auto`.");
  if (inputs.issues !== "auto" && inputs.issues.length === 0) return nothingAsked();
  const attemptMs = inputs["attempt-hours"] * 3_600_000;
  const reading = await readAll(inputs, ports, attemptMs);
  const settings = settingsOf(inputs, ports, reading.now, attemptMs);
  const readOnly = isStopped(inputs.stop) || inputs["dry-run"];

  const settled = readOnly
    ? reading.facts.map((facts): Settled => ({ facts, settlement: settle(facts, settings) }))
    : await settleAll(reading, ports, settings, () => gateHome(reading, ports));
  const { openings, choices } = decide(settled, reading, inputs, settings);
  if (readOnly) return plan(settled, choices, inputs);

  const opened = await openAttempts(openings, inputs, ports, settings, siteOf(reading, inputs, ports));
  const applied = await applyChanges(
    ports.github,
    reading.ledger,
    changesOf(settled, choices, opened, reading, inputs, settings, ports),
  );
  return report(settled, choices, opened, applied);
}

function settingsOf(inputs: Inputs, ports: Ports, now: number, attemptMs: number): Settings {
  return {
    now,
    run: ports.run.id,
    runAttempt: ports.run.attempt,
    maxAttempts: inputs["max-attempts"],
    leaseMs: inputs["lease-minutes"] * 60_000,
    startMs: inputs["start-minutes"] * 60_000,
    attemptMs,
    minSeverity: inputs["min-severity"],
    minConfidence: inputs["min-confidence"],
    autonomy: inputs.autonomy,
    redispatch: inputs.redispatch,
  };
}

function decide(settled: readonly Settled[], reading: Reading, inputs: Inputs, settings: Settings) {
  const chosen = settled.map((entry) => ({
    settled: entry,
    choice: choose(entry.facts, entry.settlement, settings),
  }));
  const spent = reading.ledger.dispatchFacts ?? { inFlight: 0, recentClaims: [] };
  const freed = settled.filter(
    ({ facts, settlement }) => settlement.kind === "settled" && isCounted(facts.incident),
  ).length;
  const limits = {
    maxOpen: inputs["max-open-prs"],
    maxPerHour: inputs["max-dispatches-per-hour"],
    now: settings.now,
  };
  return allot(chosen, budgetLeft(limits, { ...spent, inFlight: spent.inFlight - freed }));
}

const isCounted = ({ issue }: Incident): boolean =>
  issue.labels.includes("patchpilot:working") || issue.labels.includes("patchpilot:proposed");

async function gateHome(reading: Reading, ports: Ports): Promise<GateHome> {
  const head = reading.ledger.dispatchFacts?.head;
  if (ports.sameRepository && head) return { nodeId: reading.ledger.repository.id, base: head };
  const target = await readBranchHead(ports.target, ports.targetRepository);
  return { nodeId: target.repositoryNodeId, base: target };
}

function siteOf(reading: Reading, inputs: Inputs, ports: Ports): Site {
  const { repository, dispatchFacts } = reading.ledger;
  const base = dispatchFacts?.head;
  if (base === undefined)
    throw new Error(
      `${repository.nameWithOwner} has no default branch that the token may read: claims need \`contents: write\` and one commit.`,
    );
  return {
    repositoryNodeId: repository.id,
    repositoryId: repository.databaseId,
    repository: `${ports.repository.owner}/${ports.repository.repo}`,
    base,
    branch: inputs.ref ?? base.branch,
  };
}

function changesOf(
  settled: readonly Settled[],
  choices: ReadonlyMap<Settled, Choice>,
  opened: readonly Opened[],
  reading: Reading,
  inputs: Inputs,
  settings: Settings,
  ports: Ports,
): Change[] {
  const runUrl = (id: string) => `${runHome(reading, ports)}/actions/runs/${id}`;
  const context = { settings, agent: inputs.agent, repositoryId: reading.ledger.repository.databaseId };
  return settled.flatMap((entry): Change[] => {
    const { incident } = entry.facts;
    if (incident.phase === undefined) return [];
    const dispatched = opened.find((each) => each.kind === "dispatched" && each.facts.incident === incident);
    const facts = dispatched?.facts ?? entry.facts;
    const settlement = dispatched ? settle(facts, settings) : entry.settlement;
    const attempt = attemptRecord(facts, settlement, context);
    const choice = choices.get(entry);
    const barred = choice ? dispatchRecord(facts, choice, settings) : undefined;
    const records: RecordWrite[] = [
      ...previousAttempt(entry, dispatched, context, runUrl),
      ...(attempt
        ? [{ kind: `attempt/${attempt.attempt}` as const, text: attemptText(attempt, runUrl), data: attempt }]
        : []),
      ...(barred ? [{ kind: "dispatch" as const, text: dispatchText(barred), data: barred }] : []),
    ];
    return [{ incident, records, phase: phaseAfter(incident, records) }];
  });
}

/** An attempt that ended in the same run in which the next one began keeps its own record. */
function previousAttempt(
  entry: Settled,
  dispatched: Opened | undefined,
  context: Parameters<typeof attemptRecord>[2],
  runUrl: (id: string) => string,
): RecordWrite[] {
  const last = entry.facts.claims.at(-1)?.attempt;
  if (dispatched?.kind !== "dispatched" || last === undefined || last === dispatched.attempt) return [];
  const record = attemptRecord(entry.facts, entry.settlement, context);
  return record ? [{ kind: `attempt/${last}`, text: attemptText(record, runUrl), data: record }] : [];
}

/** The phase that the issue has once these records are written. */
function phaseAfter(incident: Incident, writes: readonly RecordWrite[]): Incident["phase"] {
  const attempts = new Map(incident.records.attempts);
  let dispatch = incident.records.dispatch;
  for (const write of writes) {
    const stored = { data: write.data as never, seq: 0, commentId: "", body: "" };
    if (write.kind === "dispatch") dispatch = stored;
    else attempts.set(Number(write.kind.split("/")[1]), stored);
  }
  return foldIncident(incident.issue, { ...incident.records, attempts, ...(dispatch ? { dispatch } : {}) })
    .phase;
}

const runHome = (reading: Reading, ports: Ports): string =>
  ports.sameRepository
    ? reading.ledger.repository.url
    : reading.ledger.repository.url.replace(
        /[^/]+\/[^/]+$/,
        `${ports.targetRepository.owner}/${ports.targetRepository.repo}`,
      );

type Skip = { readonly issue: number; readonly reason: SkipReason; readonly detail: string };

function skipsOf(choices: ReadonlyMap<Settled, Choice>, opened: readonly Opened[]): Skip[] {
  const chosen = [...choices].flatMap(([{ facts }, choice]) =>
    choice.kind === "skip"
      ? [{ issue: facts.incident.issue.number, reason: choice.reason, detail: choice.detail }]
      : [],
  );
  const failed = opened.flatMap((each) =>
    each.kind === "skipped"
      ? [{ issue: each.facts.incident.issue.number, reason: each.reason, detail: each.detail }]
      : [],
  );
  return [...chosen, ...failed];
}

function report(
  settled: readonly Settled[],
  choices: ReadonlyMap<Settled, Choice>,
  opened: readonly Opened[],
  applied: readonly Applied[],
): Result {
  const dispatched = opened.flatMap((each) =>
    each.kind === "dispatched"
      ? [{ issue: each.facts.incident.issue.number, attempt: each.attempt, key: each.key, runId: each.runId }]
      : [],
  );
  const outcomes = settled.flatMap(({ facts, settlement }) => {
    const attempt = facts.claims.at(-1)?.attempt;
    const news =
      settlement.kind === "settled" &&
      facts.incident.records.attempts.get(attempt ?? 0)?.data.outcome === undefined;
    return news && attempt !== undefined && settlement.kind === "settled"
      ? [{ issue: facts.incident.issue.number, attempt, outcome: settlement.outcome }]
      : [];
  });
  const skipped = skipsOf(choices, opened);
  const lines: Line[] = [
    ...dispatched.map(
      (each): Line => ({
        level: "notice",
        text: `#${each.issue}: repair attempt ${each.attempt} dispatched (${each.key}).`,
      }),
    ),
    ...outcomes.map(
      (each): Line => ({
        level: "info",
        text: `#${each.issue}: attempt ${each.attempt} ended: ${each.outcome}.`,
      }),
    ),
    ...skipped.map((each) => skipLine(each.issue, each.reason, each.detail)),
    ...applied.flatMap((each) => each.problems.map((text): Line => ({ level: "warning", text }))),
  ];
  return {
    outputs: outputsOf(settled, dispatched, outcomes, skipped),
    lines,
    summary: summaryOf(dispatched, outcomes, skipped),
    ...failureOf(dispatched, skipped),
  };
}

/** Red only where every dispatch that was tried was refused: then nothing could be done. */
function failureOf(dispatched: readonly unknown[], skipped: readonly Skip[]): { failure?: string } {
  const refusals = skipped.filter(
    ({ reason }) => reason === "dispatch-refused" || reason === "claim-refused",
  );
  const [first] = refusals;
  return dispatched.length === 0 && first !== undefined && refusals.length === skipped.length
    ? { failure: `Nothing was dispatched. ${first.detail}` }
    : {};
}

function outputsOf(
  settled: readonly Settled[],
  dispatched: Result["outputs"]["dispatched"],
  outcomes: { issue: number; attempt: number; outcome: AttemptOutcome }[],
  skipped: Skip[],
): Result["outputs"] {
  return {
    issues: dispatched.map(({ issue }) => issue),
    incidents: settled.flatMap(({ facts }) => summaryOfIncident(facts.incident)),
    count: dispatched.length,
    dispatched,
    settled: outcomes,
    skipped,
  };
}

function summaryOfIncident({ issue, records, phase }: Incident): IncidentSummary[] {
  const record = records.incident?.data;
  if (record === undefined || phase === undefined) return [];
  const { key, kind, title, severity } = record;
  return [{ issue: issue.number, key, kind, title, severity, phase, url: issue.url }];
}

function summaryOf(
  dispatched: Result["outputs"]["dispatched"],
  outcomes: readonly { issue: number; attempt: number; outcome: string }[],
  skipped: readonly Skip[],
): string {
  if (dispatched.length + outcomes.length + skipped.length === 0) return "";
  const rows = [
    ...dispatched.map((each) => `| #${each.issue} | attempt ${each.attempt} dispatched | \`${each.key}\` |`),
    ...outcomes.map((each) => `| #${each.issue} | attempt ${each.attempt} ended | ${each.outcome} |`),
    ...skipped.map((each) => `| #${each.issue} | ${each.reason} | ${each.detail.replace(/[|\n]/g, " ")} |`),
  ];
  return ["### Dispatch", "", "| Issue | What | Detail |", "|---|---|---|", ...rows].join("\n");
}

function plan(settled: readonly Settled[], choices: ReadonlyMap<Settled, Choice>, inputs: Inputs): Result {
  const why = isStopped(inputs.stop)
    ? "`stop` is set: this run is read-only."
    : "`dry-run`: nothing is written.";
  const planned = [...choices].flatMap(([{ facts }, choice]): Line[] =>
    choice.kind === "skip"
      ? []
      : [
          {
            level: "info",
            text: `#${facts.incident.issue.number}: attempt ${choice.attempt} would be dispatched.`,
          },
        ],
  );
  const closings = settled.flatMap(({ facts, settlement }): Line[] =>
    settlement.kind === "close"
      ? [
          {
            level: "info",
            text: `#${facts.incident.issue.number}: its attempt would be settled as ${settlement.outcome}.`,
          },
        ]
      : [],
  );
  const stopped: Skip[] = [...choices].map(([{ facts }, choice]) =>
    choice.kind === "skip"
      ? { issue: facts.incident.issue.number, reason: choice.reason, detail: choice.detail }
      : { issue: facts.incident.issue.number, reason: "stopped", detail: why },
  );
  const lines: Line[] = [
    { level: "notice", text: why },
    ...closings,
    ...planned,
    ...stopped.map((each) => skipLine(each.issue, each.reason, each.detail)),
  ];
  return { outputs: outputsOf(settled, [], [], stopped), lines, summary: "" };
}

const empty: Result["outputs"] = {
  issues: [],
  incidents: [],
  count: 0,
  dispatched: [],
  settled: [],
  skipped: [],
};

const nothingAsked = (): Result => ({
  outputs: empty,
  lines: [{ level: "notice", text: "`issues` is empty, so there is nothing to dispatch." }],
  summary: "",
});

const refused = (failure: string): Result => ({ outputs: empty, lines: [], summary: "", failure });
