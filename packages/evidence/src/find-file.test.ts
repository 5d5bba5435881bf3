import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangeFiles, findFile } from "./repository-files.ts";
import { frameAt } from "./testing/frame-at.ts";
import type { Frame } from "./thrown.ts";

const find = (files: readonly string[], facts: Partial<Frame>) => {
  const match = findFile(arrangeFiles(files), frameAt(facts));
  return "file" in match ? match.file : match.kind;
};

describe("path, absolute path, module and package decide together", () => {
  const go = ["main.go", "cmd/api/main.go", "internal/pay/handler.go", "internal/cart/handler.go"];
  it.each<[string, readonly string[], Partial<Frame>, string]>([
    [
      "an absolute path",
      go,
      { path: "main.go", absolutePath: "/app/cmd/api/main.go", module: "main" },
      "cmd/api/main.go",
    ],
    [
      "a Go module",
      go,
      { path: "handler.go", module: "github.com/acme/shop/internal/pay" },
      "internal/pay/handler.go",
    ],
    [
      "a Go module of a later major version",
      go,
      { path: "handler.go", module: "github.com/acme/shop/v2/internal/pay" },
      "internal/pay/handler.go",
    ],
    [
      "a build without paths of the machine",
      go,
      { path: "handler.go", absolutePath: "github.com/acme/shop/internal/cart/handler.go" },
      "internal/cart/handler.go",
    ],
    [
      "a Dart package that is the repository",
      ["lib/main.dart", "example/lib/main.dart"],
      { path: "main.dart", absolutePath: "package:shop/main.dart" },
      "lib/main.dart",
    ],
    [
      "a Dart package in a folder of its name",
      ["packages/shop/lib/cart.dart", "packages/ui/lib/cart.dart"],
      { absolutePath: "package:ui/cart.dart" },
      "packages/ui/lib/cart.dart",
    ],
    [
      "the packages of a class that is not the file's first",
      ["a/src/main/java/com/acme/pay/Orders.java", "b/src/main/java/com/acme/cart/Orders.java"],
      { path: "Orders.java", module: "com.acme.pay.OrderLine" },
      "a/src/main/java/com/acme/pay/Orders.java",
    ],
    [
      "the class that Kotlin makes of a file",
      ["app/src/main/java/com/acme/cart/Util.kt", "app/src/main/java/com/acme/pay/Util.kt"],
      { path: "Util.kt", absolutePath: "Util.kt", module: "com.acme.pay.UtilKt" },
      "app/src/main/java/com/acme/pay/Util.kt",
    ],
    [
      "a class whose file the compiler left out",
      ["app/src/main/java/com/acme/MainActivity.kt"],
      { path: "D8$$SyntheticClass", module: "com.acme.MainActivity$$ExternalSyntheticLambda4" },
      "app/src/main/java/com/acme/MainActivity.kt",
    ],
    [
      "a namespace without a file",
      ["src/Shop.Web/Cart.cs", "src/Shop/Cart.cs"],
      { module: "Shop.Web.Cart" },
      "src/Shop.Web/Cart.cs",
    ],
    [
      "an Elixir module without a file",
      ["lib/shop/cart_item.ex"],
      { module: "Elixir.Shop.CartItem" },
      "lib/shop/cart_item.ex",
    ],
    [
      "Python's module if only the name is left",
      ["a/views.py", "shop/cart/views.py"],
      { path: "views.py", module: "shop.cart.views" },
      "shop/cart/views.py",
    ],
    [
      "webpack's name of the package",
      ["packages/web/src/cart.ts", "packages/api/src/cart.ts"],
      { path: "./src/cart.ts", absolutePath: "webpack://@acme/web/./src/cart.ts" },
      "packages/web/src/cart.ts",
    ],
  ])("%s decides between files of one name", (_, files, frame, file) => {
    expect(find(files, frame)).toBe(file);
  });

  it.each<[string, readonly string[], Partial<Frame>]>([
    [
      "Python's path from the root of imports",
      ["app/middleware/errors.py"],
      { path: "starlette/middleware/errors.py", module: "starlette.middleware.errors" },
    ],
    [
      "another package's folders",
      ["auth/views.py"],
      { path: "django/contrib/auth/views.py", module: "django.contrib.auth.views" },
    ],
    ["Java's packages", ["lib/Scopes.java"], { path: "Scopes.java", module: "org.acme.Scopes" }],
    [
      "a longer absolute path",
      ["index.ts"],
      { path: "index.ts", absolutePath: "/app/packages/api/index.ts" },
    ],
    [
      "the folder of a Go module",
      ["pkg/gin/context.go"],
      { path: "context.go", module: "github.com/acme/web" },
    ],
  ])("a file that contradicts %s is no match", (_, files, frame) => {
    expect(find(files, frame)).toBe("none");
  });
});

