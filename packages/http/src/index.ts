export { judgeAddress, judgeHostname, type Reach } from "./address.ts";
export type { AskInit, HttpOptions } from "./call.ts";
export type { CompleteReply } from "./exchange.ts";
export {
  HttpFailure,
  type HttpFailureKind,
  isNotFound,
  kindOfStatus,
  type Remedies,
  readIfThere,
  takesTooLong,
} from "./failure.ts";
export { createGate, inTurn } from "./gate.ts";
export { createHttp, type Http } from "./http.ts";
export type { Secrets } from "./outbound-scan.ts";
export { createPacing, type PacedWrite, type PacedWrites, type Pacing, unpaced } from "./pacing.ts";
export { type ProbeOptions, probe } from "./probe.ts";
export type { ProbeResult } from "./probe-request.ts";
export { useProxy } from "./proxy.ts";
export { systemTime, type Time } from "./time.ts";
export { type Tolerate, tolerant } from "./tolerant.ts";
export { type Transport, transport } from "./transport.ts";
