import { isSpent, reviewCause } from "@patchpilot/action-dispatch/decide/claims";
import type { DispatchFacts } from "@patchpilot/action-dispatch/facts";
import type { CommitCheck } from "@patchpilot/github";
import {
  attemptKey,
  type CommandEvent,
  foldIncident,
  type GateFact,
  type Incident,
  planSection,
} from "@patchpilot/incident";
import { issueFacts, recordsOf } from "@patchpilot/incident/testing";
import type { Claim, Gate } from "@patchpilot/ledger";
import {
  type Branch,
  type DatedGate,
  type Face,
  type Facts,
  findTip,
  instantOfTick,
  type Label,
  type ListedRun,
  MODEL_REPOSITORY,
  numberOfIssue,
  oid,
  type ReadView,
  workerRunId,
} from "../github/facts.ts";
import type { Config } from "./config.ts";

/** A gate under a number. @param isDated with the time of its commit, where it counts */
export const gateByNumber = (facts: Facts, number: number, isDated = true): Gate =>
  number === 0 ? { state: "absent" } : presentGate(number, facts.gates.get(number), isDated);

function presentGate(number: number, { moved, ...fact }: DatedGate, isDated: boolean): Gate {
  const movedAt = moved === undefined || !isDated ? {} : { movedAt: instantOfTick(moved) };
  return { state: "present", oid: `g${number}`, fact: fact as GateFact, ...movedAt };
}

export const toClaims = (facts: Facts, issue: number, numbers: readonly number[]): Claim[] =>
  numbers.map((number, index) => ({
    issue: numberOfIssue(issue),
    attempt: index + 1,
    oid: `c${number}`,
    fact: facts.claims.get(number),
  }));

const MAYA = { type: "User" as const, id: 7, login: "maya" };

/** What a run of dispatch that read this would know. */
export function toFacts(facts: Facts, view: ReadView, { without }: Pick<Config, "without">): DispatchFacts {
  const { issue } = view;
  const face = facts.faces.get(view.face);
  const claims = toClaims(facts, issue, view.claims);
  const branch = facts.branches.find(view.branch);
  const pullRequest = branch && toPull(branch, issue, claims);
  const gate =
    without === "head-published"
      ? pretendPublished(facts, view.gate, branch)
      : gateByNumber(facts, view.gate, without !== "late-runs-awaited");
  const known = { claims, gate, pullRequest };
  return {
    ...known,
    incident: toIncident(facts, view, face),
    repositoryId: MODEL_REPOSITORY,
    runs: view.runs.map(([worker, shown]) => toRun(worker, facts.shown.get(shown), view)).reverse(),
    ...(branch && pullRequest
      ? toChangeRequest(branch, claims, without === "others-commits-overlooked")
      : {}),
    ...(branch && pullRequest?.state === "open" ? toChecks(branch, view.reran === true) : {}),
    ...toEndWords(facts, view.left),
    ...toHeard(face),
    vouchedBy: {
      ...(face.retry ? { retry: face.retry.mayWrite } : {}),
      ...(face.goAhead ? { "go-ahead": face.goAhead.mayWrite || without === "anyone-approves" } : {}),
    },
  };
}

/** The gate says that what is on the branch was published, who made it. */
function pretendPublished(facts: Facts, number: number, branch: Branch | undefined): Gate {
  const gate = gateByNumber(facts, number);
  const head = findTip(branch)?.id;
  if (gate.state !== "present" || gate.fact.state === "working" || head === undefined) return gate;
  return { ...gate, fact: { ...gate.fact, head } };
}

function toIncident(facts: Facts, view: ReadView, face: Face): Incident {
  const commands = [...toCommand("retry", face.retry), ...toCommand("go-ahead", face.goAhead)];
  const said = facts.said.find(view.said);
  const verdict = facts.verdicts.find(view.verdict);
  const records = recordsOf({
    attempts: view.records.filter((each) => each > 0).map((each) => facts.records.get(each)),
    ...(said ? { dispatch: said } : {}),
    recoveries: verdict ? [verdict] : [],
  });
  const plans = new Map(
    view.plans.flatMap((number, index) => {
      if (number === 0) return [];
      const { sha256, text, at } = facts.plans.get(number);
      const attempt = index + 1;
      const data = { attempt, key: attemptKey(MODEL_REPOSITORY, numberOfIssue(view.issue), attempt), sha256 };
      const body = `A plan\n\n${planSection(text)}\n`;
      return [
        [attempt, { data, seq: 1, commentId: `IC_p${attempt}`, body, writtenAt: instantOfTick(at) }] as const,
      ];
    }),
  );
  const labels = ["patchpilot", ...(face.held ? ["patchpilot:hold"] : [])];
  const issue = issueFacts({ number: numberOfIssue(view.issue), open: face.open, labels, commands });
  return foldIncident(issue, { ...records, plans });
}

