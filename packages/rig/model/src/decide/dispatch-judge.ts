import { createHash } from "node:crypto";
import { planChanges } from "@patchpilot/action-dispatch/decide/changes";
import { confirmedFact } from "@patchpilot/action-dispatch/write/confirm-attempts";
import { attemptKey } from "@patchpilot/incident";
import { instantOfTick, MODEL_REPOSITORY, type Order } from "../github/facts.ts";
import { OpeningJudge } from "./opening-judge.ts";
import { pack } from "./settling-judge.ts";

/** What came of sending. */
export const SENT = { nothing: 0, sent: 1, refused: 2, unconfirmed: 3, started: 4 } as const;

/** What one run of dispatch writes down at its end: numbers of facts, 0 for what it leaves alone. */
export type Notes = {
  readonly records: readonly (readonly [attempt: number, record: number])[];
  readonly said: number;
};

/** Asks the functions of `dispatch` what they decide, each question once: also what a run sends and writes down. */
export class DispatchJudge extends OpeningJudge {
  hashPlan(text: string): string {
    return createHash("sha256").update(text).digest("hex");
  }

  /** What a worker is informed, by the claim. */
  order(issue: number, attempt: number, claim: number, view: number): Order {
    const { continues, plan } = this.facts.claims.get(claim);
    const known = plan && this.facts.plans.find(this.facts.views.get(view).plans[plan.attempt - 1] ?? 0);
    const place = continues && {
      branch: continues.branch,
      pullRequest: continues.pullRequest,
      head: continues.head,
    };
    return {
      ...{ issue, attempt },
      ...(place ? { continues: place } : {}),
      ...(continues?.checks ? { isForChecks: true as const } : {}),
      ...(known ? { plan: known.sha256 } : {}),
      ...(this.config.approval === "label" && !plan && !continues ? { plans: true as const } : {}),
    };
  }

  /** What `confirmedFact` makes of a claim that was sent or refused. */
  confirm(claim: number, sent: number, worker: number, now: number): number {
    const fact = this.facts.claims.get(claim);
    const intent = { fact } as Parameters<typeof confirmedFact>[0]["intent"];
    const runId = worker === 0 ? undefined : `${500 + worker - 1}`;
    const entry =
      sent === SENT.refused
        ? ({ intent, kind: "refused", reason: "GitHub answered 422.", passing: false } as const)
        : ({ intent, kind: "sent", runId } as const);
    return this.facts.claims.number(confirmedFact(entry, instantOfTick(now)));
  }

  /** The records that `planChanges` writes. @param claimed the claim that went out and was confirmed; 0: none */
  notes(view: number, run: number, closed: number, book: number, claimed: number): Notes {
    return this.once("notes", `${pack(view, run, closed, book)} ${claimed}`, () => {
      const settled = this.settled(view, run, closed);
      const { settings } = this.read(view, run);
      const opened = claimed === 0 ? [] : [this.#dispatched(view, run, closed, book, claimed)];
      const choices = new Map([[settled, this.choose(view, run, closed, book)]]);
      const progress = {
        settled: [settled],
        choices,
        opened,
        declines: new Map(),
        missing: [],
        left: [],
        said: [],
      };
      const start = { via: "repository_dispatch", "event-type": "patchpilot", workflow: "" } as const;
      const context = { settings, agent: "claude-code", runHome: "https://github.com/acme/shop", start };
      const written = planChanges(progress, context).flatMap(({ records }) => records);
      const attempts = written.flatMap(({ kind, data }) => {
        const [, attempt] = /^attempt\/(\d+)$/.exec(kind) ?? [];
        return attempt === undefined
          ? []
          : [[Number(attempt), this.facts.records.number(data as never)] as const];
      });
      const said = written.find(({ kind }) => kind === "dispatch");
      return {
        records: attempts,
        said: said === undefined ? 0 : this.facts.said.number(said.data as never),
      };
    });
  }

  #dispatched(view: number, run: number, closed: number, book: number, claimed: number) {
    const { opening } = this.opening(view, run, closed, book);
    const { facts, choice } = opening;
    const { number: issue } = facts.incident;
    const claim = {
      issue,
      attempt: choice.attempt,
      oid: `c${claimed}`,
      fact: this.facts.claims.get(claimed),
    };
    const claims = [...facts.claims.filter(({ attempt }) => attempt !== choice.attempt), claim];
    const gate = choice.kind === "repeat" ? facts.gate : ({ state: "absent" } as const);
    return {
      kind: "dispatched" as const,
      facts: { ...facts, claims, gate, runs: [], pullRequest: undefined },
      key: attemptKey(MODEL_REPOSITORY, issue, choice.attempt),
      attempt: choice.attempt,
      runId: null,
    };
  }
}
