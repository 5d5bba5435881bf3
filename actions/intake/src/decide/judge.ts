import { inlineCode } from "@patchpilot/evidence";
import { isAtLeast, type Severity } from "@patchpilot/incident";
import type { IgnoreReason, IntakeInputs } from "../contract.ts";
import {
  findEnvironment,
  type IntakeSubject,
  type PossibleFix,
  type Reason,
  readView,
  type SentryIssue,
} from "../facts.ts";
import type { SentryLink } from "./recognise.ts";

/** A verdict on one candidate: null lets it pass. */
export type Objection = Reason | null;

const object = (reason: IgnoreReason, detail: string): Objection => ({ reason, detail });

/**
 * Whether the link leads to the Sentry and the organization that are configured: another one's numbers mean other
 * issues. Without a token nobody is asked, so the host does not matter then.
 */
export function judgeLink(link: SentryLink | null, inputs: IntakeInputs): Objection {
  if (link === null) return null;
  const configured = new URL(inputs["sentry-url"]).host.toLowerCase();
  const isSaas = (host: string): boolean => host === "sentry.io" || host.endsWith(".sentry.io");
  if (inputs["sentry-token"] && link.host !== configured && !(isSaas(link.host) && isSaas(configured)))
    return object("wrong-project", `its link leads to ${link.host}, not to ${configured} (sentry-url)`);
  const { "sentry-org": organization } = inputs;
  if (organization !== undefined && link.organization !== null && link.organization !== organization)
    return object(
      "wrong-project",
      `it belongs to the organization ${link.organization}, not ${organization} (sentry-org)`,
    );
  return null;
}

/** Judges what Sentry says of a failure. */
export function judgeView(subject: IntakeSubject, inputs: IntakeInputs): Objection {
  const { view } = subject;
  if (view.state === "failed" && view.known) return object("unreadable", view.message);
  if (view.state !== "read") return null;
  return judgeIssue(view.issue, inputs) ?? judgeEnvironment(subject, inputs);
}

/**
 * Judges Sentry's issue: project, state, number of events, a fix that Seer has under way. What Sentry does not tell is
 * not held against it.
 */
export function judgeIssue(issue: SentryIssue, inputs: IntakeInputs): Objection {
  const { project, status, count } = issue;
  if (!isProject(project, inputs["sentry-projects"]))
    return object(
      "wrong-project",
      `its project ${inlineCode(project.slug)} is not one of \`sentry-projects\` (${inputs["sentry-projects"].join(", ")}): add it there if its code is in this repository`,
    );
  if (status === "ignored")
    return { reason: "resolved", detail: "it is archived in Sentry", waitsFor: "archived" };
  if (["resolved", "pending_deletion", "pending_merge"].includes(status))
    return object("resolved", `it is ${status.replace("_", " ")} in Sentry`);
  if (count !== null && count < inputs["min-events"])
    return object("below-threshold", `${count} events, fewer than ${inputs["min-events"]} (min-events)`);
  if (issue.hasOpenFixPr === true)
    return object("fix-in-flight", "Sentry says that a pull request with a fix is open");
  return null;
}

const isProject = (project: SentryIssue["project"], projects: readonly string[]): boolean =>
  projects.length === 0 ||
  projects.some((entry) => entry === project.id || entry.toLowerCase() === project.slug.toLowerCase());

function judgeEnvironment({ view }: IntakeSubject, inputs: IntakeInputs): Objection {
  const named = findEnvironment(readView(view).event);
  return named === null || named === inputs.environment
    ? null
    : object(
        "wrong-environment",
        `its event comes from the environment ${inlineCode(named, 64)}, not from ${inlineCode(inputs.environment)}: if that is your production, set \`environment\` to it`,
      );
}

/** Whether a severity is high enough. */
export function judgeSeverity(severity: Severity, inputs: IntakeInputs): Objection {
  return isAtLeast(severity, inputs["min-severity"])
    ? null
    : object(
        "below-threshold",
        `its severity is ${severity}, below ${inputs["min-severity"]} (min-severity)`,
      );
}

/** Whether a person fixes it already. */
export const judgeFix = (fix: PossibleFix | undefined): Objection =>
  fix === undefined ? null : object("fix-in-flight", `pull request ${fix.number} is open`);
