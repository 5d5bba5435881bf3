import { type Ledger, type SpendBook, spendRef, toSpendBook } from "@patchpilot/ledger";
import type { DispatchChoice } from "../decide/choice.ts";
import type { Settled } from "../decide/settle.ts";
import { countsSpend, listMonths, listMonthsAround } from "../decide/spend.ts";
import type { DispatchSettings, SpendRules } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";

/** The months whose sums come with the incidents; none if nothing is counted. */
export async function chooseMonths(
  rules: SpendRules,
  { clock }: Pick<DispatchPorts, "clock">,
): Promise<readonly string[]> {
  return countsSpend(rules) ? listMonthsAround((await clock()).getTime()) : [];
}

/** The sums that came with the incidents. */
export const toBooks = (months: readonly string[], refs: Ledger["refs"]): SpendBook[] =>
  months.map((month) => toSpendBook(month, refs.get(spendRef(month))));

/** The books with those of earlier months, where an incident that has a cap may open another attempt. */
export async function readOlderBooks(
  chosen: readonly { readonly settled: Settled; readonly choice: DispatchChoice }[],
  books: readonly SpendBook[],
  { spend }: DispatchSettings,
  ports: Pick<DispatchPorts, "readSpendBook">,
): Promise<readonly SpendBook[]> {
  if (!spend.caps.some(({ scope }) => scope === "incident")) return books;
  const known = new Set(books.map(({ month }) => month));
  const open = chosen.filter(({ choice }) => choice.kind !== "skip").map(({ settled }) => settled.facts);
  const older = listMonths(open).filter((month) => !known.has(month));
  return [...books, ...(await Promise.all(older.map(ports.readSpendBook)))];
}
