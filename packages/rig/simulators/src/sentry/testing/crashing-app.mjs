// A small web app with a bug, instrumented by the real SDK. Run as a process of its own: an SDK in the process of the
// server that takes its envelopes would trace its own uploads.
import * as Sentry from "@sentry/node";

const [dsn, release, sampleRate] = process.argv.slice(2);
Sentry.init({ dsn, release, environment: "production", tracesSampleRate: Number(sampleRate) });

const { createServer } = await import("node:http");

function priceOf(cart) {
  return cart.items.length * 10;
}

function checkout(request) {
  const cart = request.url === "/checkout?empty" ? undefined : { items: [1, 2] };
  return String(Sentry.startSpan({ name: "priceOf", op: "function" }, () => priceOf(cart)));
}

const server = createServer((request, response) => {
  try {
    response.end(checkout(request));
  } catch (error) {
    Sentry.addBreadcrumb({ category: "cart", message: "the cart is empty", level: "info" });
    Sentry.captureException(error);
    response.statusCode = 500;
    response.end("broken");
  }
});

server.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  for (const path of ["/checkout?empty", "/checkout", "/checkout"]) await (await fetch(url + path)).text();
  server.close();
  await Sentry.close(5_000);
  process.exit(0);
});
