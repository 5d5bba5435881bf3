import { createSentrySimulator, type SentryOptions, VirtualClock } from "../../index.ts";

const ORGANIZATION = "https://sentry.io/api/0/organizations/acme";

/** A simulated Sentry of the organization `acme` with the project `shop`, and a reader's hands. */
export function openSentry(options: Partial<SentryOptions> = {}) {
  const clock = new VirtualClock("2026-11-21T12:00:00Z");
  const sentry = createSentrySimulator({
    clock,
    organization: "acme",
    projects: [{ id: "42", slug: "shop" }],
    tokens: { reader: ["event:read", "org:read", "project:read"] },
    ...options,
  });
  const ask = (path: string, init: RequestInit = {}) => {
    const headers = { authorization: "Bearer reader", ...init.headers };
    return sentry.fetch(new Request(`${ORGANIZATION}${path}`, { ...init, headers }));
  };
  const read = async <T>(path: string): Promise<T> => (await (await ask(path)).json()) as T;
  return { sentry, clock, ask, read };
}
