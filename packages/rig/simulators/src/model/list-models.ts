/** What `GET /v1/models` is answered from. */
export type ListedModels = { readonly key: string; readonly models: readonly string[] };

/** Lists the models to a right key. Both vendors do it at one address, and their headers tell them apart. */
export function listModels(headers: Headers, listed: ListedModels): Response {
  const isAnthropic = headers.has("x-api-key") || headers.has("anthropic-version");
  return isAnthropic ? listAsAnthropic(headers, listed) : listAsOpenAi(headers, listed);
}

/** See https://platform.claude.com/docs/en/api/models-list. */
function listAsAnthropic(headers: Headers, { key, models }: ListedModels): Response {
  const refuse = (status: number, type: string, message: string) =>
    Response.json({ type: "error", error: { type, message }, request_id: "req_scripted" }, { status });
  const given = headers.get("x-api-key");
  if (given === null) return refuse(401, "authentication_error", "x-api-key header is required");
  if (given !== key) return refuse(401, "authentication_error", "invalid x-api-key");
  if (!headers.has("anthropic-version"))
    return refuse(400, "invalid_request_error", "anthropic-version: header is required");
  return Response.json({
    data: models.map((id) => ({ type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z" })),
    has_more: false,
    first_id: models.at(0) ?? null,
    last_id: models.at(-1) ?? null,
  });
}

/** See https://platform.openai.com/docs/api-reference/models/list. */
function listAsOpenAi(headers: Headers, { key, models }: ListedModels): Response {
  const refuse = (message: string, code: string | null) =>
    Response.json({ error: { message, type: "invalid_request_error", param: null, code } }, { status: 401 });
  const [, given] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
  if (given === undefined) return refuse("Missing bearer authentication in header", null);
  if (given !== key) {
    const address = "https://platform.openai.com/account/api-keys";
    const message = `Incorrect API key provided: ${mask(given)}. You can find your API key at ${address}.`;
    return refuse(message, "invalid_api_key");
  }
  const created = Date.UTC(2026, 0, 1) / 1_000;
  const data = models.map((id) => ({ id, object: "model", created, owned_by: "openai" }));
  return Response.json({ object: "list", data });
}

/** OpenAI repeats the two ends of a key that it refuses. */
function mask(key: string): string {
  return key.slice(0, 8) + "*".repeat(Math.max(0, key.length - 12)) + key.slice(Math.max(8, key.length - 4));
}
