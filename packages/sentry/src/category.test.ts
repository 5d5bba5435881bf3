import { describe, expect, it } from "vitest";
import { categorise } from "./category.ts";
import { eventSchema } from "./event.ts";
import { sentryIssueSchema } from "./issue.ts";

const issueWith = (raw: object) =>
  sentryIssueSchema().parse({ id: "1", status: "unresolved", project: { id: "1", slug: "shop" }, ...raw });
const eventWith = (raw: object) => eventSchema().parse({ eventID: "e", ...raw });
const name = (issue: object | null, event: object | null = null) =>
  categorise(issue && issueWith(issue), event && eventWith(event)).category;

describe("the category of an issue", () => {
  it.each([
    ["error", "error", "error"],
    ["feedback", "feedback", "feedback"],
    ["uptime_domain_failure", "uptime", "uptime"],
    ["uptime_domain_failure", "outage", "uptime"],
    ["monitor_check_in_failure", "cron", "cron"],
    ["monitor_check_in_missed", "cron", "cron"],
    ["monitor_check_in_failure", "outage", "cron"],
    ["performance_n_plus_one_db_queries", "performance", "performance"],
    ["performance_n_plus_one_db_queries", "db_query", "performance"],
    ["performance_n_plus_one_api_calls", "http_client", "performance"],
    ["performance_file_io_main_thread", "mobile", "performance"],
    ["performance_render_blocking_asset_span", "frontend", "performance"],
    ["performance_p95_endpoint_regression", "metric", "performance"],
    ["profile_json_decode_main_thread", "profile", "performance"],
    ["web_vitals", "frontend", "performance"],
    ["replay_hydration_error", "frontend", "replay"],
    ["replay_click_rage", "replay", "replay"],
    ["metric_issue", "metric_alert", "metric"],
    ["query_injection_vulnerability", "db_query", "vulnerability"],
    ["gpu_crash", "outage", "error"],
  ])("of the type %s in %s is %s", (issueType, issueCategory, category) => {
    expect(name({ type: "generic", issueType, issueCategory })).toBe(category);
  });

  it.each([
    ["cron", "cron"],
    ["uptime", "uptime"],
    ["outage", "uptime"],
    ["db_query", "performance"],
    ["mobile", "performance"],
    ["metric_alert", "metric"],
    ["error", "error"],
  ])("that Sentry calls %s without a type is %s", (issueCategory, category) => {
    expect(name({ issueCategory })).toBe(category);
  });

  it.each(["csp", "hpkp", "expectct", "expectstaple", "nel"])(
    "that browsers report is no error, although Sentry files it there: %s",
    (type) => {
      const filed = { issueType: "error", issueCategory: "error" };
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
  ])("is told by the detector's number where nothing else does: %i", (type, category) => {
    expect(name(null, { type: "generic", occurrence: { type } })).toBe(category);
  });

  it("of an outage is told by the monitor that the event names", () => {
    const monitor = { contexts: { monitor: { slug: "nightly" } } };
    expect(name({ issueCategory: "outage" }, monitor)).toBe("cron");
  });

  it.each([
    ["by its mechanism", { tags: [{ key: "mechanism", value: "AppHang" }] }],
    ["by Android's type", { exception: { values: [{ type: "ApplicationNotResponding" }] } }],
    ["by Apple's type", { exception: { values: [{ type: "App Hang Fully Blocked" }] } }],
  ])("is a hang %s, although Sentry files it under errors", (_, event) => {
    expect(name({ issueType: "error", issueCategory: "error" }, { type: "error", ...event })).toBe("hang");
  });

  it("that nobody knows is named as what it is, and no crash", () => {
    const event = { type: "error", exception: { values: [{ type: "TypeError" }] } };
    const unknown = issueWith({ type: "generic", issueType: "quantum_flip", issueCategory: "quantum" });
    expect(categorise(unknown, eventWith(event))).toEqual({ category: "other", name: "quantum_flip" });
  });

  it("is an error where an old Sentry says nothing", () => {
    expect([name({}), name({}, { type: "error" }), name({}, { type: "default" })]).toEqual([
      "error",
      "error",
      "error",
    ]);
  });
});
