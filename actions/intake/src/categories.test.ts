import { writtenRecord, writtenText } from "@patchpilot/acceptance/testing";
import { NO_DETAILS, type SentryEvent, type SentryFrame, type SentryIssue } from "@patchpilot/sentry";
import { describe, expect, it } from "vitest";
import { FEEDBACK, PERFORMANCE } from "./testing/bodies.ts";
import { handle } from "./testing/fake-ports.ts";
import { incident } from "./testing/incidents.ts";
import { sentryEvent, sentryFrame, sentryIssue, sentryThrown } from "./testing/sentry.ts";

/** Takes one issue in and reads what was written of it. */
async function takeIn(issue: Partial<SentryIssue>, event: Partial<SentryEvent>) {
  const { world } = await handle(
    {
      incidents: [incident(12)],
      issues: new Map([["12", sentryIssue("12", issue)]]),
      events: new Map([["12", sentryEvent({ exceptions: [], type: "generic", ...event })]]),
    },
    {},
    12,
  );
  const [write] = world.changes[0]?.records ?? [];
  return { text: write?.text ?? "", data: write?.data as { severity: string; confidence: number } };
}

const kind = (issueType: string, category: string, type = "generic") => ({
  kind: { type, issueType, category },
  isUnhandled: false,
});
const report = (facts: Record<string, string>) => ({
  type: "csp",
  details: { ...NO_DETAILS, report: { kind: "csp" as const, facts } },
});

describe("severity", () => {
  it("of downtime is critical, and of a handled error with the same numbers it is not", async () => {
    const same = { priority: "high", count: 1, userCount: 0, isUnhandled: false };
    const down = await takeIn({ ...same, ...kind("uptime_domain_failure", "outage") }, {});
    const error = await takeIn(same, { type: "error", exceptions: [sentryThrown({ handled: true })] });
    expect([down.data.severity, error.data.severity]).toEqual(["critical", "medium"]);
  });

  it("of what an extension of the browser causes is low", async () => {
    const { data, text } = await takeIn(
      { ...kind("error", "error", "csp"), count: 7019, userCount: 20 },
      report({ effective_directive: "script-src", source_file: "chrome-extension://abc/inject.js" }),
    );
    expect(data.severity).toBe("low");
    expect(text).toContain("an extension of the browser caused it, not the site");
  });

  it.each([
    ["a policy that blocks", { disposition: "enforce" }, "medium", "any browser may"],
    ["a policy that only reports", { disposition: "report" }, "low", "nothing was blocked"],
    ["an extension", { blocked_uri: "chrome-extension" }, "low", "an extension of the browser caused it"],
  ])("of a report by %s is the same by the issue's text alone", async (_, facts, severity, reason) => {
    const csp = JSON.stringify({ "csp-report": { effective_directive: "img-src", ...facts } }, null, 2);
    const body = `Sentry Issue: [SHOP-12](https://acme.sentry.io/issues/12/)\n\n\`\`\`\nBlocked 'image'\n\n${csp}\n\`\`\``;
    const { changes } = await handle({ incidents: [incident(12, { body })] }, { "sentry-token": "" }, 12);
    expect(writtenRecord(changes[0])).toMatchObject({ severity, basis: "text" });
    expect(writtenText(changes[0])).toContain(reason);
  });

  it("of a hang does not depend on whether its exception was handled", async () => {
    const hang = (handled: boolean) =>
      takeIn({}, { type: "error", exceptions: [sentryThrown({ type: "App Hanging", handled })] });
    const [handled, unhandled] = [await hang(true), await hang(false)];
    expect(handled.data.severity).toBe(unhandled.data.severity);
    expect(handled.text).not.toContain("handled it");
  });

  it("of slowness ignores the level that Sentry gives all of it", async () => {
    const slow = (level: string) => takeIn({ ...kind("performance_slow_db_query", "db_query"), level }, {});
    expect((await slow("info")).data.severity).toBe((await slow("error")).data.severity);
  });
});

describe("a hang", () => {
  it("keeps its stack, and nothing of it is called a crash", async () => {
    const { text } = await takeIn({}, { type: "error", exceptions: [sentryThrown({ type: "App Hanging" })] });
    expect(text).toContain("`src/cart.ts`: hung here, line 71");
    expect(text).toContain("<- hung here");
    expect(text).not.toMatch(/crash/i);
  });
});

describe("an error", () => {
  it("is spoken of as before", async () => {
    const { text } = await takeIn({}, { type: "error", exceptions: [sentryThrown()] });
    expect(text).toContain("`src/cart.ts`: crashed here, line 71");
    expect(text).not.toContain("| Kind |");
  });
});

describe("what is missing of an error without a suspect", () => {
  const missing = async (...frames: Partial<SentryFrame>[]) => {
    const full = frames.map((frame) => ({ ...sentryFrame("lib/x.ts", "x"), ...frame }));
    const { text } = await takeIn({}, { type: "error", exceptions: [sentryThrown({ frames: full })] });
    return text.split("#### What is missing")[1] ?? "";
  };

  it("is a stack if it has none", async () => {
    expect(await missing()).toContain("There is no stack trace");
    expect(await missing()).not.toContain("source maps");
  });

  it("is a frame of the application's if all are of libraries", async () => {
    const text = await missing({ inApp: false });
    expect(text).toContain("No frame of the stack is of the application's own code.");
    expect(text).not.toContain("source maps");
  });

  it("is a source map if the application's frames lead nowhere", async () => {
    expect(await missing({})).toContain("Upload source maps to Sentry");
  });
});

describe("confidence", () => {
  it("in a category that nobody knows stays under what dispatch asks for, whatever its stack leads to", async () => {
    const { data } = await takeIn(kind("quantum_flip", "quantum"), { exceptions: [sentryThrown()] });
    expect(data.confidence).toBeLessThan(0.75);
  });
});

describe("without Sentry's word", () => {
  const takeInText = async (body: string) => {
    const { world } = await handle({ incidents: [incident(12, { body })] }, { "sentry-token": "" }, 12);
    return world.changes[0]?.records[0]?.text ?? "";
  };

  it("a feedback is known by its link, and who wrote it is left out", async () => {
    const text = await takeInText(FEEDBACK);
    expect(text).toContain("| Kind | user feedback |");
    expect(text).toContain("User feedback: It hangs when I pay.");
    expect(text).not.toContain("bob");
  });

  it("slowness is known by the names in its table", async () => {
    const text = await takeInText(PERFORMANCE);
    expect(text).toContain("| Kind | performance issue |");
    expect(text).toContain("### Incident accepted: `Transaction: GET /orders`");
    expect(text).not.toMatch(/crash/i);
  });
});
