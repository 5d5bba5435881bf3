export type Reply = { readonly status: number; text(): Promise<string> };
export type Send = (method: string, path: string) => Promise<Reply>;

export class HttpError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the server answered ${status}`);
    this.status = status;
  }
}

export async function request(send: Send, method: string, path: string): Promise<unknown> {
  const reply = await send(method, path);
  if (reply.status >= 400) throw new HttpError(reply.status);
  const text = await reply.text();
  return JSON.parse(text);
}
