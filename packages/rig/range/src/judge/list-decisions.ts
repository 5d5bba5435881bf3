import { SHOP } from "@patchpilot/conformance/worlds/world";
import type { RunRecord } from "@patchpilot/runner";
import { isPull } from "@patchpilot/simulators/github";
import type { RangeWorld } from "../world/open-range-world.ts";

/** Everything that somebody decided about an event, without the words that tell it and without what the model wrote. */
export type Decisions = Readonly<Record<string, unknown>>;

export function listDecisions({ test, runner }: Pick<RangeWorld, "test" | "runner">): Decisions {
  const repository = test.world.repository(SHOP);
  const labels = new Map(repository.labels.list().map(({ id, name }) => [id, name]));
  const all = repository.issues.list();
  return {
    issues: all.map(({ state, labelIds, stateReason }) => ({
      ...{ state, stateReason },
      labels: labelIds.map((id) => labels.get(id)).sort(),
    })),
    pulls: all.filter(isPull).map(({ pull }) => ({
      ...{ draft: pull.draft, base: pull.baseRef, head: pull.headRef, merged: pull.mergedAt },
      reviewers: pull.reviewers.map(({ login }) => login),
    })),
    records: repository.comments.list().flatMap(({ body }) => readRecord(body)),
    refs: repository.git.refs.list("refs/").map(({ name }) => name),
    runs: runner.runs.flatMap(listSteps),
    outputs: runner.runs.flatMap(listOutputs),
  };
}

/** What decides in a record; its ids, times and words are each world's own. */
const DECIDING = [
  ...["phase", "severity", "confidence", "category", "attempt", "outcome", "verdict", "autonomy"],
  ...["turn", "reason", "next", "needs", "waits", "kind"],
];

function readRecord(body: string): object[] {
  const [, kind, data] = /<!-- patchpilot:v1 kind=(\S+) .*data=(\S+) -->\s*$/.exec(body) ?? [];
  if (kind === undefined || data === undefined) return [];
  const record = JSON.parse(Buffer.from(data, "base64url").toString("utf8")) as Record<string, unknown>;
  // The wall is named in what was proven behind it, and the control has none.
  const { level } = (record["proof"] ?? {}) as { readonly level?: string };
  return [{ record: kind, ...Object.fromEntries(DECIDING.map((name) => [name, record[name]])), level }];
}

/** Steps with how they ended, and how often they warned. */
const listSteps = ({ workflow, event, conclusion, jobs }: RunRecord): string[] => [
  `${workflow.file} ${event} ${conclusion}`,
  ...jobs.flatMap(({ key, steps }) =>
    steps.map(({ name, conclusion: ended, annotations }) => {
      const levels = annotations.map(({ level }) => level).filter((level) => level !== "notice");
      return [key, name, ended, ...levels].join(" ");
    }),
  ),
];

/** Outputs that decide what comes next. */
const listOutputs = ({ jobs }: RunRecord): string[] =>
  jobs.flatMap(({ key, steps }) =>
    steps.flatMap(({ id, outputs }) =>
      ["proceed", "result", "verdict", "accepted", "dispatched"].flatMap((name) =>
        outputs[name] === undefined ? [] : [`${key} ${id} ${name}=${outputs[name]}`],
      ),
    ),
  );

/** Where two worlds decided otherwise. */
export const compareDecisions = (twin: Decisions, hostile: Decisions): string[] =>
  Object.keys(twin).flatMap((what) => {
    const [one, other] = [twin[what], hostile[what]].map((value) => JSON.stringify(value));
    return one === other ? [] : [`${what}: ${firstDifference(one ?? "", other ?? "")}`];
  });

function firstDifference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `…${one.slice(from, at + 120)}… became …${other.slice(from, at + 120)}…`;
}
