export { openPostHog } from "./open-posthog.ts";
export { openSentry } from "./open-sentry.ts";
export { openVercel } from "./open-vercel.ts";
