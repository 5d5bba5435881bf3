import type { SpendBook } from "@patchpilot/ledger";
import type { DispatchChoice } from "../decide/choice.ts";
import type { Settled } from "../decide/settle.ts";
import { listMonths } from "../decide/spend.ts";
import type { DispatchSettings } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";

/** The books with those of earlier months, where an incident that may go on has attempts in them and a cap of its own. */
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
