import { readLabels } from "@patchpilot/conformance/worlds/scenario";
import { SHOP, type TestWorld } from "@patchpilot/conformance/worlds/world";
import { PHASES, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import type { SentrySimulator } from "@patchpilot/simulators";

/** What is in the services, one fact a line, without times, hashes and ids of runs. */
export type WorldState = readonly string[];

/** Texts that differ with the instant of the run, and what is put in their place. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\bmac=[0-9a-f]{32}/g, "mac=MAC"],
  [/\bseq=\d+/g, "seq=N"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC)?/g, "TIME"],
  [/\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/g, "HASH"],
  [/\b\d\d:\d\d(?: UTC)?\b/g, "TIME"],
  [/\b\d+(?:\.\d+)?[ -](?:seconds?|minutes?|hours?|days?)\b/g, "SOME TIME"],
  [/\b1[789]\d{11}\b/g, "TIME"],
  [/(?<=\bhours\\?":)\d+(?:\.\d+)?/g, "SOME TIME"],
  [/\b1\d{6}\b/g, "ID"],
  [/\b(?:before|after|later)-\d\b|"700"|\/700\b/g, "RUN"],
];

const normalise = (text: string): string =>
  CHANGING.reduce(
    (rest, [pattern, name]) => rest.replace(pattern, name),
    text.replace(/\bdata=([\w+/]+=*)/g, (_, data: string) => `data=${Buffer.from(data, "base64")}`),
  );

export function readState(test: TestWorld, sentry?: SentrySimulator): WorldState {
  const { issues, comments, git, labels, timeline, workflowStates } = test.world.repository(SHOP);
  const names = new Map(labels.list().map(({ id, name }) => [id, name]));
  // Two issues that PatchPilot opens may change places: their numbers say no more than which came first.
  const places = new Map(
    issues
      .list()
      .map(({ number, title, pull, author }) => [
        number,
        pull || author.login !== "github-actions[bot]" ? `#${number}` : `#opened ${title}`,
      ]),
  );
  const turns = timeline.list().filter(({ kind }) => kind === "closed" || kind === "reopened");
  return [
    ...issues.list().map(({ number, title, state, stateReason, body, labelIds, locked, pull }) => {
      const shown = labelIds.map((id) => names.get(id)).sort();
      const count = turns.filter(({ issueNumber }) => issueNumber === number).length;
      const of = pull && {
        head: pull.headRef,
        base: pull.baseRef,
        draft: pull.draft,
        merged: pull.mergedAt !== null,
      };
      return normalise(
        `${places.get(number)} ${JSON.stringify({ title, state, stateReason, shown, locked, turns: count, of, body })}`,
      );
    }),
    ...comments
      .list()
      .map(({ issueNumber, author, body }) =>
        normalise(`comment on ${places.get(issueNumber)} by ${author.login}: ${body}`),
      )
      .sort(),
    ...git.refs
      .list("refs/")
      .map(({ name, oid }) => `ref ${name} ${name.startsWith("refs/heads/") ? git.commit(oid)?.tree : ""}`),
    ...workflowStates.list().map(({ state }) => `a workflow is ${state}`),
    ...(sentry?.issues() ?? []).map(({ shortId, status }) => `Sentry ${shortId} is ${status}`),
  ];
}

/**
 * The same without words: of a record its phase and outcome, of a pull request neither text nor number. Evidence is frozen when an
 * incident is accepted, and a run that could not read a part of it has said so.
 */
export const withoutWords = (state: WorldState): WorldState =>
  state.map((line) => {
    const [, where] = /^(comment on #.+? by \S+:)/.exec(line) ?? [];
    const kind = /<!-- patchpilot:v\d+ kind=(\S+)/.exec(line)?.[1];
    if (where !== undefined && kind !== undefined)
      return [where, kind, ...(line.match(/"(?:phase|outcome)":"[^"]*"/g) ?? [])].join(" ");
    return /^#\d+ .*"of":\{/s.test(line)
      ? line.replace(/^#\d+/, "pull request").replace(/"body":".*$/s, "")
      : line;
  });

/** What counts where another attempt may take the place of this one: phases, and how many pull requests are open. */
export function readEnding(test: TestWorld): WorldState {
  const { issues, labels } = test.world.repository(SHOP);
  const umbrella = labels.list().find(({ name }) => name === UMBRELLA_LABEL)?.id;
  const incidents = issues.list().filter(({ labelIds, pull }) => !pull && labelIds.includes(umbrella ?? -1));
  const open = issues.list().filter(({ pull, state }) => pull && state === "open");
  return [
    ...incidents.map(
      ({ number, state }) => `#${number} is ${state}: ${readLabels(test, number).sort().join(", ")}`,
    ),
    `${open.length} pull requests are open`,
  ];
}

/** Labels of phases, of which an issue has one at most. */
const PHASE_LABELS = new Set(PHASES.map(phaseLabel));

/** What must never be there, whatever went wrong on the way. */
export function findAbsurdities(test: TestWorld): string[] {
  const { issues, comments, labels } = test.world.repository(SHOP);
  const names = new Map(labels.list().map(({ id, name }) => [id, name]));
  const records = comments.list().flatMap(({ issueNumber, body }) => {
    const kind = /<!-- patchpilot:v\d+ kind=(\S+)/.exec(body)?.[1];
    return kind === undefined ? [] : [`record ${kind} of #${issueNumber}`];
  });
  const opened = issues.list().filter(({ author }) => author.login === "github-actions[bot]");
  const pulls = opened.flatMap(({ pull, state }) =>
    pull && state === "open" ? [`pull request of ${pull.headRef}`] : [],
  );
  const own = opened.flatMap(({ pull, title, state }) =>
    !pull && state === "open" ? [`issue "${title}"`] : [],
  );
  const twoPhases = issues.list().flatMap(({ number, labelIds }) => {
    const shown = labelIds.map((id) => names.get(id) ?? "").filter((name) => PHASE_LABELS.has(name as never));
    return shown.length > 1 ? [`#${number} has the labels ${shown.join(" and ")}`] : [];
  });
  return [
    ...[...records, ...pulls, ...own].filter(isSecond).map((what) => `there are two of: ${what}`),
    ...twoPhases,
  ];
}

const isSecond = (what: string, index: number, all: readonly string[]): boolean => all.indexOf(what) < index;

/** Lines that only one of two states has; of two that begin alike, where they differ. */
export function compareStates(expected: WorldState, seen: WorldState): string[] {
  const unexpected = without(seen, expected);
  const missing = without(expected, seen).map((line) => {
    const at = unexpected.findIndex((other) => other.slice(0, ALIKE) === line.slice(0, ALIKE));
    const [other] = at < 0 ? [] : unexpected.splice(at, 1);
    return other === undefined ? `missing: ${shorten(line)}` : describeDifference(line, other);
  });
  return [...missing, ...unexpected.map((line) => `unexpected: ${shorten(line)}`)];
}

/** Characters after which a line is that of the same issue, comment or ref. */
const ALIKE = 40;
const SHOWN = 240;

function describeDifference(expected: string, seen: string): string {
  let first = 0;
  while (first < expected.length && expected[first] === seen[first]) first += 1;
  const from = Math.max(0, first - ALIKE);
  const show = (line: string): string => JSON.stringify(line.slice(from, from + SHOWN));
  return `${expected.slice(0, ALIKE)}… should be ${show(expected)} and is ${show(seen)}`;
}

function without(lines: WorldState, others: WorldState): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const shorten = (line: string): string => (line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line);
