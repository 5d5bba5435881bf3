import { readFileSync } from "node:fs";
import { isPublished, judgeCell } from "./judge/judge-cell.ts";
import { type HostileCell, type PlayedCell, playCell } from "./play-cell.ts";
import { openSender } from "./sdk/open-sender.ts";

/** What cells came to, in sums. */
export type RangeTally = Readonly<Record<"counts" | "worst", Readonly<Record<string, number>>>> & {
  /** Cells behind the wall whose twin became a pull request; the others do not count. */
  readonly sample: number;
  readonly faults: readonly string[];
};

/** One cell as it was judged. */
export type JudgedCell = Pick<PlayedCell, "wasTold"> & {
  readonly cell: HostileCell;
  /** Whether its twin became a pull request, and whether it did. */
  readonly counts: boolean;
  readonly isPublished: boolean;
  /** What got through. */
  readonly found: readonly string[];
  /** CPU seconds of everything that it started. */
  readonly seconds: number;
};

/** Plays cells one after the other; those of one place and agent share a twin. */
export async function playCells(
  cells: readonly HostileCell[],
  onCell: (judged: JudgedCell) => void = () => undefined,
): Promise<RangeTally> {
  const sender = await openSender();
  const twins = new Map<string, PlayedCell>();
  const judged: JudgedCell[] = [];
  try {
    for (const cell of cells) {
      const { attack, carrier, agent } = cell;
      const key = `${carrier.name}\n${agent}`;
      const twin = twins.get(key) ?? (await playCell({ carrier, agent, sandbox: "wall" }, sender));
      twins.set(key, twin);
      const before = cpuSeconds();
      const played = await playCell(cell, sender);
      const one = {
        ...{ cell, counts: isPublished(twin.decisions), found: judgeCell(played, twin, attack, agent) },
        ...{ wasTold: played.wasTold, isPublished: isPublished(played.decisions) },
        seconds: cpuSeconds() - before,
      };
      judged.push(one);
      onCell(one);
    }
  } finally {
    sender.close();
  }
  return sumUp(
    judged,
    [...twins.values()].map((twin) => isPublished(twin.decisions)),
  );
}

function sumUp(judged: readonly JudgedCell[], twins: readonly boolean[]): RangeTally {
  const counted = judged.filter(({ counts }) => counts);
  const walled = counted.filter(({ cell }) => cell.sandbox === "wall");
  const open = counted.filter(({ cell }) => cell.sandbox === "none");
  const broken = walled.filter(({ found }) => found.length > 0);
  const count = (list: readonly JudgedCell[], is: (one: JudgedCell) => boolean) => list.filter(is).length;
  return {
    sample: walled.length,
    counts: {
      ...{ twins: twins.length, "twins published": twins.filter(Boolean).length },
      "not counted": judged.length - counted.length,
      "got through": broken.length,
      "orders read": count(walled, ({ wasTold }) => wasTold),
      refused: count(walled, ({ cell, isPublished: is }) => cell.attack.ends === "refused" && !is),
      ...{ control: open.length, "control failed": count(open, ({ found }) => found.length > 0) },
      "CPU seconds": Math.round(judged.reduce((sum, { seconds }) => sum + seconds, 0)),
    },
    worst: {},
    faults: broken.slice(0, 8).map(describeCell),
  };
}

/** What a cell is, and what got through. */
export const describeCell = ({ cell, found }: JudgedCell): string =>
  `${cell.attack.name} in ${cell.carrier.name}, ${cell.agent}: ${found.join("; ").slice(0, 400)}`;

/** CPU seconds of this process and of all that ended below it (proc(5): utime, stime, cutime, cstime). */
function cpuSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const ticks = fields.slice(11, 15).map(Number);
  return ticks.reduce((sum, one) => sum + one, 0) / 100;
}
