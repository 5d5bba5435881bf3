import type { FedOccurrence } from "@patchpilot/simulators/sentry";

/**
 * What Sentry reports beside errors, as its API serves it: after getsentry/sentry (issues/grouptype.py, uptime/grouptype.py,
 * monitors/logic/incident_occurrence.py, feedback/usecases, issue detectors) and the recorded replies of getsentry/sentry-mcp.
 */

type Row = readonly [name: string, value: string, important?: boolean];
const display = (...rows: readonly Row[]) =>
  rows.map(([name, value, important = false]) => ({ name, value, important }));

/** A detector's finding on spans: evidence as the API turns it to camel case, and the spans themselves. */
function slow(
  title: string,
  [issueType, issueCategory, type]: readonly [string, string, number],
  found: {
    readonly op: string;
    readonly transaction: string;
    readonly spans: readonly string[];
    readonly data?: Readonly<Record<string, unknown>>;
  },
): FedOccurrence {
  const { op, transaction, spans, data = {} } = found;
  const ids = spans.map((_, index) => `span00${index}`);
  return {
    ...{ title, culprit: transaction, level: "info", priority: "low" },
    kind: { type: "generic", issueType, issueCategory },
    event: {
      type: "transaction",
      tags: { transaction },
      entries: [
        {
          type: "spans",
          data: spans.map((description, index) => ({ span_id: ids[index], op, description, data })),
        },
      ],
      contexts: { trace: { op: "http.server", status: "ok" } },
      occurrence: {
        type,
        evidenceData: {
          ...{ op, transactionName: transaction, parentSpanIds: [], causeSpanIds: [], offenderSpanIds: ids },
          ...{ repeatingSpans: `${op} - ${spans[0]}`, repeatingSpansCompact: spans[0] },
          numRepeatingSpans: String(spans.length),
        },
        evidenceDisplay: display(["Offending Spans", `${op} - ${spans[0]}`, true]),
      },
    },
  };
}

const users = (id: number): string => `SELECT name FROM users WHERE users.id = ${id}`;

export const N_PLUS_ONE = slow("N+1 Query", ["performance_n_plus_one_db_queries", "db_query", 1006], {
  op: "db",
  transaction: "/api/users",
  spans: [users(1), users(2), users(3)],
});

/** A self-hosted Sentry before the categories were renamed. */
export const OLD_N_PLUS_ONE: FedOccurrence = {
  ...N_PLUS_ONE,
  kind: { type: "transaction", issueType: "performance_n_plus_one_db_queries", issueCategory: "performance" },
};

export const N_PLUS_ONE_API = slow(
  "N+1 API Call",
  ["performance_n_plus_one_api_calls", "http_client", 1010],
  {
    op: "http.client",
    transaction: "/checkout",
    spans: ["GET https://api.example.com/coupons/1", "GET https://api.example.com/coupons/2"],
  },
);

/** Newer SDKs say where a slow query begins. */
export const CONSECUTIVE_DB = slow(
  "Consecutive DB Queries",
  ["performance_consecutive_db_queries", "db_query", 1007],
  {
    op: "db",
    transaction: "/cart",
    spans: ["SELECT * FROM customers", "SELECT * FROM warehouses"],
    data: { "code.filepath": "src/db.ts", "code.lineno": 12, "code.function": "load" },
  },
);

export const LARGE_PAYLOAD = slow(
  "Large HTTP payload",
  ["performance_large_http_payload", "http_client", 1015],
  { op: "http.client", transaction: "/cart", spans: ["GET /api/users"] },
);

/** Of an Android app: the span holds the stack of the main thread. */
export const FILE_IO = slow("File IO on Main Thread", ["performance_file_io_main_thread", "mobile", 1008], {
  op: "file.write",
  transaction: "MainActivity",
  spans: ["1669031858711_file.txt (4.0 kB)"],
  data: {
    call_stack: [
      {
        function: "onClick",
        module: "com.acme.MainActivity",
        filename: "src/cart.ts",
        lineno: 42,
        in_app: true,
      },
    ],
  },
});

const CSP = {
  ...{ effective_directive: "img-src", violated_directive: "img-src", blocked_uri: "blob" },
  ...{
    document_uri: "https://shop.example.com/checkout?token=s3cret",
    source_file: "https://shop.example.com/checkout",
  },
  ...{ line_number: 61, status_code: 200, script_sample: "", disposition: "enforce" },
  original_policy:
    "default-src 'none'; report-uri https://o1.ingest.sentry.io/api/1/security/?sentry_key=43a5",
};

function browserReport(type: string, title: string, data: Readonly<Record<string, unknown>>): FedOccurrence {
  return {
    ...{
      title,
      culprit: String(data["effective_directive"] ?? ""),
      priority: "high",
      metadata: { value: title },
    },
    kind: { type, issueType: "error", issueCategory: "error" },
    event: {
      ...{ type, platform: "other" },
      entries: [
        { type: "message", data: { formatted: title } },
        { type, data },
      ],
      tags: { logger: type },
    },
  };
}

