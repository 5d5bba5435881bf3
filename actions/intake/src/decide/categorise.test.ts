import { NO_DETAILS, type SentryEvent } from "@patchpilot/sentry";
import { describe, expect, it } from "vitest";
import { sentryEvent, sentryIssue, sentryThrown } from "../testing/sentry.ts";
import { categorise } from "./categorise.ts";

type Kind = Partial<ReturnType<typeof sentryIssue>["kind"]>;
const UNSAID = { type: null, issueType: null, category: null };
const issueWith = (kind: Kind) => sentryIssue("1", { kind: { ...UNSAID, ...kind } });
const name = (kind: Kind | null, event: Partial<SentryEvent> | null = null) =>
  categorise(kind && issueWith(kind), event && sentryEvent({ exceptions: [], ...event })).category;
const detected = (details: Partial<SentryEvent["details"]>) => ({
  type: "generic",
  details: { ...NO_DETAILS, ...details },
});

/** Sentry's type, its category in one of its two sets of names, and what it is. */
const TYPES = `
  error error error
  feedback feedback feedback
  uptime_domain_failure uptime uptime
  uptime_domain_failure outage uptime
  monitor_check_in_failure cron cron
  monitor_check_in_missed cron cron
  monitor_check_in_failure outage cron
  performance_n_plus_one_db_queries performance performance
  performance_n_plus_one_db_queries db_query performance
  performance_n_plus_one_api_calls http_client performance
  performance_file_io_main_thread mobile performance
  performance_render_blocking_asset_span frontend performance
  performance_p95_endpoint_regression metric performance
  profile_json_decode_main_thread profile performance
  web_vitals frontend performance
  replay_hydration_error frontend replay
  replay_click_rage replay replay
  metric_issue metric_alert metric
  query_injection_vulnerability db_query vulnerability
  gpu_crash outage error
`
  .trim()
  .split("\n")
  .map((line) => line.trim().split(" ") as [string, string, string]);

describe("the category of an issue", () => {
  it.each(TYPES)("of the type %s in %s is %s", (issueType, category, expected) => {
    expect(name({ type: "generic", issueType, category })).toBe(expected);
  });

  it.each([
    ["cron", "cron"],
    ["uptime", "uptime"],
    ["outage", "uptime"],
    ["db_query", "performance"],
    ["mobile", "performance"],
    ["metric_alert", "metric"],
    ["error", "error"],
  ])("that Sentry calls %s without a type is %s", (given, category) => {
    expect(name({ category: given })).toBe(category);
  });

  it.each(["csp", "hpkp", "expectct", "expectstaple", "nel"])(
    "that browsers report is no error, although Sentry files it there: %s",
    (type) => {
      const filed = { issueType: "error", category: "error" };
      expect(name({ ...filed, type })).toBe("security");
      expect(name(filed, { type })).toBe("security");
    },
  );

  it.each([
    [1006, "performance"],
    [1021, "vulnerability"],
    [4001, "cron"],
    [6001, "feedback"],
    [7001, "uptime"],
    [8001, "metric"],
  ])("is known by the detector's number where nothing else does: %i", (type, category) => {
    expect(name(null, detected({ detected: type }))).toBe(category);
  });

  it("of an outage is known by the monitor that the event names", () => {
    expect(name({ category: "outage" }, detected({ monitor: "nightly" }))).toBe("cron");
  });

  it.each([
    ["by its mechanism", { tags: { mechanism: "AppHang" } }],
    ["by Android's type", { exceptions: [sentryThrown({ type: "ApplicationNotResponding" })] }],
    ["by Apple's type", { exceptions: [sentryThrown({ type: "App Hang Fully Blocked" })] }],
  ])("is a hang %s, although Sentry files it under errors", (_, event) => {
    expect(name({ issueType: "error", category: "error" }, { type: "error", ...event })).toBe("hang");
  });

  it("that nobody knows is named as what it is, and no crash", () => {
    const unknown = issueWith({ type: "generic", issueType: "quantum_flip", category: "quantum" });
    expect(categorise(unknown, sentryEvent())).toEqual({ category: "other", name: "quantum_flip" });
  });

  it("is an error where an old Sentry says nothing", () => {
    expect([name({}), name({}, { type: "error" }), name({}, { type: "default" })]).toEqual([
      "error",
      "error",
      "error",
    ]);
  });
});
