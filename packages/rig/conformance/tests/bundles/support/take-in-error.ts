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
  readonly files: readonly string[];
  readonly body?: (sentrys: string) => string;
};

/** Runs the bundle on the issue that Sentry's alert opened. Without a token it has the issue's text alone. */
export async function takeInError(report: ErrorReport, withToken = true): Promise<AcceptedError> {
  const files = Object.fromEntries(report.files.map((path) => [path, `${path}\n`]));
  const test = createTestWorld({ files });
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  try {
    sentry.onNewIssue(({ title, body }) => {
      test.world.as(SENTRY_BOT.login).openIssue({ title, body: report.body?.(body) ?? body });
    });
    sentry.recordEvent({ event: report.event, release: "shop@1.2.4", instants: [test.clock.now()] });
    await runBundle(test, contract, {
      inputs: {
        ...{ "state-key": STATE_KEY, "sentry-url": door.url },
        ...(withToken ? SENTRY_INPUTS : {}),
      },
    });
    if (sentry.violations.length > 0) throw new Error(sentry.violations.join("\n"));
    const { incident } = (await readIncident(test, 1)).records;
    if (incident === undefined) throw new Error("The issue was not accepted.");
    return { record: incident.data, comment: incident.body.replace(/<!--[\s\S]*?-->/g, "") };
  } finally {
    await door.close();
  }
}
