import { type CompleteReply, createHttp, type HttpOptions } from "@patchpilot/http";

/** Most bytes of an attachment that is read. */
const ATTACHMENT_BYTES = 64 * 1024;
/** Where GitHub keeps what people attach; it redirects there. */
const STORAGE = /\.(githubusercontent\.com|amazonaws\.com|blob\.core\.windows\.net)$/;

/**
 * Reads what people attached to an issue, by its address on GitHub. No token is sent: GitHub's pages take none, and
 * what it redirects to is another host. So in a private repository nothing can be read.
 * @param access.secrets values that no request may carry
 */
export function openAttachments(access: Pick<HttpOptions, "secrets" | "fetch" | "time">) {
  const http = createHttp({
    ...access,
    name: "GitHub",
    retries: 0,
    timeoutMs: 10_000,
    budget: { ms: 30_000, requests: 24 },
    maxReplyBytes: ATTACHMENT_BYTES,
  });
  const ask = (url: string) => http.fetch(url, { redirect: "manual" });
  /**
   * The bytes of an attachment.
   * @throws HttpFailure where GitHub does not answer, refuses, or sends more than 64 KiB; Error where it leads elsewhere
   */
  return async (url: string): Promise<Uint8Array> => {
    const reply = await ask(url);
    const location = reply.headers.get("location");
    if (location === null) return readWhole(reply);
    const target = URL.parse(location, url);
    const isStored = target?.protocol === "https:" && STORAGE.test(target.hostname);
    if (!isStored && target?.origin !== new URL(url).origin)
      throw new Error("GitHub sends to an address that is not its storage");
    const stored = await ask(target?.href ?? url);
    if (stored.headers.get("location") !== null) throw new Error("GitHub asks to log in");
    return readWhole(stored);
  };
}

async function readWhole(reply: CompleteReply): Promise<Uint8Array> {
  if (!reply.ok)
    throw new Error(
      `GitHub answered ${reply.status}${reply.status === 404 ? ": in a private repository only a browser may read it" : ""}`,
    );
  return new Uint8Array(await reply.arrayBuffer());
}
