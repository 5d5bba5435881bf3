import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DEMO_NAMES } from "../world/names.ts";
import { reviewInTheMorning } from "./acts.ts";
import { describeLessonFigure, type LessonOrder, measureLesson } from "./lesson-figure.ts";
import { type DemoStage, tick } from "./stage.ts";

const HOUR = 3_600_000;
const runGit = promisify(execFile);

/** The faulty file is pushed once more, as a bad merge does it; then ticks until `verify-recovery` has reopened the issue. */
export async function bringTheFaultBack(stage: DemoStage): Promise<void> {
  const { world, timeline, lastDecision } = stage;
  timeline.note("maintainer", "pushes the same fault to main once more, as a bad merge does it");
  const message = "Merge the branch of the coupons";
  world.services.github
    .as(DEMO_NAMES.maintainer)
    .push({ branch: "main", message, files: world.changes.coupons });
  const giveUp = world.clock.now() + 48 * HOUR;
  while (lastDecision()?.decision !== "reopen" && world.clock.now() < giveUp)
    await tick(stage, world.clock.now() + 2 * HOUR);
}

/** Reviews the second repair, and notes what the lesson of the first one was worth to it. */
export async function reviewAndMeasure(
  stage: DemoStage,
  order: () => LessonOrder | undefined,
): Promise<void> {
  const { world, timeline } = stage;
  const files = await readFiles(stage);
  const before =
    world.services.github.repository(DEMO_NAMES.repository).git.refs.get("refs/heads/main") ?? "";
  await reviewInTheMorning(stage);
  const given = order();
  if (given === undefined) throw new Error("No second work order was sent.");
  const changed = await git(stage, ["diff", "--name-only", before, "refs/heads/main"]);
  const known = changed.filter((path) => files.has(path));
  timeline.note("lesson", describeLessonFigure(measureLesson(given, files, known)));
}

/** Texts of the shop's repository as the second worker finds them; workflows are none of its business. */
async function readFiles(stage: DemoStage): Promise<Map<string, string>> {
  const paths = await git(stage, ["ls-tree", "-r", "--name-only", "refs/heads/main"]);
  const own = paths.filter((path) => !path.startsWith(".github/"));
  const texts = await Promise.all(
    own.map(
      async (path) => [path, (await git(stage, ["show", `refs/heads/main:${path}`])).join("\n")] as const,
    ),
  );
  return new Map(texts);
}

async function git({ world }: DemoStage, args: readonly string[]): Promise<string[]> {
  const { stdout } = await runGit("git", ["--git-dir", world.services.gitDirectory, ...args]);
  return stdout.split("\n").filter((line) => line !== "");
}

/** Listens for work orders. @returns the newest one */
export function watchOrders({ world }: DemoStage): () => LessonOrder | undefined {
  let newest: LessonOrder | undefined;
  world.services.github.onEvent(({ event, payload }) => {
    if (event !== "repository_dispatch") return;
    const { patchpilot } = payload["client_payload"] as { patchpilot?: LessonOrder };
    newest = patchpilot ?? newest;
  });
  return () => newest;
}
