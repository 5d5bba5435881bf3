import {
  choice,
  flag,
  integer,
  isStopped,
  killSwitch,
  list,
  people,
  repositoryOrAbsent,
  text,
  textOr,
  url,
  urlOrAbsent,
} from "@patchpilot/action-kit/contract";
import { type Check, missing } from "@patchpilot/checks";
import * as z from "zod";
import type { DoctorInputs } from "./contract.ts";

/** The inputs that the other actions read more strictly than as a text, with their defaults there. */
const strict = z.object({
  stop: killSwitch(""),
  "sentry-url": url("https://sentry.io", ""),
  "sentry-projects": list([], ""),
  environment: textOr("production", ""),
  "vercel-url": url("https://api.vercel.com", ""),
  "production-environment": textOr("production", ""),
  "health-url": urlOrAbsent(""),
  "health-allow-private": flag(false, ""),
  "health-status": integer(200, { least: 100, most: 599 }, ""),
  "posthog-host": url("https://us.posthog.com", ""),
  events: list([], ""),
  "event-type": textOr("patchpilot-repair", ""),
  workflow: textOr("patchpilot-repair.yml", ""),
  via: choice(["repository_dispatch", "workflow_dispatch"], "repository_dispatch", ""),
  "trusted-authors": list([], ""),
  notify: people(""),
  "target-repository": repositoryOrAbsent(""),
  agent: textOr("claude-code", ""),
  "model-url": urlOrAbsent(""),
  command: text(""),
});

/** The inputs as the other actions will read them. */
export type DoctorSettings = Omit<DoctorInputs, keyof z.output<typeof strict>> &
  z.output<typeof strict> & { readonly stopped: boolean };

/** Reads the inputs as the other actions do. A value that they would refuse is a check, and counts as absent here. */
export function readDoctorSettings(inputs: DoctorInputs): {
  readonly settings: DoctorSettings;
  readonly faults: readonly Check[];
  /** Inputs whose value was refused. */
  readonly refused: ReadonlySet<string>;
} {
  const first = strict.safeParse(inputs);
  const faults = first.success ? [] : first.error.issues.map(toCheck);
  const refused = new Set(faults.flatMap(({ settings }) => settings));
  const kept = Object.fromEntries(Object.entries(inputs).filter(([name]) => !refused.has(name)));
  const read = strict.parse(kept);
  const stopped = isStopped(read.stop) || refused.has("stop");
  return { settings: { ...(kept as DoctorInputs), ...read, stopped }, faults, refused };
}

const toCheck = ({ path, message }: z.core.$ZodIssue): Check =>
  missing({ name: "Setting", settings: [path.join(".")] }, `The value ${message}.`, "Correct it.");
