import { UMBRELLA_LABEL } from "@patchpilot/incident";
import { MINUTE } from "@patchpilot/time";
import { errorNamed, type IntakeWorld } from "../intake-world.ts";

/** An issue that Sentry's app opened; instants in milliseconds since the epoch. */
export type MonthIssue = {
  readonly number: number;
  readonly shortId: string;
  readonly at: number;
  /** When it became an incident. */
  accepted?: number;
};

/** Three errors at a place of the shop, the last of them now. */
export const crashIn = ({ sentry, clock }: IntakeWorld, place: string): void => {
  const now = clock.now();
  const instants = [now - 2 * MINUTE, now - MINUTE, now];
  sentry.recordEvent({ event: errorNamed(place), release: "shop@1.2.4", instants });
};

/** Lets Sentry's app open an issue for each new error, and notes when it becomes an incident. */
export function noteIssues(
  { world, clock, sentry }: IntakeWorld,
  onAccepted: (issue: MonthIssue) => void,
): readonly MonthIssue[] {
  const opened: MonthIssue[] = [];
  sentry.onNewIssue(({ title, body, shortId }) => {
    const { number } = world.as("sentry[bot]").openIssue({ title, body });
    opened.push({ number, shortId, at: clock.now() });
  });
  world.onEvent(({ event, action, payload }) => {
    const { issue, label } = payload as { issue?: { number: number }; label?: { name: string } };
    if (event !== "issues" || action !== "labeled" || label?.name !== UMBRELLA_LABEL) return;
    const found = opened.find(({ number, accepted }) => number === issue?.number && accepted === undefined);
    if (found === undefined) return;
    found.accepted = clock.now();
    onAccepted(found);
  });
  return opened;
}
