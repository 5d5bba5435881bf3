// Loaded before anything else, as Sentry asks for, so that it sees every request.
import * as Sentry from "@sentry/node";

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  release: process.env.SENTRY_RELEASE,
  environment: "production",
  tracesSampleRate: 1,
});
