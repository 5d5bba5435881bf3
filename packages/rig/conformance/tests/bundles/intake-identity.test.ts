import type { SdkException, SdkFrame } from "@patchpilot/simulators/sentry";
import { describe, expect, test } from "vitest";
import { takeInErrors } from "./support/take-in-error.ts";

/** Which issues of Sentry's are one error: those alone whose whole chain, project and folders agree by real names. */

type Mechanism = NonNullable<SdkException["mechanism"]>;

/** An exception with its own frames, `file:function`, the crash last. */
const thrown = (type: string, places: readonly string[], mechanism: Mechanism = {}): SdkException => ({
  type,
  value: `${type} happened`,
  mechanism: { type: "generic", handled: false, ...mechanism },
  stacktrace: { frames: places.map(frameAt) },
});

function frameAt(place: string): SdkFrame {
  const [path = "", name = ""] = place.split(":");
  return { filename: path, abs_path: `/srv/${path}`, function: name, lineno: 7, in_app: true };
}

/** What a chain holds below its root. */
const below = (id: number, source: string): Mechanism => ({
  type: "chained",
  exception_id: id,
  parent_id: 0,
  source,
});
const group = { exception_id: 0, is_exception_group: true };

/** An issue of Sentry's: its chain, and the project that it is in. */
type Issue = { readonly values: readonly SdkException[]; readonly project?: string };

/** Whatever chains are alike, Sentry keeps them under different issues: each has a fingerprint. */
const takeIn = (platform: string, ...issues: readonly Issue[]) =>
  takeInErrors(
    issues.map(({ values, project = "shop" }, index) => ({
      event: { platform, level: "error", fingerprint: [`issue ${index}`], exception: { values } },
      files: ["README.md"],
      project,
    })),
  );

/** How a second issue is taken beside the first. */
async function judge(platform: string, one: Issue, other: Issue) {
  const { accepted, duplicates } = await takeIn(platform, one, other);
  if (duplicates.includes(2)) return "duplicate";
  return accepted.get(2)?.record.alike?.includes(1) ? "similar" : "another";
}

describe("of a group", () => {
  const root = thrown("ExceptionGroup", ["app/main.py:main"], group);
  const held = (type: string, place: string, id = 1): SdkException =>
    thrown(type, ["app/main.py:main", place], below(id, `exceptions[${id - 1}]`));
  const pay = { values: [held("ValueError", "app/pay.py:run"), root] };
  const mail = { values: [held("ConnectionError", "app/mail.py:run"), root] };

  test("two errors are two incidents, each called by what it holds, and linked", async () => {
    const { accepted, duplicates } = await takeIn("python", pay, mail);
    expect(duplicates).toEqual([]);
    expect(accepted.get(1)?.record).toMatchObject({ title: "ValueError: ValueError happened", alike: [2] });
    expect(accepted.get(2)?.record).toMatchObject({ title: "ConnectionError: ConnectionError happened" });
    expect(accepted.get(2)?.comment).toContain("causes, members of a group, or folders differ");
  });

  test("the same error is one incident", async () => {
    expect(await judge("python", pay, pay)).toBe("duplicate");
  });

  test("two held errors decide together, in whatever order they failed", async () => {
    const [value, connection] = [
      held("ValueError", "app/pay.py:run"),
      held("ConnectionError", "app/mail.py:run", 2),
    ];
    const again = [held("ConnectionError", "app/mail.py:run"), held("ValueError", "app/pay.py:run", 2), root];
    const both = { values: [connection, value, root] };
    expect(await judge("python", both, { values: again })).toBe("duplicate");
    expect(await judge("python", pay, both)).toBe("similar");
    expect((await takeIn("python", both)).accepted.get(1)?.record.title).toMatch(/^ExceptionGroup: /);
  });

  test(".NET's AggregateException does not hide which task failed", async () => {
    const aggregate = thrown("System.AggregateException", ["src/Shop/Batch.cs:RunAll"], group);
    const failed = (type: string, place: string) => ({
      values: [thrown(type, [place], below(1, "InnerExceptions[0]")), aggregate],
    });
    const late = failed("System.TimeoutException", "src/Shop/Bank.cs:Ask");
    const empty = failed("System.InvalidOperationException", "src/Shop/Cart.cs:First");
    expect(await judge("csharp", late, empty)).toBe("similar");
    expect(await judge("csharp", late, late)).toBe("duplicate");
  });
});

