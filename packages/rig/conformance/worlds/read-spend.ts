import { nameMonth, spendRef } from "@patchpilot/ledger";
import { SHOP, type TestWorld } from "./world.ts";

/** What attempts have reserved or spent in this month, by their names, as the ref says. */
export function readSpend(
  { world, clock }: TestWorld,
  month = nameMonth(clock.now()),
): Record<string, unknown> {
  const { git } = world.repository(SHOP);
  const oid = git.refs.get(spendRef(month));
  const message = oid === undefined ? undefined : git.commit(oid)?.message;
  if (message === undefined) return {};
  const facts = JSON.parse(message.slice(message.indexOf("\n\n"))) as {
    spend: Record<string, Record<string, unknown>>;
  };
  return facts.spend[month] ?? {};
}
