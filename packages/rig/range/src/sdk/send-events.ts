/**
 * The app's side: a process with Sentry's own SDK, as the SDK traces what its own process asks. Takes events as messages
 * and answers each once it is sent.
 */
import * as Sentry from "@sentry/node";
import type { AppEvent } from "./app-event.ts";

// The SDK listens for the end of the process once for each client.
process.setMaxListeners(0);
process.on("message", async (event: AppEvent) => {
  process.send?.({ sent: await send(event) });
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

async function send(event: AppEvent): Promise<boolean> {
  const { dsn, release, environment, serverName } = event;
  const client = Sentry.init({
    ...{
      dsn,
      release,
      environment,
      skipOpenTelemetrySetup: true,
      includeServerName: serverName !== undefined,
    },
    ...(serverName === undefined ? {} : { serverName }),
    defaultIntegrations: [Sentry.linkedErrorsIntegration(), Sentry.requestDataIntegration()],
    beforeSend: (sent) => finish(sent, event),
  });
  Sentry.withIsolationScope((scope) => {
    describe(scope, event);
    Sentry.captureException(makeError(event), { mechanism: { type: "http", handled: false } });
  });
  return (await client?.flush(10_000)) ?? false;
}

function describe(scope: Sentry.Scope, event: AppEvent): void {
  scope.setTags(event.tags ?? {});
  scope.setExtras(event.extra ?? {});
  if (event.user !== undefined) scope.setUser(event.user);
  for (const [name, context] of Object.entries(event.contexts ?? {})) scope.setContext(name, context);
  for (const crumb of event.breadcrumbs ?? []) scope.addBreadcrumb({ level: "info", ...crumb });
  if (event.transaction !== undefined) scope.setTransactionName(event.transaction);
  if (event.fingerprint !== undefined) scope.setFingerprint([...event.fingerprint]);
}

function makeError({ type, message, frames, cause }: AppEvent): Error {
  const error = new Error(message);
  error.name = type;
  const lines = frames.map(
    ({ function: name, filename, line }) => `    at ${name} (/srv/shop/${filename}:${line}:7)`,
  );
  error.stack = [`${type}: ${message}`, ...lines.toReversed()].join("\n");
  if (cause !== undefined) {
    const inner = new Error(cause.message);
    inner.name = cause.type;
    error.cause = inner;
  }
  return error;
}

/** What an app may say in the SDK's own hook: where its frames are in the repository, and its request. */
function finish(sent: Sentry.ErrorEvent, event: AppEvent): Sentry.ErrorEvent {
  const values = sent.exception?.values ?? [];
  const stack = values.at(-1)?.stacktrace?.frames;
  if (stack !== undefined)
    stack.splice(
      0,
      stack.length,
      ...event.frames.map(({ line, filename, ...frame }) => ({
        ...frame,
        ...{ filename, abs_path: `/srv/shop/${filename}`, lineno: line, colno: 7, in_app: true },
      })),
    );
  return {
    ...sent,
    ...(event.logger === undefined ? {} : { logger: event.logger }),
    ...(event.request === undefined ? {} : { request: { ...event.request } }),
  };
}
