/** The kinds of refusal, as GraphQL names them. */
export type RefusalType =
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "UNPROCESSABLE"
  | "BAD_CREDENTIALS"
  | "CONFLICT"
  | "GONE"
  | "RATE_LIMITED"
  | "BAD_REQUEST"
  | "METHOD_NOT_ALLOWED";

/** One entry of a REST reply's `errors`. */
export type RefusalDetail = {
  readonly resource?: string;
  readonly field?: string;
  readonly code?: string;
  readonly message?: string;
  readonly value?: string;
};

const STATUS: Record<RefusalType, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  UNPROCESSABLE: 422,
  BAD_CREDENTIALS: 401,
  CONFLICT: 409,
  GONE: 410,
  RATE_LIMITED: 403,
  BAD_REQUEST: 400,
  METHOD_NOT_ALLOWED: 405,
};

/** GitHub says no, as it does in life. REST answers with a status, GraphQL with an error of this type. */
export class GitHubRefusal extends Error {
  readonly type: RefusalType;
  readonly details: readonly RefusalDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    type: RefusalType,
    message: string,
    more: { details?: readonly RefusalDetail[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.type = type;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }

  get status(): number {
    return STATUS[this.type];
  }
}

/** Something was asked that the simulator does not model. It is a fault of the simulator or of the caller, never data. */
export class NotSimulated extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotSimulated";
  }
}

export function notFound(message = "Not Found"): GitHubRefusal {
  return new GitHubRefusal("NOT_FOUND", message);
}

export function unprocessable(message: string, details: readonly RefusalDetail[] = []): GitHubRefusal {
  return new GitHubRefusal("UNPROCESSABLE", message, { details });
}

export function validationFailed(...details: RefusalDetail[]): GitHubRefusal {
  return new GitHubRefusal("UNPROCESSABLE", "Validation Failed", { details });
}
