import { checkDesk, isReady } from "@patchpilot/checks";
import { openPlace } from "../place/open-place.ts";
import { describeChecks } from "./words-doctor.ts";

/** Options as the command line reads them. */
export type DoctorFlags = { readonly repository?: string; readonly json?: boolean };

/**
 * Checks with your account what a job's token cannot see, and prints what it found. The exit status is 1 if something is
 * missing or a service did not answer.
 * @throws Error with a sentence
 */
export async function startDoctor({ repository, json = false }: DoctorFlags): Promise<void> {
  const place = await openPlace(repository);
  const checks = await checkDesk({ "server-url": place.serverUrl }, place);
  console.log(json ? JSON.stringify(checks, null, 2) : describeChecks(checks));
  if (!isReady(checks)) process.exitCode = 1;
}
