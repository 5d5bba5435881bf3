import { createHash } from "node:crypto";
import { planChanges } from "@patchpilot/action-dispatch/decide/changes";
import { choose } from "@patchpilot/action-dispatch/decide/choose";
import { listEndedSpend } from "@patchpilot/action-dispatch/decide/ended-spend";
import { judgeRedChecks } from "@patchpilot/action-dispatch/decide/red-checks";
import {
  mayAct,
  type Settled,
  type Settlement,
  settleAttempt,
} from "@patchpilot/action-dispatch/decide/settle";
import { bookAttempt, findBooking, nameOpening } from "@patchpilot/action-dispatch/decide/spend";
import type { DispatchFacts, DispatchSettings } from "@patchpilot/action-dispatch/facts";
import { judgeClosing, makeClosing } from "@patchpilot/action-dispatch/write/close-gates";
import { confirmedFact } from "@patchpilot/action-dispatch/write/confirm-attempts";
import { planClaim } from "@patchpilot/action-dispatch/write/open-attempts";
import { attemptKey, judgeSpend, type SpendEntry } from "@patchpilot/incident";
import { nameMonth, nameSpend } from "@patchpilot/ledger";
import { dispatchRunId, instantOfTick, MODEL_REPOSITORY, millis, type Order, TICK } from "../github/facts.ts";
import { FAIR_RUN } from "../github/places.ts";
import { OnceJudge } from "./judge.ts";
import { toFacts } from "./to-facts.ts";

/** Reasons that a later run, or a label that is there to see, takes away. */
const WAITS: readonly string[] = ["closed", "held", "spend-cap", "verifying", "needs-human"];

type Opening = Parameters<typeof planClaim>[0];
type Choice = ReturnType<typeof choose>;
type Book = Readonly<Record<string, SpendEntry>>;

/** What came of closing the gate: nothing was to be closed, it is closed, it moved, or nobody knows. */
export const CLOSED = { nothing: 0, done: 1, moved: 2, unknown: 3 } as const;
/** What came of sending. */
export const SENT = { nothing: 0, sent: 1, refused: 2, unconfirmed: 3, started: 4 } as const;

/** What one run of dispatch writes down at its end: numbers of facts, 0 for what it leaves alone. */
export type Notes = {
  readonly records: readonly (readonly [attempt: number, record: number])[];
  readonly said: number;
};

/** What a question is about as one number: a quarter of a million sums, and as many million views as there will ever be. */
const pack = (view: number, run: number, closed: number, book = 0): number =>
  ((view * 8 + run) * 4 + closed) * 2 ** 18 + book;

/** Asks the functions of `dispatch` what they decide, each question once. */
export class DispatchJudge extends OnceJudge {
  /** `settleAttempt`, and the gate that `makeClosing` makes of it, as a number. */
  settle(view: number): { readonly kind: string; readonly outcome?: string; readonly gate: number } {
    return this.once("settle", view, () => {
      const { facts, settings } = this.#read(view, 0);
      const settlement = this.#settlement(facts, settings);
      const { kind } = settlement;
      const write = kind === "close" ? makeClosing(facts, settlement, settings) : undefined;
      const gate = write === undefined ? 0 : this.facts.gates.number(write.fact);
      return { kind, gate, ...("outcome" in settlement ? { outcome: settlement.outcome } : {}) };
    });
  }

  /** As `rerunJobs` judges it, by `judgeRedChecks`. */
  isRerunDue(view: number): boolean {
    return this.once("rerun", view, () => {
      const { facts, settings } = this.#read(view, 0);
      const isDue = judgeRedChecks(facts, settings).kind === "rerun";
      return isDue && facts.changeRequest === undefined && mayAct(facts.incident);
    });
  }

