import type { Exchange, FaultKind } from "../kinds/fault-kind.ts";
import { type AskedRequest, readAsked } from "./asked.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Which fault a request meets: the first of its endpoint, or each of them. */
export type PlannedFault = {
  readonly kind: FaultKind;
  readonly endpoint: string;
  readonly manner: "once" | "always";
};

/** A request that left the action. */
export type Sent = { readonly asked: AskedRequest; readonly isFaulty: boolean };

export type FaultWire = { readonly fetch: typeof fetch; readonly sent: readonly Sent[] };

/**
 * A wire on which the requests of one endpoint go wrong.
 * @param setStale makes GitHub answer as it was so many writes ago
 */
export function openFaultWire(
  send: typeof fetch,
  plan: PlannedFault | undefined,
  time: VirtualTime,
  setStale: (writes: number) => void,
): FaultWire {
  const sent: Sent[] = [];
  const isHit = ({ endpoint }: AskedRequest): boolean =>
    plan !== undefined &&
    plan.endpoint === endpoint &&
    (plan.manner === "always" || !sent.some(({ isFaulty }) => isFaulty));
  const ask: typeof fetch = async (input, init) => {
    time.move();
    const request = new Request(input, init);
    const asked = await readAsked(request);
    const isFaulty = isHit(asked);
    sent.push({ asked, isFaulty });
    try {
      if (!isFaulty || plan === undefined) return await send(request);
      return await plan.kind.happen(meet(request, asked));
    } finally {
      time.move();
    }
  };
  const meet = (request: Request, asked: AskedRequest): Exchange => ({
    asked,
    signal: request.signal,
    time,
    pass: () => send(request),
    passStale: async () => {
      setStale(STALE_WRITES);
      try {
        return await send(request);
      } finally {
        setStale(0);
      }
    },
  });
  return { fetch: ask, sent };
}

/** A handful of writes: about as many as one step of an incident makes. */
const STALE_WRITES = 3;
