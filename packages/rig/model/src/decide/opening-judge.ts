import { choose } from "@patchpilot/action-dispatch/decide/choose";
import { listEndedSpend } from "@patchpilot/action-dispatch/decide/ended-spend";
import { bookAttempt, findBooking, nameOpening } from "@patchpilot/action-dispatch/decide/spend";
import type { DispatchFacts, DispatchSettings } from "@patchpilot/action-dispatch/facts";
import { planClaim } from "@patchpilot/action-dispatch/write/open-attempts";
import { judgeSpend, type SpendEntry } from "@patchpilot/incident";
import { nameMonth, nameSpend } from "@patchpilot/ledger";
import { millis } from "../github/facts.ts";
import { FAIR_RUN } from "../github/places.ts";
import { CLOSED, pack, SettlingJudge } from "./settling-judge.ts";
import { chooseWithout, type JudgedChoice } from "./without-rules.ts";

/** Reasons that a later run, or a label that is there to see, takes away. */
const WAITS: readonly string[] = ["closed", "held", "spend-cap", "verifying", "needs-human"];

type Opening = Parameters<typeof planClaim>[0];
type Book = Readonly<Record<string, SpendEntry>>;

/** Asks the functions of `dispatch` which attempt comes next, and whether there is money for it. */
export class OpeningJudge extends SettlingJudge {
  /** `choose`, and `bookAttempt` where money is capped. @param book undefined: nothing is counted */
  choose(view: number, run: number, closed: number, book: number): JudgedChoice {
    return this.once("choose", pack(view, run, closed, book), () => {
      const { facts } = this.settled(view, run, closed);
      const { settings } = this.read(view, run);
      const choice = this.#choose(view, run, closed);
      if (choice.kind === "skip" || this.config.caps === undefined) return choice;
      const after = bookAttempt(this.#booked(view, book), { facts, choice }, settings.spend, settings.now);
      return typeof after === "string" ? { kind: "skip", reason: "spend-cap", detail: after } : choice;
    });
  }

  #choose(view: number, run: number, closed: number): JudgedChoice {
    return this.once("chosen", pack(view, run, closed), () => {
      const { facts, settlement } = this.settled(view, run, closed);
      const { settings } = this.read(view, run);
      return chooseWithout(this.config, choose(facts, settlement, settings), facts);
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
    const { phase } = this.settled(view, FAIR_RUN, CLOSED.nothing).facts.incident;
    const isNamed = phase === "needs-human" || phase === "verifying" || phase === "dismissed";
    const isWaiting = WAITS.includes(choice.reason);
    return isNamed || isWaiting ? undefined : `it is ${phase}, and passed over as ${choice.reason}`;
  }

  /** The claim that `planClaim` makes. */
  claim(
    view: number,
    run: number,
    closed: number,
    book: number,
  ): { readonly attempt: number; readonly from: number; readonly claim: number } {
    return this.once("claim", pack(view, run, closed, book), () => {
      const { settings, opening } = this.opening(view, run, closed, book);
      const { attempt, from, fact } = planClaim(opening, settings);
      return {
        attempt,
        from: from === undefined ? 0 : Number(from.slice(1)),
        claim: this.facts.claims.number(fact),
      };
    });
  }

  /** The book with what the chosen attempt reserves; the same number: it is in it; 0: there is no room. */
  reserve(view: number, run: number, closed: number, book: number, isUnasked = false): number {
    return this.once(isUnasked ? "reserve unasked" : "reserve", pack(view, run, closed, book), () => {
      const { facts, settings, opening } = this.opening(view, run, closed, book);
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

  /** The book with what the newest attempt spent, by `listEndedSpend` and `judgeSpend`; the same number: nothing is to be written. */
  settleMoney(view: number, run: number, closed: number, book: number): number {
    return this.once("money", pack(view, run, closed, book), () => {
      const settled = this.settled(view, run, closed);
      const { settings } = this.read(view, run);
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

  protected opening(
    view: number,
    run: number,
    closed: number,
    book: number,
  ): { facts: DispatchFacts; settings: DispatchSettings; opening: Opening } {
    const { facts } = this.settled(view, run, closed);
    const { settings } = this.read(view, run);
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
}
