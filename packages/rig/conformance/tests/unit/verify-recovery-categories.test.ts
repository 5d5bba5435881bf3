import { expect, it } from "vitest";
import { acceptCrash, look, mergeFixes, openLiveApp } from "../../worlds/live-app.ts";
import { CSP_IMAGE, UPTIME } from "../../worlds/reports.ts";

it.each([
  ["downtime, whose events are not among Sentry's errors", UPTIME],
  ["a browser's report that came once", CSP_IMAGE],
])("a fix of %s is not called recovered because no error comes", async (_, report) => {
  const app = openLiveApp({ days: 1, teller: "vercel" });
  app.sentry.recordOccurrence({ ...report, at: app.test.clock.now() });
  const issue = acceptCrash(app, app.sentry.issues().at(-1)?.shortId ?? "");
  app.deploy(mergeFixes(app, [issue]));
  app.goOn(48, { crashEvery: 200 });
  expect(await look(app)).toMatch(/^watch: (?:waiting|inconclusive)$/);
});