const toCommand = (command: "retry" | "go-ahead", label: Label | undefined): CommandEvent[] =>
  label === undefined
    ? []
    : [{ command, eventId: `LE_${label.event}`, at: instantOfTick(label.at), actor: MAYA }];

const toHeard = ({ answer }: Face): Pick<DispatchFacts, "heard"> =>
  answer === undefined
    ? {}
    : {
        heard: [
          {
            name: "answer",
            words: "Use the first one.",
            commentId: `IC_${answer.event}`,
            at: instantOfTick(answer.at),
            author: MAYA,
            mayWrite: true,
          },
        ],
      };

const toRun = (worker: number, shown: ListedRun, view: ReadView): DispatchFacts["runs"][number] => ({
  id: workerRunId(worker),
  attempt: shown.attempt,
  title: `patchpilot ${attemptKey(MODEL_REPOSITORY, numberOfIssue(view.issue), view.claims.length)}`,
  ended: shown.ended,
  conclusion: shown.conclusion,
  createdAt: instantOfTick(shown.created),
  updatedAt: instantOfTick(shown.updated),
  url: "https://github.com/acme/shop/actions/runs/1",
});

/** The attempt whose branch a claim works on: its own, or that of the pull request which it continues. */
export function findBranchAttempt(claims: readonly Claim[]): number {
  const last = claims.at(-1);
  const branch = last === undefined || last.fact === "unreadable" ? undefined : last.fact.continues?.branch;
  return branch === undefined ? (last?.attempt ?? 0) : Number(/-a(\d+)$/.exec(branch)?.[1]);
}

function toPull(branch: Branch, issue: number, claims: readonly Claim[]): DispatchFacts["pullRequest"] {
  const { pull } = branch;
  if (pull === undefined) return undefined;
  const headOid = findTip(branch)?.id ?? "";
  const isMerged = pull.state === "merged";
  return {
    number: pull.number,
    url: `https://github.com/acme/shop/pull/${pull.number}`,
    state: pull.state,
    draft: false,
    mergeCommit: isMerged ? oid("merge", headOid) : null,
    mergedAt: isMerged ? instantOfTick(0) : null,
    branch: `patchpilot/${numberOfIssue(issue)}-a${findBranchAttempt(claims)}`,
    headOid,
    changeRequests: pull.reviews,
    checks: branch.ci?.state === "red" ? "red" : "not-red",
  };
}

/** As `read/facts.ts` of dispatch finds it: the newest change request that no claim names. */
function toChangeRequest(
  branch: Branch,
  claims: readonly Claim[],
  overlooksOthers: boolean,
): Pick<DispatchFacts, "changeRequest"> {
  if (branch.pull?.state !== "open") return {};
  const spent = (review: string) =>
    isSpent({ claims } as DispatchFacts, reviewCause(review)) ||
    claims.some(({ fact }) => fact !== "unreadable" && fact.continues?.review === review);
  const review = branch.pull.reviews.findLast((each) => !spent(each));
  const isOthers = !overlooksOthers && branch.commits.some(({ key }) => key === "");
  return review === undefined ? {} : { changeRequest: { review, isOthers } };
}

function toChecks({ ci, ...branch }: Branch, reran: boolean): Pick<DispatchFacts, "checks"> {
  const tip = findTip(branch);
  if (ci?.state !== "red" || tip === undefined) return {};
  const run = `ci-${tip.id}`;
  const unit: CommitCheck = {
    id: "CR_1",
    name: "unit",
    app: "github-actions",
    state: "red",
    conclusion: "failure",
    isRequired: true,
    job: 1,
    run,
  };
  return {
    checks: {
      red: [unit],
      head: tip.id,
      tree: tip.tree,
      isOwn: true,
      isComplete: true,
      isPending: false,
      isBaseRed: false,
      runs: new Map([[run, reran ? "waits" : ci.starts === 1 ? "first" : "over"]]),
    },
  };
}

function toEndWords(facts: Facts, left: number): Pick<DispatchFacts, "endWords"> {
  if (left === 0) return {};
  if (left === 1) return { endWords: { unknown: "GitHub does not give it out", unread: true } };
  return { endWords: { reason: "It ended.", summary: "", ...facts.left.get(left - 1) } };
}
