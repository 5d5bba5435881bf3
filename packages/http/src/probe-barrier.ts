/** What came back, as far as it shows who answered. */
export type BarrierSigns = {
  readonly status: number;
  /** Where a redirect leads. */
  readonly location: URL | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** A secret for Vercel's deployment protection was sent. */
  readonly hasBypass: boolean;
};

/** What answers in place of the app, in one sentence, and what to do about it. */
export type Barrier = { readonly cause: string; readonly remedy: string };

/** Names of the user agent that a rule of a firewall can let pass. */
export const HEALTH_AGENT = "patchpilot-health";

/**
 * Finds what stands before the app: deployment protection, a firewall's challenge, a login, another address. Known by
 * headers that the providers set themselves, so an app's own 401 is not taken for Vercel's. Pure.
 */
export function findBarrier(signs: BarrierSigns): Barrier | undefined {
  if (isVercelProtection(signs)) return nameProtection(signs);
  return nameChallenge(signs) ?? nameRedirect(signs) ?? nameRefusal(signs);
}

function isVercelProtection({ status, location, headers, body }: BarrierSigns): boolean {
  if (location?.hostname === "vercel.com") return location.pathname.startsWith("/sso");
  if (status !== 401) return false;
  if (/_vercel_(sso_nonce|password)/.test(headers["set-cookie"] ?? "")) return true;
  const isVercel = /^vercel$/i.test(headers["server"] ?? "") || headers["x-vercel-id"] !== undefined;
  return isVercel && /<title>Authentication Required<\/title>/i.test(body);
}

const nameProtection = ({ status, hasBypass }: BarrierSigns): Barrier => ({
  cause: `It answered ${status}: Vercel's deployment protection answers in place of the app.`,
  remedy: hasBypass
    ? "Vercel does not accept vercel-bypass-secret: create the secret again under Deployment Protection, Protection Bypass for Automation, and redeploy."
    : "Set vercel-bypass-secret to the project's secret for Protection Bypass for Automation, or let health-url name a domain without protection.",
});

function nameChallenge({ status, headers }: BarrierSigns): Barrier | undefined {
  const firewall =
    headers["cf-mitigated"] === "challenge"
      ? "Cloudflare"
      : headers["x-vercel-mitigated"] !== undefined
        ? "Vercel's firewall"
        : undefined;
  if (firewall === undefined) return undefined;
  return {
    cause: `It answered ${status}: ${firewall} challenges the request in place of the app.`,
    remedy: `Let the user agent ${HEALTH_AGENT} pass on the path of health-url.`,
  };
}

const LOGIN_HOSTS =
  /(^|\.)(cloudflareaccess\.com|login\.microsoftonline\.com|accounts\.google\.com|okta\.com|auth0\.com)$/;
const LOGIN_PATHS = /\/(log-?in|sign-?in|sso|saml2?|oauth2?|authorize)(\/|$)/i;

function nameRedirect({ status, location }: BarrierSigns): Barrier | undefined {
  if (location === undefined) return undefined;
  // The query of a redirect may hold what must not be shown.
  const address = `${location.origin}${location.pathname}`;
  const cause = `It redirects (${status}) to ${address}, which is not followed.`;
  const isLogin = LOGIN_HOSTS.test(location.hostname) || LOGIN_PATHS.test(location.pathname);
  return isLogin
    ? { cause, remedy: "That is a login: let health-url name a route that answers without one." }
    : { cause, remedy: `If the app answers there, set health-url to ${address}` };
}

function nameRefusal({ status, headers }: BarrierSigns): Barrier | undefined {
  const scheme = /^[\w-]+/.exec(headers["www-authenticate"] ?? "")?.[0];
  const wanted = scheme === undefined ? "" : ` and asks for credentials (${scheme})`;
  if (status === 401 || status === 403 || status === 407)
    return {
      cause: `It answered ${status}${wanted}.`,
      remedy: "The route is protected: let health-url name one that answers without a login.",
    };
  if (status === 404 || status === 410)
    return {
      cause: `It answered ${status}.`,
      remedy: "Check the path of health-url: there is no such page.",
    };
  if (status === 429)
    return {
      cause: "It answered 429: too many requests.",
      remedy: `Let the user agent ${HEALTH_AGENT} pass its rate limit, or ask less often.`,
    };
  return undefined;
}
