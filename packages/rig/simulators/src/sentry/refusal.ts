/** Thrown by a handler; becomes Sentry's error body `{"detail": …}`. */
export class SentryRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404;

  constructor(status: 400 | 401 | 403 | 404, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** Something that no real caller may send: told to the test, and refused. */
export class SentryViolation extends SentryRefusal {}
