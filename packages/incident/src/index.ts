export * from "./claims.ts";
export * from "./confidence.ts";
export * from "./incident.ts";
export * from "./performance.ts";
export * from "./phases.ts";
export * from "./records.ts";
export * from "./severity.ts";
export * from "./work-order.ts";
