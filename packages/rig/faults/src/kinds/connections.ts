import { breakWith, type Exchange, type FaultKind } from "./fault-kind.ts";

/** The connection is not made, so nothing is done. */
const unmade = (kind: string, code: string, wire: string): FaultKind => ({
  kind,
  wire,
  effect: "none",
  isAmbiguous: false,
  happen: async () => {
    throw breakWith(code, wire);
  },
});

const reset = () => breakWith("ECONNRESET", "socket hang up");

/** Nothing comes until the caller gives up. @throws what the caller aborts with */
async function hang({ time, signal }: Exchange): Promise<never> {
  for (;;) {
    await time.settle();
    if (signal.aborted) throw signal.reason;
    // Nobody waits with a clock in the hand: the watch of the run sees that it never ends.
    if (!time.fireNext()) await new Promise(() => undefined);
  }
}

/** The service's reply with another body, piece by piece. */
async function withBody(
  exchange: Exchange,
  pieces: (bytes: Uint8Array) => AsyncGenerator<Uint8Array>,
): Promise<Response> {
  const reply = await exchange.pass();
  const body = pieces(new Uint8Array(await reply.arrayBuffer()));
  const stream = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await body.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      }
    },
  });
  const hasNone = [204, 205, 304].includes(reply.status);
  const { status, headers } = reply;
  return new Response(stream, { status: hasNone ? 200 : status, headers });
}

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));

/** A second for each byte: more than any caller's patience. */
async function* drip({ time, signal }: Exchange, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of [...bytes.subarray(0, 3_600), 32]) {
    await time.settle();
    time.advance(1_000);
    if (signal.aborted) throw signal.reason;
    yield Uint8Array.of(byte);
  }
  await hang({ time, signal } as Exchange);
}

/** A reply that breaks off in the body, after the service did what it was asked for. */
const broken = (
  kind: string,
  wire: string,
  pieces: (exchange: Exchange, bytes: Uint8Array) => AsyncGenerator<Uint8Array>,
): FaultKind => ({
  kind,
  wire,
  effect: "done",
  isAmbiguous: true,
  happen: (exchange) => withBody(exchange, (bytes) => pieces(exchange, bytes)),
});

const MEGABYTE = new Uint8Array(1024 * 1024).fill(32);

export const CONNECTIONS: readonly FaultKind[] = [
  unmade("refused", "ECONNREFUSED", "nothing listens at the address"),
  unmade("dns-unknown", "ENOTFOUND", "the name does not exist"),
  unmade("dns-again", "EAI_AGAIN", "the name server does not answer"),
  unmade("tls-untrusted", "SELF_SIGNED_CERT_IN_CHAIN", "the certificate is of an unknown authority"),
  unmade("unreachable", "EHOSTUNREACH", "no way leads to the host"),
  {
    kind: "reset-before",
    wire: "the connection breaks before the service did anything",
    effect: "none",
    isAmbiguous: true,
    happen: async () => {
      throw reset();
    },
  },
  {
    kind: "reset-after",
    wire: "the connection breaks after the service did it: the reply is lost",
    effect: "done",
    isAmbiguous: true,
    happen: async ({ pass }) => {
      await pass();
      throw reset();
    },
  },
  {
    kind: "hang-before",
    wire: "no header comes, and nothing was done",
    effect: "none",
    isAmbiguous: true,
    happen: hang,
  },
  {
    kind: "hang-after",
    wire: "no header comes, though it was done",
    effect: "done",
    isAmbiguous: true,
    happen: async (exchange) => {
      await exchange.pass();
      return hang(exchange);
    },
  },
  broken("hang-in-body", "headers and half a body, then nothing", async function* (exchange, bytes) {
    yield half(bytes);
    await hang(exchange);
  }),
  broken("slow-drip", "a byte a second, without end", drip),
  broken("cut-connection", "half a body, then the connection breaks", async function* (_, bytes) {
    yield half(bytes);
    throw reset();
  }),
  {
    kind: "gzip-garbage",
    wire: "says gzip, and is none, though it was done",
    effect: "done",
    isAmbiguous: true,
    happen: async ({ pass }) => {
      await pass();
      throw breakWith("Z_DATA_ERROR", "incorrect header check");
    },
  },
  broken("enormous", "64 megabytes of blanks before anything", async function* (_, bytes) {
    for (let megabyte = 0; megabyte < 64; megabyte += 1) yield MEGABYTE;
    yield bytes;
  }),
];