export const CSP_IMAGE = browserReport("csp", "Blocked 'image' from 'blob:'", CSP);

export const CSP_INLINE = browserReport("csp", "Blocked unsafe inline 'script'", {
  ...CSP,
  ...{ effective_directive: "script-src-elem", blocked_uri: "inline", disposition: "report" },
  script_sample: "alert(1)",
});

export const HPKP = browserReport("hpkp", "Public key pinning validation failed for 'shop.example.com'", {
  ...{ hostname: "shop.example.com", port: 443, effective_expiration_date: "2026-12-01T00:00:00Z" },
  known_pins: [["pin-sha256", "AAAA"]],
});

export const NEL: FedOccurrence = {
  title: "connection / tcp.refused",
  priority: "high",
  kind: { type: "nel", issueType: "error", issueCategory: "error" },
  event: {
    type: "nel",
    entries: [
      { type: "message", data: { formatted: "connection / tcp.refused" } },
      { type: "request", data: { method: "GET", url: "https://shop.example.com/", headers: [] } },
    ],
    contexts: {
      nel: {
        error_type: "tcp.refused",
        phase: "connection",
        server_ip: "123.122.121.120",
        elapsed_time: 823,
      },
    },
  },
};

/** The AI of Sentry makes the title of the words; here it took the name. The person signs with it, too. */
export const FEEDBACK: FedOccurrence = {
  title: "User Feedback: Bug report from Jane Miller",
  ...{ culprit: "User Feedback Widget", level: "info" },
  kind: { type: "generic", issueType: "feedback", issueCategory: "feedback" },
  metadata: { value: "The checkout button does nothing. Regards, Jane" },
  hasAttachments: true,
  event: {
    platform: "javascript",
    contexts: {
      feedback: {
        message: "The checkout button does nothing. Regards, Jane",
        ...{ name: "Jane Miller", contact_email: "jane@example.com", replay_id: "aa11" },
        ...{
          url: "https://shop.example.com/checkout?email=jane@example.com",
          source: "new_feedback_envelope",
        },
      },
    },
    occurrence: {
      type: 6001,
      evidenceData: { contactEmail: "jane@example.com", name: "Jane Miller" },
      evidenceDisplay: display(
        ["message", "The checkout button does nothing. Regards, Jane", true],
        ["contact_email", "jane@example.com"],
        ["name", "Jane Miller"],
      ),
    },
  },
};

const monitored = (type: number, rows: readonly Row[]) => ({
  ...{ type, evidenceData: {} },
  evidenceDisplay: display(...rows),
});

export const UPTIME: FedOccurrence = {
  ...{ title: "Downtime detected for https://shop.example.com", level: "error", priority: "high" },
  kind: { type: "generic", issueType: "uptime_domain_failure", issueCategory: "outage" },
  event: {
    platform: "other",
    tags: { uptime_rule: "12" },
    occurrence: monitored(7001, [
      ["Failure reason", "timeout - Request timed out", true],
      ["Duration", "10000ms"],
      ["Method", "GET"],
      ["Status Code", "None"],
    ]),
  },
};

/** Before the categories were renamed, and with the environment that Sentry takes where the monitor names none. */
export const OLD_UPTIME: FedOccurrence = {
  ...UPTIME,
  environment: "prod",
  kind: { ...UPTIME.kind, issueCategory: "uptime" },
};

export const CRON: FedOccurrence = {
  ...{ title: "Monitor failure: Nightly invoice report", level: "error", priority: "high" },
  kind: { type: "generic", issueType: "monitor_check_in_failure", issueCategory: "outage" },
  event: {
    platform: "other",
    tags: { "monitor.slug": "nightly-invoice-report" },
    contexts: {
      monitor: { slug: "nightly-invoice-report", name: "Nightly invoice report", status: "missed_checkin" },
    },
    occurrence: monitored(4001, [
      ["Failure reason", "1 missed check-in detected", true],
      ["Environment", "production"],
      ["Last successful check-in", "2026-11-19T02:00:00+00:00"],
    ]),
  },
};

/** Of a Sentry that is newer than everything here. */
export const UNKNOWN_CATEGORY: FedOccurrence = {
  title: "Qubit flipped",
  kind: { type: "generic", issueType: "quantum_flip", issueCategory: "quantum" },
  event: {
    entries: [
      {
        type: "exception",
        data: {
          values: [
            {
              ...{ type: "Flip", value: "qubit 7" },
              stacktrace: {
                frames: [{ filename: "src/cart.ts", lineNo: 4, function: "total", inApp: true }],
              },
            },
          ],
        },
      },
    ],
    occurrence: { type: 99_001, evidenceDisplay: display(["Qubit", "7", true]) },
  },
};