  /** The book with what the newest attempt spent, by `listEndedSpend` and `judgeSpend`; the same number: nothing is to be written. */
  settleMoney(view: number, run: number, closed: number, book: number): number {
    return this.once("money", pack(view, run, closed, book), () => {
      const settled = this.#settled(view, run, closed);
      const { settings } = this.#read(view, run);
      const [ended] = listEndedSpend([settled], this.#unsettled(view, book), settings);
      const entries = this.facts.books.find(book) ?? {};
      if (ended === undefined) return book;
      const name = nameSpend(ended.issue, ended.attempt);
      const entry = entries[name];
      if (entry === undefined) return book;
      const evidence = {
        passed: ended.run !== undefined,
        reruns: Math.max(0, (ended.times?.attempt ?? 1) - 1),
      };
      const spent = judgeSpend(evidence, entry, settings.spend.prices);
      return this.facts.books.number({ ...entries, [name]: { at: entry.at, ...spent } });
    });
  }

  /** Why an incident is left alone that nobody serves; undefined: it is over, or people know that it waits for them. */
  nameWait(
    { view, book }: { readonly view: number; readonly book: number },
    most: number,
  ): string | undefined {
    const choice = this.choose(view, FAIR_RUN, CLOSED.nothing, book);
    if (choice.kind !== "skip")
      return choice.attempt > most ? undefined : `attempt ${choice.attempt} is never opened`;
    const { phase } = this.#settled(view, FAIR_RUN, CLOSED.nothing).facts.incident;
    const isNamed = phase === "needs-human" || phase === "verifying" || phase === "dismissed";
    const isWaiting = WAITS.includes(choice.reason);
    return isNamed || isWaiting ? undefined : `it is ${phase}, and passed over as ${choice.reason}`;
  }

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

  /** `choose`, and `bookAttempt` where money is capped. @param book undefined: nothing is counted */
  choose(view: number, run: number, closed: number, book: number): Choice {
    return this.once("choose", pack(view, run, closed, book), () => {
      const { facts } = this.#settled(view, run, closed);
      const { settings } = this.#read(view, run);
      const choice = this.#choose(view, run, closed);
      if (choice.kind === "skip" || this.config.caps === undefined) return choice;
      const after = bookAttempt(this.#booked(view, book), { facts, choice }, settings.spend, settings.now);
      return typeof after === "string" ? { kind: "skip", reason: "spend-cap", detail: after } : choice;
    });
  }

  #choose(view: number, run: number, closed: number): Choice {
    return this.once("chosen", pack(view, run, closed), () => {
      const { facts, settlement } = this.#settled(view, run, closed);
      const { settings } = this.#read(view, run);
      return this.#tamper(choose(facts, settlement, settings), facts);
    });
  }

  /** The book with what the chosen attempt reserves; the same number: it is in it; 0: there is no room. */
  reserve(view: number, run: number, closed: number, book: number, isUnasked = false): number {
    return this.once(isUnasked ? "reserve unasked" : "reserve", pack(view, run, closed, book), () => {
      const { facts, settings, opening } = this.#opening(view, run, closed, book);
      const rules = isUnasked ? { ...settings.spend, caps: [] } : settings.spend;
      const after = bookAttempt(
        this.#booked(view, book),
        { facts, choice: opening.choice },
        rules,
        settings.now,
      );
      if (typeof after === "string") return 0;
      return this.facts.books.number(Object.fromEntries(after.get(nameMonth(settings.now)) ?? []));
    });
  }

  /** The claim that `planClaim` makes. */
  claim(
    view: number,
    run: number,
    closed: number,
    book: number,
  ): { readonly attempt: number; readonly from: number; readonly claim: number } {
    return this.once("claim", pack(view, run, closed, book), () => {
      const { settings, opening } = this.#opening(view, run, closed, book);
      const { attempt, from, fact } = planClaim(opening, settings);
      return {
        attempt,
        from: from === undefined ? 0 : Number(from.slice(1)),
        claim: this.facts.claims.number(fact),
      };
    });
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
      const settled = this.#settled(view, run, closed);
      const { settings } = this.#read(view, run);
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
    const { opening } = this.#opening(view, run, closed, book);
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

  /** As `closeGates` leaves an incident. */
  #settled(view: number, run: number, closed: number): Settled {
    return this.once("settled", pack(view, run, closed), () => {
      const { facts, settings } = this.#read(view, run);
      const settlement = this.#settlement(facts, settings);
      if (settlement.kind !== "close" || closed === CLOSED.nothing) return { facts, settlement };
      const write = makeClosing(facts, settlement, settings);
      const state = closed === CLOSED.done ? "done" : closed === CLOSED.moved ? "refused" : "unknown";
      return judgeClosing({ facts, write }, { key: write.key, state, message: "" }, undefined);
    });
  }

  #opening(
    view: number,
    run: number,
    closed: number,
    book: number,
  ): { facts: DispatchFacts; settings: DispatchSettings; opening: Opening } {
    const { facts } = this.#settled(view, run, closed);
    const { settings } = this.#read(view, run);
    const choice = this.#choose(view, run, closed);
    if (choice.kind === "skip") throw new Error(`Nothing opens: ${choice.reason}.`);
    const booking = findBooking(this.#booked(view, book), nameOpening({ facts, choice }));
    const reserves = booking && { month: booking.month, usd: booking.entry.usd };
    return { facts, settings, opening: { facts, choice, ...(reserves ? { reserves } : {}) } };
  }

  /** The sum, in which a control lets every attempt be only reserved for ever. */
  #unsettled(view: number, book: number) {
    const booked = this.#booked(view, book);
    if (this.config.without === "spend-settled-once")
      for (const entries of booked.values())
        for (const [name, entry] of entries) entries.set(name, { ...entry, by: "reserved" });
    return booked;
  }

