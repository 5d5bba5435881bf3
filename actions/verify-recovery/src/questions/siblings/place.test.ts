import { describe, expect, test } from "vitest";
import { readTable } from "../../testing/table.ts";
import { normaliseFrame, normalisePlace } from "./place.ts";

describe("a place is the same", () => {
  test.each(
    readTable(String.raw`
    hashes of contents | pay(/static/js/checkout.4f2a9c1b.js) | pay(/static/js/checkout.77aa01ff.js)
    Vite's hashes | pay(assets/index-BxYz12.js) | pay(assets/index-DbQ2xY9p.js)
    hashes with dashes | pay(assets/index-B_x-9dQa.js) | pay(assets/index-DbQ2xY9p.js)
    Next.js builds | pay(/_next/static/x9K_abZq1/pages/pay.js) | pay(/_next/static/Qwe-1/pages/pay.js)
    minified names | r(/_next/static/chunks/checkout-a1b2c3d4.js) | ?(/_next/static/chunks/checkout-e5f6a7b8.js)
    minified receivers | t.pay(./src/pay.ts) | e.pay(./src/pay.ts)
    hosts | pay(app:///src/pay.ts) | pay(https://cdn.shop.example/src/pay.ts?v=3)
    webpack's addresses | pay(webpack-internal:///(rsc)/./src/pay.ts) | pay(./src/pay.ts)
    drives | pay(C:\shop\src\pay.ts) | pay(D:\build\src\pay.ts)
    lines | pay(src/pay.ts:12:7) | pay(src/pay.ts:99:1)
    folders of releases | releases/20261101/pay.py in run | releases/20261129/pay.py in run
    ids | GET /orders/12/items | GET /orders/3f2b8c1a-aaaa-4bbb-8ccc-0123456789ab/items
    parameters and values | /orders/[id] | https://shop.example/orders/77?page=2
    spellings of parameters | GET /orders/:id | GET /orders/{orderId}
  `),
  )("whatever its %s", (_, one, other) => {
    expect(normalisePlace(one)).not.toBeNull();
    expect(normalisePlace(one)).toBe(normalisePlace(other));
  });
});

describe("a place differs", () => {
  test.each(
    readTable(`
    route | POST /checkout | POST /login
    method | GET /checkout | POST /checkout
    function | pay(src/pay.ts) | refund(src/pay.ts)
    file | pay(src/pay.ts) | pay(src/cart.ts)
    chunk | r(chunks/checkout-a1b2c3d4.js) | r(chunks/profile-a1b2c3d4.js)
    word that looks like a hash | pay(user-settings.js) | pay(user-checkout.js)
    task | shop.tasks.pay | shop.tasks.mail
    procedure | POST /api/trpc/cart.pay | POST /api/trpc/cart.list
  `),
  )("by its %s", (_, one, other) => {
    expect(normalisePlace(one)).not.toBe(normalisePlace(other));
  });
});

describe("nothing is a place that", () => {
  test.each(["", "?", "<anonymous>", "<unlabeled transaction>", "[native code]", "GET *", "/*"])(
    "is called %j",
    (culprit) => expect(normalisePlace(culprit)).toBeNull(),
  );

  test.each(["POST /graphql", "/api/graphql", "POST /api/trpc/[trpc]", "POST /rpc", "/v1/json-rpc"])(
    "is a whole API: %s",
    (culprit) => expect(normalisePlace(culprit)).toBeNull(),
  );

  test.each(["r(assets/index-BxYz12ab.js)", "?(vendors-a1b2c3d4.js)", "t(872.a333d1c4ce3d94ea364d.js)"])(
    "may be the whole app: %s",
    (culprit) => expect(normalisePlace(culprit)).toBeNull(),
  );
});

test("a frame is a place by file and function", () => {
  expect(normaliseFrame("app:///src/pay.ts", "pay")).toBe(normaliseFrame("src/pay.ts", "async pay"));
});

test("hostile texts take no time", () => {
  for (const text of ["(".repeat(1e6), "a.".repeat(1e6), `${"a1-".repeat(1e5)}.js`, "/".repeat(1e6)])
    expect(() => normalisePlace(text)).not.toThrow();
});
