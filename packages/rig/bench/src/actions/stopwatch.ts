import { performance } from "node:perf_hooks";
import type { Simulator } from "@patchpilot/simulators";

/**
 * Measures how long simulators are at work; answers that overlap count once.
 * @param now milliseconds of any clock that only goes forward
 */
export function createStopwatch(now: () => number = () => performance.now()) {
  let total = 0;
  let working = 0;
  let began = 0;
  const answer = async (simulator: Simulator, request: Request): Promise<Response> => {
    if (working === 0) began = now();
    working += 1;
    try {
      return await simulator.fetch(request);
    } finally {
      working -= 1;
      if (working === 0) total += now() - began;
    }
  };
  return {
    time: (simulator: Simulator): Simulator => ({
      ...simulator,
      fetch: (request) => answer(simulator, request),
    }),
    /** Milliseconds since the last reset. */
    read: () => total,
    reset: () => {
      total = 0;
    },
  };
}
