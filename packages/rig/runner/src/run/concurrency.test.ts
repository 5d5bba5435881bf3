import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConcurrencyGroups, type ConcurrencyTicket } from "./concurrency.ts";

type Setting = { readonly queue?: "single" | "max"; readonly group?: string };

/** Enters requests and keeps, in order, which were cancelled while waiting or let in. */
function scenario(): { enter: (name: string, setting?: Setting) => ConcurrencyTicket; log: string[] } {
  const groups = new ConcurrencyGroups();
  const log: string[] = [];
  return {
    log,
    enter: (name, { queue = "single", group = "deploy" } = {}) => {
      const ticket = groups.enter({ group, queue, cancelInProgress: false, cancel: () => undefined });
      void ticket.turn.then((turn) => log.push(`${turn} ${name}`));
      return ticket;
    },
  };
}

/** Lets promises that are settled tell. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe("ConcurrencyGroups", () => {
  it("cancels what comes after 100 that wait", async () => {
    const { enter, log } = scenario();
    for (let number = 0; number <= 101; number += 1) enter(String(number), { queue: "max" });
    await settle();
    expect(log).toEqual(["run 0", "cancelled 101"]);
  });

  it("compares names whatever their case, and keeps other groups apart", async () => {
    const { enter, log } = scenario();
    enter("a", { group: "Deploy" });
    enter("b", { group: "DEPLOY" });
    enter("c", { group: "other" });
    await settle();
    expect(log).toEqual(["run a", "run c"]);
  });

  it("forgets one that leaves while it waits", async () => {
    const { enter, log } = scenario();
    const first = enter("a");
    enter("b").leave();
    first.leave();
    enter("c");
    await settle();
    expect(log.toSorted()).toEqual(["cancelled b", "run a", "run c"]);
  });

  it("never lets two in at once, and lets everyone in or cancels them", async () => {
    const step = fc.record({
      queue: fc.constantFrom("single" as const, "max" as const),
      leaves: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const groups = new ConcurrencyGroups();
        const inside: ConcurrencyTicket[] = [];
        let settled = 0;
        for (const { queue, leaves } of steps) {
          const ticket = groups.enter({
            group: "g",
            queue,
            cancelInProgress: false,
            cancel: () => undefined,
          });
          void ticket.turn.then((turn) => {
            settled += 1;
            if (turn === "run") inside.push(ticket);
          });
          await settle();
          expect(inside.length).toBeLessThanOrEqual(1);
          if (leaves) inside.pop()?.leave();
          await settle();
        }
        while (inside.length > 0) {
          inside.pop()?.leave();
          await settle();
        }
        expect(settled).toBe(steps.length);
      }),
    );
  });
});
