import * as Sentry from "@sentry/node";

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  environment: process.env.NODE_ENV,
  sampleRate: 1.0,
  tracesSampleRate: 0.2,
  ignoreErrors: ["AbortError"],
  beforeSend(event, hint) {
    if (event.request?.url?.includes("/health")) return null;
    return event;
  },
});