  #booked(view: number, book: number) {
    const { now } = this.facts.views.get(view);
    const entries: Book = this.facts.books.find(book) ?? {};
    return new Map([[nameMonth(millis(now)), new Map(Object.entries(entries))]]);
  }

  #read(view: number, run: number): { facts: DispatchFacts; settings: DispatchSettings } {
    return this.once("read", pack(view, run, 0), () => {
      const known = this.facts.views.get(view);
      return { facts: toFacts(this.facts, known, this.config), settings: this.#settings(known.now, run) };
    });
  }

  #settings(now: number, run: number): DispatchSettings {
    const { without, maxAttempts, maxCiRepairs, caps, approval } = this.config;
    return {
      now: millis(now),
      run: dispatchRunId(run),
      runAttempt: 1,
      maxAttempts: without === "attempts-without-end" ? 99 : maxAttempts,
      leaseMs: TICK,
      startMs: without === "no-time-for-old-lists" ? -1 : TICK,
      attemptMs: 2 * TICK,
      minSeverity: "medium",
      minConfidence: 0.75,
      autonomy: "draft-pr",
      allow: ["close", "retry", "escalate"],
      approval: approval ?? "none",
      redispatch: false,
      spend: {
        reserve: caps === undefined ? {} : { usd: caps.perAttempt },
        caps: caps === undefined ? [] : [{ currency: "usd", scope: "month", most: caps.perMonth }],
        prices: { models: new Map() },
      },
      maxCiRepairs: without === "repairs-without-end" ? 99 : maxCiRepairs,
    };
  }

  /** `settleAttempt`, unless a control takes it away. */
  #settlement(facts: DispatchFacts, settings: DispatchSettings): Settlement {
    const { without } = this.config;
    const settlement = settleAttempt(facts, settings);
    const at = new Date(settings.now).toISOString();
    if (without === "settled-first" && (settlement.kind === "in-flight" || settlement.kind === "close"))
      return { kind: "settled", outcome: "failed", gate: { state: "closed", outcome: "failed", at } };
    const claim = facts.claims.at(-1)?.fact;
    if (
      without === "lease" &&
      settlement.kind === "in-flight" &&
      claim !== "unreadable" &&
      claim?.state === "intent"
    )
      return { kind: "takeover", fact: claim };
    const isByRun = settlement.kind === "close" && facts.pullRequest === undefined;
    return without === "ended-runs-seen" && isByRun
      ? { kind: "in-flight", reason: "its run has ended" }
      : settlement;
  }

  /** What was chosen, unless a control takes a rule away. */
  #tamper(choice: Choice, facts: DispatchFacts): Choice {
    const { without } = this.config;
    const last = facts.claims.at(-1);
    if (last === undefined || last.fact === "unreadable" || facts.gate.state !== "present") return choice;
    const next = { kind: "claim", attempt: last.attempt + 1 } as const;
    if (without === "outcomes-cause" && choice.kind === "claim" && choice.cause.startsWith("outcome/"))
      return { kind: "skip", reason: "in-flight", detail: "nothing is asked for" };
    if (without === "cause-once" && choice.kind === "claim") return { ...next, cause: last.fact.cause };
    const isOver = facts.gate.fact.state === "closed" && facts.gate.fact.ending === "interrupted";
    return without === "interruptions-without-end" && choice.kind === "skip" && isOver
      ? { ...next, cause: `outcome/a${last.attempt}` }
      : choice;
  }
}
