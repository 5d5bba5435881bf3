import { HttpFailure } from "@patchpilot/http";
import type { SwitchStep } from "./decide/decide-switch.ts";
import { whoseStop } from "./decide/whose-stop.ts";
import type { SwitchFacts } from "./facts.ts";
import type { SchedulePorts } from "./ports.ts";

/** What became of a step. `unseen`: it is done, and GitHub does not show it yet. */
export type Applied = "done" | "raced" | "unseen";

/**
 * Switches the workflow off: first the note, by which a later run knows whose stop it sees; then the switch; then when that
 * shows, by which someone else's stop at another time is known from ours.
 */
async function switchOff(facts: SwitchFacts, ports: SchedulePorts): Promise<Applied> {
  const { path } = facts.workflow;
  const kept = await ports.writeNote(path, facts.kept, { state: "off" });
  if (kept === "raced") return "raced";
  await ports.switchWorkflow("off");
  const workflow = await ports.readWorkflow();
  if (workflow === undefined || whoseStop({ workflow, kept }) !== "ours") return "unseen";
  const seen = await ports.writeNote(path, kept, { state: "off", seenAt: workflow.updatedAt });
  return seen === "raced" ? "raced" : "done";
}

/** Switches it on first: a note that says `on` while our own stop still shows would make that someone else's. */
async function switchOn({ workflow, kept }: SwitchFacts, ports: SchedulePorts): Promise<Applied> {
  await ports.switchWorkflow("on");
  if ((await ports.readWorkflow())?.state !== "active") return "unseen";
  return (await ports.writeNote(workflow.path, kept, { state: "on" })) === "raced" ? "raced" : "done";
}

export const apply = (
  { kind }: Exclude<SwitchStep, { kind: "nothing" }>,
  facts: SwitchFacts,
  ports: SchedulePorts,
): Promise<Applied> => (kind === "off" ? switchOff(facts, ports) : switchOn(facts, ports));

/** GitHub refused it for good: a permission, or a server that has no such switch. */
export const isRefused = (error: unknown): error is HttpFailure =>
  error instanceof HttpFailure && ["forbidden", "not-found", "rejected", "unauthorized"].includes(error.kind);
