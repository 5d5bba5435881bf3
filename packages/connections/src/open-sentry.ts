import { createHttp } from "@patchpilot/http";
import { type ConnectionOptions, connectSentry, type Sentry } from "@patchpilot/sentry";
import type { ServiceAccess } from "./access.ts";

/** The inputs that say which Sentry is asked, and about which projects. */
type SentryInputs = { readonly "sentry-url": string; readonly "sentry-projects": readonly string[] };

/** @param known what the inputs may leave out: each action says itself what follows from that */
export const openSentry = (
  inputs: SentryInputs,
  known: Pick<ConnectionOptions, "token" | "organization">,
  access: ServiceAccess,
): Sentry =>
  connectSentry({
    ...known,
    url: inputs["sentry-url"],
    projects: inputs["sentry-projects"],
    http: createHttp({ name: "Sentry", ...access }),
  });