describe("under one wrapper", () => {
  const wrapper = thrown("JobFailedError", ["src/server.ts:main", "src/worker.ts:runJob"], {
    exception_id: 0,
  });
  const job = (type: string, place: string) => ({
    values: [thrown(type, [place], below(1, "cause")), wrapper],
  });

  test("two causes are two incidents that look alike, and one cause is one", async () => {
    const tax = job("TypeError", "src/tax.ts:rate");
    expect(await judge("node", tax, job("SmtpError", "src/mail.ts:send"))).toBe("similar");
    expect(await judge("node", tax, tax)).toBe("duplicate");
  });

  test("the error that a boundary of React's caught is the main one, and its tree distinguishes two", async () => {
    const format = thrown("TypeError", ["src/Price.tsx:formatPrice"], { exception_id: 0 });
    const within = (component: string) => ({
      values: [
        thrown("React ErrorBoundary TypeError", [`src/${component}.tsx:${component}`], below(1, "cause")),
        format,
      ],
    });
    expect(await judge("javascript", within("Cart"), within("Wishlist"))).toBe("similar");
    const { accepted } = await takeIn("javascript", within("Cart"));
    expect(accepted.get(1)?.record.title).toBe("TypeError: TypeError happened");
  });
});

describe("of a minified bundle", () => {
  const bundled = (bundle: string, ...names: readonly string[]) => ({
    values: [
      thrown(
        "TypeError",
        names.map((name) => `assets/${bundle}:${name}`),
      ),
    ],
  });

  test("errors of nameless functions are incidents that look alike", async () => {
    const { accepted } = await takeIn(
      "javascript",
      bundled("index-BqK1a9Xy.js", "n", "t", "e", "r"),
      bundled("index-BqK1a9Xy.js", "o", "i", "a", "s"),
      bundled("index-BqK1a9Xy.js", "u", "c", "l", "f"),
    );
    expect([...accepted.keys()]).toEqual([1, 2, 3]);
    expect(accepted.get(1)?.record.alike).toEqual([2, 3]);
    expect(accepted.get(3)?.comment).toContain("no function of the stack has a name that distinguishes");
  });

  test("a function with a name distinguishes two, and is the same in the next build", async () => {
    const render = bundled("index-BqK1a9Xy.js", "renderCart", "t");
    expect(await judge("javascript", render, bundled("index-BqK1a9Xy.js", "onAvatarClick", "t"))).toBe(
      "another",
    );
    expect(await judge("javascript", render, bundled("index-C0ffee12.js", "renderCart", "e"))).toBe(
      "duplicate",
    );
  });

  test("two bundles are two incidents", async () => {
    const [shop, admin] = ["shop-BqK1a9Xy.js", "admin-D4e5F6g7.js"].map((name) => bundled(name, "t", "e"));
    if (shop === undefined || admin === undefined) throw new Error("A bundle is missing.");
    expect(await judge("javascript", shop, admin)).toBe("another");
  });
});

describe("of two projects with equal names", () => {
  const inApp = (app: string, project = app) => ({
    project,
    values: [
      {
        ...thrown("TypeError", []),
        stacktrace: {
          frames: [{ ...frameAt("src/index.ts:readCart"), abs_path: `/srv/apps/${app}/src/index.ts` }],
        },
      },
    ],
  });

  test("errors are two incidents, and the comment names the difference", async () => {
    const { accepted, duplicates } = await takeIn("node", inApp("web"), inApp("api"));
    expect(duplicates).toEqual([]);
    expect(accepted.get(2)?.record.alike).toEqual([1]);
    expect(accepted.get(2)?.comment).toContain("it is of another project in Sentry");
  });

  test("one project keeps two folders apart, and one folder together", async () => {
    expect(await judge("node", inApp("web", "shop"), inApp("api", "shop"))).toBe("similar");
    expect(await judge("node", inApp("web"), inApp("web"))).toBe("duplicate");
  });
});

test("what passes through main alone looks alike, and is not taken for one", async () => {
  const hang = (system: string) => ({
    values: [
      {
        ...thrown("App Hanging", []),
        stacktrace: { frames: [frameAt("App/Main.swift:main"), { function: system, in_app: false }] },
      },
    ],
  });
  expect(await judge("cocoa", hang("swift_release"), hang("StackLayout.explicitAlignment"))).toBe("similar");
});
