import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as Sentry from "@sentry/node";
import { PostHog } from "posthog-node";
import { totalOf } from "./cart.js";
import { isInStock } from "./stock.js";

const posthog = new PostHog(process.env.POSTHOG_KEY, {
  host: process.env.POSTHOG_HOST,
  disableGeoip: true,
});

async function checkOut(request) {
  const { visitor, ...cart } = JSON.parse(await text(request));
  Sentry.setUser({ id: visitor });
  if (!(await isInStock(cart))) return { error: "The warehouse has too little of it." };
  const total = totalOf(cart);
  posthog.capture({ distinctId: visitor, event: "order_completed", properties: { total } });
  return { total };
}

const ROUTES = {
  "GET /health": async () => ({ ok: true, release: process.env.SENTRY_RELEASE }),
  "POST /checkout": checkOut,
};

async function answer(request, response) {
  const route = ROUTES[`${request.method} ${request.url}`];
  try {
    const body = route === undefined ? { error: "There is no such page." } : await route(request);
    send(response, route === undefined ? 404 : 200, body);
  } catch (error) {
    // What a web framework's own error handler reports.
    Sentry.captureException(error, { mechanism: { type: "http", handled: false } });
    send(response, 500, { error: "Something went wrong." });
  }
}

function send(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

const server = createServer(answer);

// Who runs this process may ask it to hand over at once what the SDKs still hold.
process.on("message", async (message) => {
  if (message !== "flush") return;
  await Promise.all([Sentry.flush(60_000), posthog.flush()]);
  process.send("flushed");
});
process.on("disconnect", () => process.exit(0));

server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  process.send?.({ port: server.address().port });
});
