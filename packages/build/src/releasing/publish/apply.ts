import { decideWrite, nameWrite, seeProgress } from "./decide-write.ts";
import { LostReply } from "./lost-reply.ts";
import type { ReleaseStep } from "./plan-release.ts";
import type { ReleasePorts } from "./ports.ts";

/** Makes the writes that a repository still needs, one after the other. After a lost reply it looks before it asks again. */
export async function reachGoal({ goal, progress: start }: ReleaseStep, ports: ReleasePorts): Promise<void> {
  let lost: string | undefined;
  let progress = start;
  for (let write = decideWrite(goal, progress); write; write = decideWrite(goal, progress)) {
    const name = nameWrite(write);
    try {
      progress = await ports.write(write, progress);
      ports.report(name);
    } catch (error) {
      if (!(error instanceof LostReply) || lost === name) throw error;
      ports.report(`${name}: ${error.message} Looking whether it happened.`);
      lost = name;
      const refs = await ports.readRefs(goal.repository);
      progress = seeProgress(goal, refs, await ports.readReleases(goal.repository, `v${goal.version}`));
    }
  }
}
