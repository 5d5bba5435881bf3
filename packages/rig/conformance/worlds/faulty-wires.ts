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
