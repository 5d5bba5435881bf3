import { type Asked, attention, type Check, type CheckSubject, fine, missing, unseen } from "../check.ts";
import { listNames } from "../words.ts";
import type { DeskFacts } from "./facts.ts";
import { type Audience, judgeHidden } from "./judge-hidden.ts";
import {
  findLikeness,
  findName,
  isSwapped,
  KNOWN_READS,
  listOurs,
  listOwnNames,
  mayBeElsewhere,
} from "./names-set.ts";
import type { NameRead } from "./parse-workflow.ts";

const UNSET: CheckSubject = { name: "Names that workflows read", settings: [] };
const SWAPPED: CheckSubject = { name: "Secrets and variables mixed up", settings: [] };
const UNREAD: CheckSubject = { name: "Names that nothing reads", settings: [] };

/** Every job has it without anyone setting it. */
const BUILT_IN = "GITHUB_TOKEN";

/**
 * Judges the names that the loop can do without, and those that something else is wrong with.
 * @param judged names that have a check already
 */
export function judgeStrayNames(
  judged: readonly NameRead[],
  facts: DeskFacts,
  audience: Audience,
): readonly Check[] {
  const ours = listOurs(facts);
  const isJudged = isAmong(judged);
  const all = ours.length > 0 ? ours.flatMap(({ reads }) => reads) : KNOWN_READS;
  const reads = all.filter((read) => read.name !== BUILT_IN && !isJudged(read));
  const swapped = reads.filter(
    (read) => findName(facts.names, read).state !== "set" && isSwapped(facts.names, read),
  );
  return [
    ...judgeUnset(
      reads.filter((read) => !swapped.includes(read)),
      facts,
      audience,
    ),
    ...judgeSwapped(swapped, facts),
    ...judgeUnread(judged, facts),
  ];
}

const isAmong =
  (reads: readonly NameRead[]) =>
  ({ kind, name }: NameRead): boolean =>
    reads.some((read) => read.kind === kind && read.name === name);

const askedForNames = ({ names }: DeskFacts): readonly string[] => [
  ...new Set(names.flatMap((list) => list.names.asked)),
];

const nameAll = (reads: readonly NameRead[]): string =>
  listNames([...new Set(reads.map(({ kind, name }) => `${kind === "secrets" ? kind : "vars"}.${name}`))]);

/** What workflows read and nobody set is empty there. For the names of the README that is a choice. */
function judgeUnset(reads: readonly NameRead[], facts: DeskFacts, audience: Audience): readonly Check[] {
  if (listOurs(facts).length === 0) return [];
  const states = reads.map((read) => ({ ...findName(facts.names, read), read }));
  const isKnown = isAmong(KNOWN_READS);
  const unset = states.flatMap(({ state, read }) => (state === "absent" && !isKnown(read) ? [read] : []));
  const asked = askedForNames(facts);
  const misspelt = unset.filter((read) => findLikeness(read).length > 0);
  if (misspelt.length > 0)
    return [
      missing(
        UNSET,
        `A workflow reads ${nameAll(misspelt)}, which nothing sets.`,
        `It may mean ${listNames([...new Set(misspelt.flatMap(findLikeness))])}: correct the workflow, or set the name.`,
        asked,
      ),
    ];
  for (const one of states) if (one.state === "hidden") return [judgeHidden(UNSET, one.refusal, audience)];
  if (unset.length > 0 && mayBeElsewhere(facts))
    return [unseen(UNSET, "an expression chooses a job's environment, which may set more.", "", asked)];
  if (unset.length > 0)
    return [
      attention(
        UNSET,
        `A workflow reads ${nameAll(unset)}, which nothing sets, so it gets an empty text.`,
        "Set it, or delete it from the workflow.",
        asked,
      ),
    ];
  const [first, ...rest] = asked;
  if (first === undefined) return [];
  return [fine(UNSET, "Each is set, or PatchPilot can do without it.", [first, ...rest] satisfies Asked)];
}

function judgeSwapped(swapped: readonly NameRead[], facts: DeskFacts): readonly Check[] {
  if (swapped.length === 0) return [];
  const isReadable = swapped.some(({ kind }) => kind === "secrets");
  return [
    missing(
      SWAPPED,
      `${nameAll(swapped)} is set as the other kind.`,
      `Set it again as \`secrets\` or \`vars\` says, and delete the other.${isReadable ? " Revoke what was a variable: everyone with write access can read it." : ""}`,
      askedForNames(facts),
    ),
  ];
}

/** A name that no workflow reads and that looks like a known one which is not set. */
function judgeUnread(judged: readonly NameRead[], facts: DeskFacts): readonly Check[] {
  const { workflows, names } = facts;
  if (workflows.state === "refused") return [];
  const isRead = isAmong(workflows.value.flatMap(({ reads }) => reads));
  const isJudged = isAmong(judged);
  const strays = (["secrets", "variables"] as const)
    .flatMap((kind) => listOwnNames(names, kind).map((name) => ({ kind, name })))
    .filter((own) => !isRead(own))
    .flatMap((own) => {
      const meant = findLikeness(own).map((name) => ({ kind: own.kind, name }));
      const absent = meant.filter((read) => findName(names, read).state === "absent" && !isJudged(read));
      return absent.length > 0 ? [{ own, meant: absent }] : [];
    });
  if (strays.length === 0) return [];
  return [
    attention(
      UNREAD,
      `${nameAll(strays.map(({ own }) => own))} is set, and no workflow reads it.`,
      `It may be meant as ${nameAll(strays.flatMap(({ meant }) => meant))}: correct the name.`,
      askedForNames(facts),
    ),
  ];
}
