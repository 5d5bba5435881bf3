export type { RequestFacts } from "./call.ts";
export { HttpFailure, type HttpFailureFacts, type HttpFailureKind, type Remedies } from "./failure.ts";
export { createHttp, type Http, type HttpOptions, type JsonReply } from "./http.ts";
export { jsonReply, type Question } from "./json-reply.ts";
export type { Secrets } from "./outbound-scan.ts";
export { createPacing, type Pacing, unpaced } from "./pacing.ts";
export { type ProxyEnvironment, useProxy } from "./proxy.ts";
export type { Budget } from "./run-state.ts";
export { systemTime, type Time } from "./time.ts";
