import type { SdkFrame } from "@patchpilot/simulators/sentry";
import { expect, test } from "vitest";
import { takeInError } from "./support/take-in-error.ts";

/** Without a token the text is all there is: Sentry writes it by four templates, one a platform. */

type Text = {
  readonly platform: string;
  readonly files: readonly string[];
  readonly frames: readonly SdkFrame[];
  readonly type?: string;
  readonly logged?: string;
};

const readText = ({ platform, files, frames, type = "AcmeError", logged }: Text) =>
  takeInError(
    {
      files,
      event: {
        platform,
        level: "error",
        exception: {
          values: [
            {
              type,
              value: "no total",
              stacktrace: { frames: frames.map((one) => ({ in_app: true, ...one })) },
            },
          ],
        },
      },
      ...(logged === undefined
        ? {}
        : { body: (sentrys: string) => sentrys.replace(/\n```\n(?=This)/, `\n\n${logged}\n$&`) }),
    },
    false,
  );

test("Ruby's frames lead to files, with the line of code", async () => {
  const { record, comment } = await readText({
    platform: "ruby",
    files: ["app/models/cart.rb", "app/controllers/carts_controller.rb"],
    frames: [
      { filename: "app/controllers/carts_controller.rb", lineno: 8, function: "show" },
      { filename: "app/models/cart.rb", lineno: 12, function: "total", context_line: "items.sum(&:amount)" },
    ],
  });
  expect(record.suspectFiles).toEqual(["app/models/cart.rb", "app/controllers/carts_controller.rb"]);
  expect(comment).toContain("app/models/cart.rb:12 in total  <- crashed here");
  expect(comment).toContain("items.sum(&:amount)");
});

test("frames of a module without a file lead to the class's file", async () => {
  const { record } = await readText({
    platform: "csharp",
    files: ["src/Shop/Cart.cs", "src/Shop/Pay.cs"],
    frames: [
      { module: "Shop.Program", function: "Main" },
      { function: "[Resuming Async Method]" },
      { filename: "src/Shop/Pay.cs", lineno: 31, function: "Shop.Pay.Run" },
      { module: "Shop.Cart", function: "Total" },
    ],
  });
  expect(record.suspectFiles).toEqual(["src/Shop/Cart.cs", "src/Shop/Pay.cs"]);
});

test("Java's frames lead to files, and what was logged with the exception is none", async () => {
  const { record, comment } = await readText({
    platform: "java",
    type: "InvalidDataAccessApiUsageException",
    files: ["src/main/java/com/acme/EventService.java", "src/test/java/com/acme/other/EventService.java"],
    frames: [
      { filename: "EventService.java", module: "com.acme.EventService", function: "handle", lineno: 305 },
    ],
    logged: "HL7 processor MayoHL7OruProcessor failed for type=ORU^R01 tenant=acme message id=019f8116",
  });
  expect(record.suspectFiles).toEqual(["src/main/java/com/acme/EventService.java"]);
  expect(comment).toContain("InvalidDataAccessApiUsageException: no total");
  expect(comment).not.toContain("MayoHL7OruProcessor");
});

test("JavaScript's frames lead to files in folders with parentheses", async () => {
  const { record } = await readText({
    platform: "javascript",
    files: ["src/app/page.tsx", "src/app/(api)/page.tsx"],
    frames: [{ filename: "./src/app/(api)/page.tsx", function: "Page", lineno: 12, colno: 5 }],
  });
  expect(record.suspectFiles).toEqual(["src/app/(api)/page.tsx"]);
});

test("a type of PHP's is one, and Python's last frame crashed", async () => {
  const php = await readText({
    platform: "php",
    type: "App\\Exceptions\\CartException",
    files: ["app/Cart.php"],
    frames: [],
  });
  expect(php.record.title).toBe("App\\Exceptions\\CartException: no total");
  const python = await readText({
    platform: "python",
    files: ["shop/a.py", "shop/b.py"],
    frames: [
      { filename: "shop/a.py", lineno: 1, function: "a" },
      { filename: "shop/b.py", lineno: 2, function: "b" },
    ],
  });
  expect(python.record.suspectFiles).toEqual(["shop/b.py", "shop/a.py"]);
});
