import { changeSpendBook, nameMonth, type SpendBook, type SpendEntries } from "@patchpilot/ledger";
import { type BookedOpening, failOpening, type OpenedAttempt, type Opening } from "../decide/choice.ts";
import {
  type Booked,
  bookAttempt,
  countsSpend,
  findBooking,
  nameOpening,
  toBooked,
} from "../decide/spend.ts";
import type { DispatchSettings } from "../facts.ts";
import type { DispatchPorts, RefHome } from "../ports.ts";

/** Attempts that may be claimed, with what they may spend, and those that may not. */
type Reserved = { readonly openings: readonly BookedOpening[]; readonly skipped: readonly OpenedAttempt[] };

/**
 * Reserves what attempts may spend, before anything is claimed: of two runs at once, one writes the sum, and the other
 * asks anew whether there is room. docs/protocol.md, section 8.
 */
export async function reserveSpend(
  openings: readonly Opening[],
  books: readonly SpendBook[],
  ports: DispatchPorts,
  settings: DispatchSettings,
  home: RefHome,
): Promise<Reserved> {
  const month = nameMonth(settings.now);
  const known = books.find((book) => book.month === month);
  if (!countsSpend(settings.spend) || known === undefined) return { openings, skipped: [] };
  const others = new Map([...toBooked(books)].filter(([each]) => each !== month));
  const change = (entries: SpendEntries) => bookAll(openings, others, month, entries, settings);
  const { book, fault } = await changeSpendBook(known, change, {
    read: ports.readSpendBook,
    write: (from, entries) => ports.writeSpendBook(home, from, entries),
  });
  const booked = new Map([...others, ...toBooked([book])]);
  return sortOpenings(openings, booked, settings, fault);
}

/** The entries with those that there is room for; undefined: all are there. */
function bookAll(
  openings: readonly Opening[],
  others: Booked,
  month: string,
  entries: SpendEntries,
  { spend, now }: DispatchSettings,
): SpendEntries | undefined {
  let booked: Booked = new Map([...others, [month, entries]]);
  for (const opening of openings) {
    const next = bookAttempt(booked, opening, spend, now);
    if (typeof next !== "string") booked = next;
  }
  const after = booked.get(month);
  return after === entries ? undefined : after;
}

type Fault = NonNullable<Awaited<ReturnType<typeof changeSpendBook>>["fault"]>;

function sortOpenings(
  openings: readonly Opening[],
  booked: Booked,
  { spend, now }: DispatchSettings,
  fault: Fault | undefined,
): Reserved {
  const kept: BookedOpening[] = [];
  const skipped: OpenedAttempt[] = [];
  for (const opening of openings) {
    const booking = findBooking(booked, nameOpening(opening));
    if (booking !== undefined) {
      const { usd, minutes } = booking.entry;
      kept.push({ ...opening, reserves: { month: booking.month, usd, minutes } });
      continue;
    }
    const room = bookAttempt(booked, opening, spend, now);
    if (typeof room === "string") skipped.push(failOpening(opening.facts, "spend-cap", room));
    else skipped.push(describeFault(opening, fault));
  }
  return { openings: kept, skipped };
}

function describeFault({ facts }: Opening, fault: Fault | undefined): OpenedAttempt {
  if (fault?.state === "refused")
    return failOpening(
      facts,
      "claim-refused",
      `GitHub refuses the ref that sums up what is spent (${fault.message})`,
    );
  const why = fault?.state === "unknown" ? fault.message : "other runs write as well";
  return failOpening(
    facts,
    "in-flight",
    `what it may spend could not be reserved; the next run tries again (${why})`,
  );
}
