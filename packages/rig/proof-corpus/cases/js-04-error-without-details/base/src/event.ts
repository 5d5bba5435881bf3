export type FailureEvent = {
  readonly code: string;
  readonly details: { readonly data: { readonly message: string } };
};

export function isFatal(event: FailureEvent): boolean {
  return event.code.startsWith("fatal");
}
