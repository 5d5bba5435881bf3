import { contract } from "@patchpilot/action-intake/contract";
import type { IncidentRecord } from "@patchpilot/incident";
import { listenAs } from "@patchpilot/simulators";
import { SENTRY_BOT } from "@patchpilot/simulators/github";
import type { SdkEvent } from "@patchpilot/simulators/sentry";
import { readIncident } from "../../../worlds/intake-world.ts";
import { createSentry, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { createTestWorld, STATE_KEY } from "../../../worlds/world.ts";
import { runBundle } from "./run-bundle.ts";

/** What intake's bundle wrote about an error: its record, and its comment without the hidden part. */
export type AcceptedError = { readonly record: IncidentRecord; readonly comment: string };

/** An error, the repository in which it happened, and what Sentry's alert wrote, if that is not as its text. */
export type ErrorReport = {
  readonly event: SdkEvent;
  /** Each holds its own path, if no text is given. */
  readonly files: readonly (string | readonly [path: string, text: string])[];
  readonly body?: (sentrys: string) => string;
  /** Slug of the project in Sentry; default `shop`. */
  readonly project?: string;
};

/** What became of errors: those that were accepted, by issue, and which issue is a duplicate. */
export type TakenIn = {
  readonly accepted: ReadonlyMap<number, AcceptedError>;
  readonly duplicates: readonly number[];
};

/** Runs the bundle on the issue that Sentry's alert opened. Without a token it has the issue's text alone. */
export async function takeInError(report: ErrorReport, withToken = true): Promise<AcceptedError> {
  const error = (await takeInErrors([report], withToken)).accepted.get(1);
  if (error === undefined) throw new Error("The issue was not accepted.");
  return error;
}

/** The same on several issues at once, which are numbered as the errors are listed. */
export async function takeInErrors(reports: readonly ErrorReport[], withToken = true): Promise<TakenIn> {
  const files = reports.flatMap(({ files: own }) =>
    own.map((file) => (typeof file === "string" ? ([file, `${file}\n`] as const) : file)),
  );
  const test = createTestWorld({ files: Object.fromEntries(files) });
  const projects = [...new Set(reports.map(({ project = "shop" }) => project))];
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url, projects));
  try {
    const alerts: { readonly title: string; readonly body: string }[] = [];
    sentry.onNewIssue((alert) => void alerts.push(alert));
    for (const { event, project = "shop" } of reports)
      sentry.recordEvent({ event, project, release: "shop@1.2.4", instants: [test.clock.now()] });
    if (alerts.length < reports.length) throw new Error("Sentry takes two of them for one issue.");
    for (const [index, { title, body }] of alerts.entries()) {
      const written = reports[index]?.body?.(body) ?? body;
      test.world.as(SENTRY_BOT.login).openIssue({ title, body: written });
    }
    const asked = { ...SENTRY_INPUTS, "sentry-projects": projects.join() };
    const { outputs } = await runBundle(test, contract, {
      inputs: { "state-key": STATE_KEY, "sentry-url": door.url, ...(withToken ? asked : {}) },
    });
    if (sentry.violations.length > 0) throw new Error(sentry.violations.join("\n"));
    const accepted = new Map<number, AcceptedError>();
    for (const number of reports.keys()) await addAccepted(accepted, test, number + 1);
    return { accepted, duplicates: listDuplicates(outputs["ignored"]) };
  } finally {
    await door.close();
  }
}

async function addAccepted(
  accepted: Map<number, AcceptedError>,
  test: Parameters<typeof readIncident>[0],
  number: number,
): Promise<void> {
  const { incident } = (await readIncident(test, number)).records;
  if (incident !== undefined)
    accepted.set(number, { record: incident.data, comment: incident.body.replace(/<!--[\s\S]*?-->/g, "") });
}

function listDuplicates(ignored = "[]"): number[] {
  const passed: { issue: number; reason: string }[] = JSON.parse(ignored);
  return passed.filter(({ reason }) => reason === "duplicate").map(({ issue }) => issue);
}
