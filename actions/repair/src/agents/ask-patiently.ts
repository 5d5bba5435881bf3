import { MINUTE, SECOND } from "@patchpilot/time";
import type { Clock } from "../process/clock.ts";

/** Who waits, and who hears of it. */
export type Patience = {
  readonly clock: Clock;
  /** Called once for a request that had to wait. */
  readonly onWait: (waited: { readonly status: number; readonly milliseconds: number }) => void;
};

/** What says no more than "not now": nothing was done, and nothing is billed. Agents end at the second one within seconds. */
const NOT_NOW = new Set([429, 503, 529]);

/** A spent account answers 429 as well (OpenAI), and waiting fills no account. */
const SPENT = /insufficient_quota|billing|credit balance/i;

/** Agents give up on a request that brings nothing for five minutes. */
const MOST = 4 * MINUTE;
const FIRST = 5 * SECOND;
const LONGEST = 30 * SECOND;

/**
 * Asks patiently once for each outage. If that was in vain, retries are not held up until the model has answered: OpenCode
 * makes five.
 */
export function askUntilAnswered(patience: Patience) {
  let inVain = false;
  return async (ask: () => Promise<Response>, gone: AbortSignal): Promise<Response> => {
    const reply = await (inVain ? ask() : askPatiently(ask, gone, patience));
    inVain = NOT_NOW.has(reply.status);
    return reply;
  };
}

/**
 * Asks a model again until it answers something else than "not now". What lasts longer is passed on as it is:
 * the agent reports it.
 * @param gone aborted when nobody waits for the answer any more
 */
export async function askPatiently(
  ask: () => Promise<Response>,
  gone: AbortSignal,
  { clock, onWait }: Patience,
): Promise<Response> {
  const begun = clock.now();
  let refusedWith = 0;
  for (let pause = FIRST; ; pause = Math.min(2 * pause, LONGEST)) {
    const reply = await ask();
    const waited = clock.now() - begun;
    if (!NOT_NOW.has(reply.status)) {
      if (refusedWith > 0) onWait({ status: refusedWith, milliseconds: waited });
      return reply;
    }
    refusedWith = reply.status;
    const text = await reply.text();
    const wait = readWait(reply.headers) ?? pause;
    if (SPENT.test(text) || waited + wait > MOST) {
      if (waited > 0) onWait({ status: refusedWith, milliseconds: waited });
      return new Response(text, { status: reply.status, headers: reply.headers });
    }
    await sleep(wait, clock, gone);
  }
}

/** Milliseconds, as both vendors say them. */
function readWait(headers: Headers): number | undefined {
  const [exact, seconds] = ["retry-after-ms", "retry-after"].map((name) => Number(headers.get(name) ?? "x"));
  if (exact !== undefined && exact >= 0) return exact;
  return seconds !== undefined && seconds >= 0 ? seconds * SECOND : undefined;
}

function sleep(milliseconds: number, clock: Clock, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      callOff();
      reject(gone.reason);
    };
    const callOff = clock.after(milliseconds, () => {
      gone.removeEventListener("abort", leave);
      resolve();
    });
    if (gone.aborted) leave();
    else gone.addEventListener("abort", leave, { once: true });
  });
}
