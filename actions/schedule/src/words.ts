import type { Stop } from "./decide/whose-stop.ts";
import type { OpenWork } from "./facts.ts";

/** Where the README's other form is. */
const ALWAYS_ON =
  "Or use one workflow that is always on: https://github.com/patchpilot/patchpilot/blob/v1/docs/setup.md#what-an-idle-repository-costs";

export const STOPPED = "`stop` is set: nothing is switched.";

export const notKnown = (file: string): string =>
  `This repository has no workflow ${file}. Commit it to .github/workflows on the default branch, or name it in \`workflow\`. ${ALWAYS_ON}`;

export const notAllowed = (file: string, to: "on" | "off", reason: string): string =>
  `${file} could not be switched ${to}. ${reason} The job needs \`actions: write\` and \`contents: write\`. ${ALWAYS_ON}`;

/** What keeps a workflow off that PatchPilot does not switch on; undefined where nothing does. */
export function describeStop(file: string, stop: Stop): string | undefined {
  if (stop === "theirs")
    return `${file} is disabled, and PatchPilot did not do that, so it stays off. Incidents are looked at by the sweep alone, twice a day. To have it back: Actions → ${file} → Enable workflow.`;
  if (stop === "fork")
    return `GitHub disables scheduled workflows in a fork, so ${file} stays off. To have it here: Actions → ${file} → Enable workflow.`;
  return stop === "deleted" ? notKnown(file) : undefined;
}

const name = (issues: readonly number[]): string => {
  const named = issues.slice(0, 10).map((issue) => `#${issue}`);
  return [...named, ...(issues.length > 10 ? [`${issues.length - 10} more`] : [])].join(", ");
};

export function describeWork({ open, watched }: OpenWork): string {
  if (open.length + watched.length === 0)
    return "No incident is open, and none was closed in the last seven days.";
  const parts = [
    ...(open.length > 0 ? [`open: ${name(open)}`] : []),
    ...(watched.length > 0 ? [`closed in the last seven days: ${name(watched)}`] : []),
  ];
  return `Incidents ${parts.join("; ")}.`;
}

export const rightAlready = (what: string): string => `${what} is as it should be.`;
export const due = (what: string, to: "on" | "off"): string => `${what} will be switched ${to}.`;
export const switched = (what: string, to: "on" | "off"): string => `${what} is ${to} now.`;
export const wouldSwitch = (what: string, to: "on" | "off"): string =>
  `\`dry-run\`: ${what} would be switched ${to}.`;
export const lifted = (file: string): string =>
  `GitHub had disabled ${file} after 60 days without a commit; PatchPilot enabled it again.`;
export const raced = (file: string): string =>
  `GitHub says that another run is switching ${file}; this one leaves it alone, and the next sweep looks again.`;
export const notShown = (file: string, to: "on" | "off"): string =>
  `GitHub does not show yet that ${file} is ${to}; the next sweep looks again.`;
