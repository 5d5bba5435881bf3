import type { IssueFacts } from "./incident.ts";
import type { Phase } from "./phases.ts";
import type { WorkOrder } from "./work-order.ts";

/** The flat summary of an incident that users' own steps read. */
export type IncidentSummary = {
  readonly issue: number;
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly severity: string;
  readonly phase: Phase;
  readonly url: string;
};

/** @param phase the one that the incident has once this run has written */
export const summariseIncident = (
  { number, url }: Pick<IssueFacts, "number" | "url">,
  { key, kind, title, severity }: Pick<IncidentSummary, "key" | "kind" | "title" | "severity">,
  phase: Phase,
): IncidentSummary => ({ issue: number, key, kind, title, severity, phase, url });

/** What a worker knows of its incident: it works on it. */
export const summariseOrder = ({ issue, url, incident }: WorkOrder): IncidentSummary =>
  summariseIncident({ number: issue, url }, incident, "working");
