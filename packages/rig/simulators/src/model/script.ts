/** What a scripted model does to the checkout, in words that all agents' tools are made of. */
export type Deed =
  /** Replaces `from` by `to` in a file that exists. */
  | { readonly edit: string; readonly from: string; readonly to: string }
  /** Creates a file. */
  | { readonly write: string; readonly content: string }
  /** Runs a shell command in the checkout. */
  | { readonly run: string }
  /** Calls a tool by its vendor's name, to see what becomes of a tool that is not allowed or not there. */
  | { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/** One answer of the scripted model to one request. */
export type ModelStep =
  /** Calls tools, all in one answer; the agent comes back with what they returned. */
  | { readonly do: readonly Deed[] }
  /** Says something and ends the turn. */
  | { readonly say: string }
  /** Declines, as a vendor's own safety does. */
  | { readonly refuse: string }
  /** An API error; `always` leaves the step in place for every request that follows. */
  | { readonly fail: number; readonly always?: boolean }
  /** Never answers. */
  | { readonly hang: true };

/** One request that the model was asked, as it was sent. */
export type ModelRequest = {
  readonly vendor: "anthropic" | "openai" | "chat";
  /** The key that the agent sent, without `Bearer`. */
  readonly key: string | undefined;
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Names of the tools that the agent offered. */
  readonly tools: readonly string[];
};

/** The error that a vendor names for a status. */
export const ERROR_TYPES: Readonly<Record<number, { readonly anthropic: string; readonly openai: string }>> =
  {
    400: { anthropic: "invalid_request_error", openai: "invalid_request_error" },
    401: { anthropic: "authentication_error", openai: "invalid_api_key" },
    403: { anthropic: "permission_error", openai: "permission_denied" },
    429: { anthropic: "rate_limit_error", openai: "rate_limit_exceeded" },
    500: { anthropic: "api_error", openai: "server_error" },
    529: { anthropic: "overloaded_error", openai: "server_is_overloaded" },
  };