describe("a mark of others' code rules a frame out, even one that the reporter calls the application's", () => {
  it.each<[string, Partial<Frame>]>([
    [
      "a package of Dart that is not here",
      { path: "base_client.dart", absolutePath: "package:http/src/base_client.dart", package: "http" },
    ],
    [
      "site-packages in the absolute path",
      { path: "middleware/errors.py", absolutePath: "/usr/lib/python3/site-packages/middleware/errors.py" },
    ],
    [
      "Python's own library on Windows",
      { path: "middleware\\errors.py", absolutePath: "C:\\Python312\\Lib\\middleware\\errors.py" },
    ],
    [
      "Python's own library in a user's folder on Windows",
      { path: "C:\\Users\\me\\AppData\\Local\\Programs\\Python\\Python311-32\\lib\\middleware\\errors.py" },
    ],
    [
      "a package in Deno's cache",
      { path: "/root/.cache/deno/npm/registry.npmjs.org/x/1.0.0/src/content.ts" },
    ],
    ["an extension of the browser", { path: "chrome-extension://abcdefgh/src/content.js" }],
    [
      "an extension behind a path",
      { path: "/src/content.js", absolutePath: "moz-extension://abcdefgh/src/content.js" },
    ],
    ["a Lambda layer", { path: "/opt/python/middleware/errors.py" }],
    ["a gem", { path: "src/content.rb", absolutePath: "/usr/local/bundle/gems/acme-1.2.3/src/content.rb" }],
    [
      "Go's cache of modules",
      { path: "content.go", absolutePath: "/go/pkg/mod/github.com/acme/x@v1.2.3/src/content.go" },
    ],
    ["Go's standard library without paths", { path: "net/http/server.go", module: "net/http" }],
    [
      "Cargo's registry",
      { path: "/home/u/.cargo/registry/src/index.crates.io-6f17d22bba15001f/x-1.0.0/src/content.rs" },
    ],
    ["a pod", { path: "Content.swift", absolutePath: "/Users/ci/shop/Pods/Acme/src/Content.swift" }],
    ["a folder of vendored code", { path: "/var/www/html/vendor/acme/src/Content.php" }],
    ["a package of Hex", { path: "deps/plug/lib/plug/router.ex", module: "Elixir.Plug.Router" }],
    [
      "a chunk of dependencies",
      { path: "app:///_next/dev/server/chunks/node_modules_ai_dist_index_16zsbns.js" },
    ],
    ["webpack's short name for node_modules", { path: "webpack:///./~/acme/src/content.js" }],
    ["a host of packages", { path: "https://ga.jspm.io/npm:acme@1.2.3/src/content.js" }],
    ["Node's own code", { path: "internal/process/task_queues.js" }],
    ["a tag manager", { path: "https://www.googletagmanager.com/src/content.js" }],
    ["an image of the system", { path: "Content.swift", package: "UIKitCore" }],
  ])("%s", (_, frame) => {
    const files = [
      "lib/api/base_client.dart",
      "app/middleware/errors.py",
      "src/content.ts",
      "src/content.js",
      "src/content.rb",
      "src/content.go",
      "internal/net/http/server.go",
      "src/content.rs",
      "src/Content.swift",
      "src/Content.php",
      "lib/plug/router.ex",
    ];
    expect(find(files, { inApp: true, ...frame })).toBe("foreign");
  });

  it("is no folder that only looks like one", () => {
    expect(find(["internal/pay/handler.go"], { path: "internal/pay/handler.go" })).toBe(
      "internal/pay/handler.go",
    );
    expect(find(["app/system/libs/a.php"], { path: "/app/system/libs/a.php" })).toBe("app/system/libs/a.php");
  });

  it("but a vendored file that the repository holds is found", () => {
    const files = ["vendor/engines/shop/cart.rb", "app/cart.rb"];
    expect(find(files, { path: "/app/vendor/engines/shop/cart.rb" })).toBe("vendor/engines/shop/cart.rb");
  });
});

