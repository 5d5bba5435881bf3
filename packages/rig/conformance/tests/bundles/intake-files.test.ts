import type { SdkFrame } from "@patchpilot/simulators/sentry";
import { describe, expect, test } from "vitest";
import { type ErrorReport, takeInError } from "./support/take-in-error.ts";

/** Which file crashed: path, absolute path, module and package decide together, and nothing is named that is not known. */

/** Names alone would be no evidence: each frame says that it is the application's, as many SDKs do. */
const takeIn = (files: ErrorReport["files"], platform: string, ...frames: readonly SdkFrame[]) => {
  const values = [
    {
      type: "AcmeError",
      value: "no total",
      mechanism: { type: "generic", handled: false },
      stacktrace: { frames: frames.map((frame) => ({ in_app: true, lineno: 9, ...frame })) },
    },
  ];
  return takeInError({ files, event: { platform, level: "error", exception: { values } } });
};

const GATE = 0.75;

test("a Dart package that is not here is no suspect, and its caller crashed", async () => {
  const { record, comment } = await takeIn(
    ["pubspec.yaml", "lib/api/base_client.dart", "lib/screens/checkout.dart"],
    "other",
    { filename: "checkout.dart", abs_path: "package:shop/screens/checkout.dart", package: "shop" },
    { filename: "base_client.dart", abs_path: "package:http/src/base_client.dart", package: "http" },
  );
  expect(record.suspectFiles).toEqual(["lib/screens/checkout.dart"]);
  expect(comment).toContain("`lib/screens/checkout.dart`: crashed here, line 9");
});

test("a pubspec's name says which package of a monorepo crashed, and which one is not here", async () => {
  const { record } = await takeIn(
    [
      ["pubspec.yaml", "name: workspace\n"],
      ["apps/client/pubspec.yaml", "name: shop\n"],
      ["packages/kit/pubspec.yaml", "name: acme_ui\n"],
      ...["lib/args.dart", "apps/client/lib/cart.dart", "packages/kit/lib/cart.dart"],
    ],
    "other",
    { filename: "cart.dart", abs_path: "package:acme_ui/cart.dart", package: "acme_ui" },
    { filename: "args.dart", abs_path: "package:args/args.dart", package: "args" },
  );
  expect(record.suspectFiles).toEqual(["packages/kit/lib/cart.dart"]);
  expect(record.confidence).toBeGreaterThan(GATE);
});

test("the class that Kotlin makes of a file decides between two files, and the reader sees what was reported", async () => {
  const { record, comment } = await takeIn(
    ["app/src/main/java/com/acme/cart/Util.kt", "app/src/main/java/com/acme/pay/Util.kt"],
    "java",
    { filename: "Util.kt", abs_path: "Util.kt", module: "com.acme.pay.UtilKt", function: "total" },
  );
  expect(record.suspectFiles).toEqual(["app/src/main/java/com/acme/pay/Util.kt"]);
  expect(record.confidence).toBeGreaterThan(GATE);
  expect(comment).toContain("(reported as Util.kt in com.acme.pay.UtilKt)");
});

test("a route group that is called like a layer of webpack stays in the path", async () => {
  const { record } = await takeIn(["src/app/page.tsx", "src/app/(api)/page.tsx"], "javascript", {
    filename: "./src/app/(api)/page.tsx",
    abs_path: "webpack-internal:///(rsc)/./src/app/(api)/page.tsx",
  });
  expect(record.suspectFiles).toEqual(["src/app/(api)/page.tsx"]);
});

describe("no file is named", () => {
  test("of a stack in a library, even if a file shares the end of its path", async () => {
    const { record } = await takeIn(["app/main.py", "app/middleware/errors.py"], "python", {
      filename: "starlette/middleware/errors.py",
      abs_path: "/usr/local/lib/python3.12/site-packages/starlette/middleware/errors.py",
      module: "starlette.middleware.errors",
      in_app: false,
    });
    expect(record.suspectFiles).toEqual([]);
    expect(record.confidence).toBeLessThanOrEqual(GATE);
  });

  test("of a background ANR without a frame of the application", async () => {
    const { record } = await takeIn(
      ["app/src/main/java/com/acme/Main.kt", "lib/Scopes.java"],
      "java",
      { filename: "Scopes.java", abs_path: "Scopes.java", module: "io.sentry.Scopes", in_app: false },
      { module: "jdk.internal.misc.Unsafe", function: "park", in_app: false },
    );
    expect(record.suspectFiles).toEqual([]);
    expect(record.confidence).toBeLessThanOrEqual(GATE);
  });

  test("of an extension of the browser", async () => {
    const { record } = await takeIn(["src/content.ts"], "javascript", {
      filename: "chrome-extension://abcdefgh/src/content.js",
    });
    expect(record.suspectFiles).toEqual([]);
  });
});

test("files that fit equally well are all shown, each as what it is", async () => {
  const { record, comment } = await takeIn(["a/cart.ts", "b/cart.ts"], "node", { filename: "cart.ts" });
  expect(record.suspectFiles).toEqual(["a/cart.ts", "b/cart.ts"]);
  expect(comment).toContain("one of 2 files that fit what is reported");
  expect(comment).toContain("(may be a/cart.ts or b/cart.ts)");
  expect(record.confidence).toBeLessThanOrEqual(GATE);
});
