import { HttpFailure } from "@patchpilot/http";

/** The failure that a call must end with. */
export async function catchFailure(promise: Promise<unknown>): Promise<HttpFailure> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HttpFailure)) throw new Error(`expected an HttpFailure, got ${error}`);
  return error;
}
