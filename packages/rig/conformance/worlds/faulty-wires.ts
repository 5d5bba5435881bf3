/** A wire that stops before its request number `count`, until it is told to go on. */
export function pausedAfter(send: typeof fetch, count: number) {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let sent = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (sent === count) {
      reached.resolve();
      await gate.promise;
    }
    sent += 1;
    return send(input, init);
  };
  return { fetch, paused: reached.promise, resume: () => gate.resolve() };
}

/** A wire on which request number `count` still arrives, and nothing after it; its reply is lost. */
export function dyingAfter(send: typeof fetch, count: number): typeof fetch {
  let sent = 0;
  return async (input, init) => {
    sent += 1;
    if (sent > count) throw new TypeError("fetch failed");
    const reply = await send(input, init);
    if (sent === count) throw new TypeError("fetch failed");
    return reply;
  };
}

/** A wire on which something else happens before, or to, the first request whose body holds one of these words. */
export function upsetAt(
  send: typeof fetch,
  words: string,
  upset: (request: Request) => Promise<Response>,
): typeof fetch {
  let isUpset = false;
  return async (input, init) => {
    const request = new Request(input, init);
    const text = request.body === null ? "" : await request.clone().text();
    if (isUpset || !text.includes(words)) return send(request);
    isUpset = true;
    return upset(request);
  };
}

/** A wire on which the first request whose body holds these words never arrives, and nothing after it. */
export function dyingAt(send: typeof fetch, words: string): typeof fetch {
  let isDead = false;
  const living = upsetAt(send, words, async () => {
    isDead = true;
    throw new TypeError("fetch failed");
  });
  return async (input, init) => {
    if (isDead) throw new TypeError("fetch failed");
    return living(input, init);
  };
}
