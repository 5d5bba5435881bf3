import type { IntakeInputs } from "../contract.ts";
import { draftAccount } from "../decide/account.ts";
import { isSentryAuthor } from "../decide/recognise.ts";
import type { IntakeFacts } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";
import { findReturned } from "./returned.ts";
import { listLooked, screenAll, takeIn } from "./take-in.ts";

/** Reads the named issues. Nobody is asked about an issue that GitHub alone rules out. */
export async function readNamed(
  numbers: readonly number[],
  inputs: IntakeInputs,
  ports: IntakePorts,
  warn: (sentence: string) => void,
): Promise<IntakeFacts> {
  const incidents = await ports.incidents.readNumbers(numbers);
  const now = await ports.incidents.now();
  const screened = await screenAll(incidents, inputs, ports, now);
  const { environment, "sentry-authors": authors } = inputs;
  const returned = await findReturned(incidents, ports.sentry, { environment, now }, warn);
  const looked = listLooked(screened);
  const known = returned.length > 0 || looked.length > 0 ? await ports.incidents.readKnown() : [];
  const found = { screened, returned, fresh: [], isSweep: false, passedOver: new Set<number>() };
  const taken = await takeIn(found, inputs, ports, warn);
  const account = draftAccount(incidents, looked, ({ author }) => isSentryAuthor(author, authors));
  return { ...taken, known, unopened: [], account };
}
