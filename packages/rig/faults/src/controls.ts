import type { UnsafeChange } from "./play-fault.ts";

/** Runs that are unsafe on purpose: the judge has to notice each. */
export const UNSAFE_RUNS = {
  /** Sends a write again whose reply was lost. */
  "blind repeat": {
    breakFetch: (send) => async (input, init) => {
      const request = new Request(input, init);
      const again = request.clone();
      try {
        return await send(request);
      } catch {
        return send(again);
      }
    },
  },
  /** Takes a service that fails for one that has nothing. */
  "error as empty": {
    breakFetch: (send) => async (input, init) => {
      const request = new Request(input, init);
      const again = request.clone();
      const reply = await send(request);
      return reply.ok ? reply : Response.json(emptyLists(await (await send(again)).json()));
    },
  },
  /** Waits for an answer without an end. */
  "no time-out": { isWithoutTimers: true },
} satisfies Readonly<Record<string, UnsafeChange>>;

/** A reply of the same shape, in which each list is empty. */
const emptyLists = (reply: unknown): unknown =>
  JSON.parse(JSON.stringify(reply), (_, value: unknown) => (Array.isArray(value) ? [] : value));
