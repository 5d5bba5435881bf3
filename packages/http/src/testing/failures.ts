import { HttpFailure, type HttpFailureFacts, type HttpFailureKind } from "../failure.ts";

/** A call that failed in this way. */
export const makeFailure = (kind: HttpFailureKind, facts: Partial<HttpFailureFacts> = {}): HttpFailure =>
  new HttpFailure({ kind, provider: "Sentry", asked: "GET …", happened: "failed", ...facts });

/** The failure that a call must end with. */
export async function catchFailure(promise: Promise<unknown>): Promise<HttpFailure> {
  const [settled] = await Promise.allSettled([promise]);
  if (settled?.status === "rejected" && settled.reason instanceof HttpFailure) return settled.reason;
  throw new Error("expected an HttpFailure", { cause: settled });
}
