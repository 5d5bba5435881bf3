import { HttpFailure, type HttpFailureKind } from "@patchpilot/http";
import {
  NO_DETAILS,
  type SentryEvent,
  type SentryFrame,
  type SentryIssue,
  type SentryRelease,
} from "@patchpilot/sentry";

export function sentryIssue(id: string, facts: Partial<SentryIssue> = {}): SentryIssue {
  return {
    id,
    shortId: `SHOP-${id}`,
    title: "TypeError: x is undefined",
    culprit: "total(cart)",
    permalink: `https://acme.sentry.io/issues/${id}/`,
    level: "error",
    status: "unresolved",
    substatus: "new",
    priority: "high",
    platform: "node",
    kind: { type: "error", issueType: "error", category: "error" },
    project: { id: "11", slug: "shop" },
    metadata: { type: "TypeError", value: "x is undefined", filename: null, function: null },
    count: 25,
    userCount: 3,
    firstSeen: "2026-11-20T09:00:00Z",
    lastSeen: "2026-11-20T10:00:00Z",
    firstRelease: { version: "shop@1.2.4", dateCreated: "2026-11-20T08:00:00Z" },
    lastRelease: null,
    isUnhandled: true,
    regressions: [],
    hasOpenFixPr: null,
    hasAttachments: null,
    integrationIssues: [],
    ...facts,
  };
}

export const sentryFrame = (path: string, name: string, line = 71): SentryFrame => ({
  path,
  absolutePath: `/srv/${path}`,
  module: null,
  function: name,
  line,
  column: 3,
  inApp: true,
  source: "return cart.items.total;",
});

export const sentryThrown = (
  facts: Partial<SentryEvent["exceptions"][number]> = {},
): SentryEvent["exceptions"][number] => ({
  type: "TypeError",
  value: "x is undefined",
  module: null,
  handled: false,
  frames: [sentryFrame("src/checkout.ts", "pay", 12), sentryFrame("src/cart.ts", "total")],
  ...facts,
});

/** A release that was deployed nowhere, unless the facts say otherwise. */
export const release = (
  version: string,
  dateCreated: string,
  facts: Partial<SentryRelease> = {},
): SentryRelease => ({
  version,
  dateCreated,
  dateReleased: null,
  firstEvent: null,
  commit: null,
  projects: [],
  platforms: [],
  lastDeploy: null,
  ...facts,
});

export function sentryEvent(facts: Partial<SentryEvent> = {}): SentryEvent {
  return {
    id: "e1",
    title: "TypeError: x is undefined",
    message: "",
    culprit: "total(cart)",
    platform: "node",
    type: "error",
    dateCreated: "2026-11-20T10:00:00Z",
    tags: { environment: "production", release: "shop@1.2.4", transaction: "/checkout" },
    release: { version: "shop@1.2.4", dateCreated: "2026-11-20T08:00:00Z" },
    exceptions: [sentryThrown()],
    breadcrumbs: [],
    request: null,
    evidenceDisplay: [],
    processingErrors: [],
    details: NO_DETAILS,
    ...facts,
  };
}

export const failure = (kind: HttpFailureKind): HttpFailure =>
  new HttpFailure({ kind, provider: "Sentry", asked: "GET /issues/", happened: "failed" });