describe("what build tools put into a path", () => {
  it.each<[string, string, string]>([
    [
      "a layer before the path",
      "webpack-internal:///(rsc)/./src/app/(api)/page.tsx",
      "src/app/(api)/page.tsx",
    ],
    ["a layer without its scheme", "(rsc)/./src/app/page.tsx", "src/app/page.tsx"],
    [
      "Turbopack's layer behind the path",
      "turbopack:///[project]/src/lib/cart.ts [app-rsc] (ecmascript)",
      "src/lib/cart.ts",
    ],
    ["Turbopack's project alone", "[project]/src/lib/cart.ts", "src/lib/cart.ts"],
    [
      "the id of a deployment",
      "https://shop.example/_next/static/chunks/app/(api)/page-1f2e3d4c5b6a7980.js?dpl=dpl_8xGv",
      "src/app/(api)/page.tsx",
    ],
    [
      "the hash of a page",
      "app:///_next/static/chunks/app/checkout/page-1f2e3d4c5b6a7980.js",
      "src/app/checkout/page.tsx",
    ],
    ["an encoded parameter", "app:///_next/server/app/%5Bslug%5D/page.js", "src/app/[slug]/page.tsx"],
    ["a function's output", "/var/task/.next/server/app/api/pay/route.js", "src/app/api/pay/route.ts"],
    ["the hash of a chunk", "https://shop.example/assets/Checkout-BqK1a9Xy.js", "src/pages/Checkout.tsx"],
    [
      "React's address of a server component",
      "about://React/Server/file:///home/u/shop/src/app/page.tsx?3",
      "src/app/page.tsx",
    ],
    ["the case of Windows", "C:\\Build\\SHOP\\SRC\\Lib\\Cart.ts", "src/lib/cart.ts"],
    ["a folder with a number sign", "C:\\work\\C#\\Shop\\Cart.cs", "C#/Shop/Cart.cs"],
    ["a place in evaluated code", "/app/src/eval.php(12) : eval()'d code", "src/eval.php"],
    ["an archive of Electron", "app:///resources/app.asar/out/lib/cart.js", "src/lib/cart.ts"],
  ])("%s is understood", (_, path, file) => {
    const files = [
      "src/app/page.tsx",
      "src/app/(api)/page.tsx",
      "src/app/checkout/page.tsx",
      "src/app/[slug]/page.tsx",
      "src/app/api/pay/route.ts",
      "src/lib/cart.ts",
      "src/pages/Checkout.tsx",
      "C#/Shop/Cart.cs",
      "src/eval.php",
    ];
    expect(find(files, { path })).toBe(file);
  });

  it("names no file for a bundle of everything, a framework's own layout or a word that is no hash", () => {
    const files = ["src/index.ts", "server/routes/api/index.ts"];
    const first = (path: string) => find(files, { path });
    expect(first("https://shop.example/assets/index-BqK1a9Xy.js")).toBe("none");
    expect(first("app:///index.android.bundle")).toBe("none");
    expect(first("/app/.output/server/chunks/routes/api/index.mjs")).toBe("none");
    expect(first("https://shop.example/assets/index-settings.js")).toBe("none");
  });

  it("ignores case for no path of another system", () => {
    expect(find(["src/cart.ts"], { path: "/app/SRC/Cart.ts" })).toBe("none");
  });
});

describe("files that fit equally well", () => {
  it("are decided by the folders that the machine has as well", () => {
    const files = ["apps/web/app/api/pay/route.ts", "apps/admin/app/api/pay/route.ts"];
    expect(find(files, { path: "/var/task/apps/admin/.next/server/app/api/pay/route.js" })).toBe(files[1]);
  });

  it("are all named", () => {
    const files = arrangeFiles(["a/cart.ts", "b/cart.ts"]);
    expect(findFile(files, frameAt({ path: "cart.ts" }))).toEqual({
      kind: "ambiguous",
      candidates: ["a/cart.ts", "b/cart.ts"],
    });
  });

  it("are all named where a chunk may hold either", () => {
    const files = arrangeFiles(["src/Checkout.tsx", "legacy/Checkout.vue"]);
    expect(findFile(files, frameAt({ path: "/assets/Checkout-BqK1a9Xy.js" }))).toMatchObject({
      candidates: ["legacy/Checkout.vue", "src/Checkout.tsx"],
    });
  });

  it("include one whose name is all that is reported, if any project has such a file", () => {
    const files = arrangeFiles(["src/deep/utils.ts"]);
    expect(findFile(files, frameAt({ path: "utils.ts" }))).toEqual({
      kind: "ambiguous",
      candidates: ["src/deep/utils.ts"],
    });
  });
});

it("a file always comes from the listing, whatever a frame says", () => {
  const files = ["src/cart.ts", "lib/cart.dart", "com/acme/Cart.java", "pay/cart.go", "Shop/Cart.cs"];
  const place = fc.option(
    fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(fc.constantFrom(...files, "..", "package:", "/", "\\", "%", "app:///", ".", "$", "#"), {
          maxLength: 6,
        })
        .map((parts) => parts.join("")),
    ),
  );
  const frame = fc.record({ path: place, absolutePath: place, module: place, package: place });
  fc.assert(
    fc.property(frame, (facts) => {
      const match = findFile(arrangeFiles(files), frameAt(facts));
      const found = "file" in match ? [match.file] : match.kind === "ambiguous" ? match.candidates : [];
      return found.every((file) => files.includes(file));
    }),
  );
});
