import { contract } from "@patchpilot/action-intake/contract";
import type { IncidentRecord } from "@patchpilot/incident";
import { listenAs } from "@patchpilot/simulators";
import { SENTRY_BOT } from "@patchpilot/simulators/github";
import type { FedOccurrence } from "@patchpilot/simulators/sentry";
import { readIncident } from "../../../worlds/intake-world.ts";
import { createSentry, SENTRY_INPUTS } from "../../../worlds/providers.ts";
import { createTestWorld, STATE_KEY } from "../../../worlds/world.ts";
import { runBundle } from "./run-bundle.ts";

/** What intake's bundle made of one report. */
export type TakenIn = {
  readonly accepted: readonly number[];
  readonly ignored: readonly { readonly reason: string; readonly detail: string }[];
  readonly record: IncidentRecord | undefined;
  /** Its comment, without the hidden record. */
  readonly comment: string;
};

const FILES = [
  ...["src/api/users.ts", "src/api/coupons.ts", "src/db.ts", "src/cart.ts", "src/checkout.ts"],
  ...["src/jobs/invoice-report.ts", "next.config.mjs", "README.md"],
];

/** Runs the bundle on the issue that Sentry's alert opened for a report. Without a token it has the issue's text alone. */
export async function takeIn(report: FedOccurrence, withToken = true): Promise<TakenIn> {
  const files = Object.fromEntries(FILES.map((path) => [path, `// ${path}\n`]));
  const test = createTestWorld({ files });
  const { simulator: sentry, door } = await listenAs((url) => createSentry(test.clock, url));
  try {
    sentry.onNewIssue(({ title, body }) => void test.world.as(SENTRY_BOT.login).openIssue({ title, body }));
    sentry.recordOccurrence(report);
    const { outputs } = await runBundle(test, contract, {
      inputs: {
        ...{ "state-key": STATE_KEY, "sentry-url": door.url, issues: "1" },
        ...(withToken ? SENTRY_INPUTS : {}),
      },
    });
    if (sentry.violations.length > 0) throw new Error(sentry.violations.join("\n"));
    const { records } = await readIncident(test, 1);
    return {
      accepted: JSON.parse(outputs["accepted"] ?? "[]"),
      ignored: JSON.parse(outputs["ignored"] ?? "[]"),
      record: records.incident?.data,
      comment: records.incident?.body.replace(/<!--[\s\S]*?-->/g, "") ?? "",
    };
  } finally {
    await door.close();
  }
}
