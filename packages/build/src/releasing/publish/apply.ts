import { chooseRelease } from "./decide-need.ts";
import { decideWrite, type Goal, nameWrite, type Progress } from "./decide-write.ts";
import { LostReply } from "./lost-reply.ts";
import type { ReleasePorts } from "./ports.ts";

/** Makes the writes that a repository still needs, one after the other. After a lost reply it looks before it asks again. */
export async function reachGoal(goal: Goal, ports: ReleasePorts): Promise<void> {
  let lost: string | undefined;
  let progress = await readProgress(goal, ports);
  for (let write = decideWrite(goal, progress); write; write = decideWrite(goal, progress)) {
    const name = nameWrite(write);
    try {
      progress = await ports.write(write, progress);
      ports.report(name);
    } catch (error) {
      if (!(error instanceof LostReply) || lost === name) throw error;
      ports.report(`${name}: ${error.message} Looking whether it happened.`);
      lost = name;
      progress = await readProgress(goal, ports);
    }
  }
}

async function readProgress(goal: Goal, ports: ReleasePorts): Promise<Progress> {
  const tag = `v${goal.version}`;
  const refs = await ports.readRefs(goal.repository);
  const release = chooseRelease(await ports.readReleases(goal.repository, tag));
  const there = { [`refs/tags/${tag}`]: refs.versions[goal.version], "refs/heads/main": refs.main };
  return {
    pushed: goal.refs.every((ref) => there[ref] === goal.commit),
    ...(release === undefined ? {} : { release }),
  };
}
