import type { Sabotage } from "./play-cell.ts";

/** Connections that are unsafe on purpose: the judge has to notice each. */
export const CONTROLS = {
  /** Sends a write again whose reply was lost. */
  "blind repeat": (fetch) => async (input, init) => {
    const request = new Request(input, init);
    const again = request.clone();
    try {
      return await fetch(request);
    } catch {
      return fetch(again);
    }
  },
  /** Takes a service that fails for one that has nothing. */
  "error as empty": (fetch) => async (input, init) => {
    const reply = await fetch(input, init).catch(() => undefined);
    if (reply?.ok) return reply;
    return Response.json({ data: { repository: null } });
  },
  /** Waits for an answer without an end. */
  "no time-out": (fetch) => async (input, init) => {
    const { signal: _, ...patient } = init ?? {};
    const reply = await fetch(input, patient).catch(() => undefined);
    return reply ?? new Promise<never>(() => undefined);
  },
} satisfies Readonly<Record<string, Sabotage>>;
