/** How an operation ends. */
export type RestReply = {
  readonly status: number;
  /** JSON unless it is a Buffer, which is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export function okReply(body: unknown): RestReply {
  return { status: 200, body };
}

export function created(body: unknown, location?: string): RestReply {
  return { status: 201, body, ...(location === undefined ? {} : { headers: { location } }) };
}

export const NO_CONTENT: RestReply = { status: 204 };
