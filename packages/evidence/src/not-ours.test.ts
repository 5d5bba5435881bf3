import { describe, expect, it } from "vitest";
import { isMarkedForeign, isVendored } from "./not-ours.ts";

const isForeign = (path: string): boolean => isMarkedForeign({ path, absolutePath: null, module: null });

describe("a path marks code as foreign", () => {
  it.each([
    "/app/node_modules/express/lib/router.js",
    "node_modules/express/index.js",
    "webpack:///./~/lodash/map.js",
    "/usr/lib/python3.11/json/decoder.py",
    "/var/lang/lib/python3/json/decoder.py",
    "/opt/python/requests/api.py",
    "/venv/lib/site-packages/flask/app.py",
    String.raw`C:\Python311\Lib\json\decoder.py`,
    String.raw`C:\Users\ci\Python\Python311-32\lib\json\decoder.py`,
    "C:/hostedtoolcache/windows/Python/3.11.4/x64/Lib/ast.py",
    "/usr/local/bundle/gems/rack-3.0.8/lib/rack.rb",
    "/usr/local/bundle/bundler/gems/shop/lib/a.rb",
    "/usr/lib/ruby/3.2.0/json.rb",
    "/usr/lib/ruby/gems/3.2.0/a.rb",
    "/root/go/pkg/mod/github.com/gin/gin.go",
    "/usr/local/go/src/net/http/server.go",
    "/opt/go1.21.3/src/fmt/print.go",
    "/opt/homebrew/go/1.21/libexec/src/fmt/print.go",
    "github.com/gin-gonic/gin@v1.9.1/context.go",
    "/root/.cargo/registry/src/serde/lib.rs",
    "/rustc/90c541806f23a127/library/core/panic.rs",
    "/Users/ci/Pods/Alamofire/Session.swift",
    "/Applications/Xcode_15.app/Contents/a.swift",
    "/root/.m2/repository/a/B.java",
    "/root/.pub-cache/hosted/http/lib/http.dart",
    "activerecord (7.1.2) lib/active_record/base.rb",
    "/_next/static/chunks/node_modules_react_12ab.js",
    "chrome-extension://abc/content.js",
    "blob:moz-extension://abc/content.js",
    "safari-web-extension://abc/content.js",
    "webkit-masked-url://hidden/",
    "https://example.com/helper.user.js",
    "https://example.com/helper.user.js?v=1",
    "node:internal/process/task_queues",
    "internal/process/task_queues.js",
    "internal/modules/cjs/loader",
    "native code",
    "<anonymous>",
    "[native code]",
    "https://js.stripe.com/v3/stripe.js",
    "http://unpkg.com:443/react.js",
    "https://widget.intercomcdn.com/frame.js",
    "package:flutter/src/widgets/framework.dart",
  ])("%s", (path) => {
    expect(isForeign(path)).toBe(true);
    expect(isMarkedForeign({ path: null, absolutePath: path, module: null })).toBe(true);
  });
});

const OWN = `
src/cart.ts
src/my_node_modules/cart.ts
src/node_modules.ts
lib/pythonic/cart.py
src/gems/ruby.rb
lib/ruby/cart.rb
go/cart.go
shop@v/cart.go
rustc/abc/main.rs
src/internal/cart.js
internal/cart/sum.ts
nativecode/cart.ts
src/app.user.json
https://shop.example.com/stripe.com/app.js
https://mystripe.community/app.js
https://notunpkg.com/app.js
src/node:cart.ts
package:shop/flutter/cart.dart
my package:flutter/a.dart
_next/node_modules_react/own.js
cart (draft) lib/cart.rb
`;

it.each(OWN.trim().split("\n"))("%s does not mark code as foreign", (path) => {
  expect(isForeign(path)).toBe(false);
});

describe("a module or a package marks code as foreign", () => {
  it.each([
    ["java.util.ArrayList", "ArrayList.java", true],
    ["com.android.os.Looper", "Looper.java", true],
    ["Microsoft.AspNetCore.Mvc.Filter", null, true],
    ["javafoo.Cart", "Cart.java", false],
    ["com.shop.java.Cart", "Cart.java", false],
    ["net/http", "server.go", true],
    ["runtime", "asm_amd64.s", true],
    ["net/http", "server.py", false],
    ["network", "cart.go", false],
    ["shop/net", "cart.go", false],
    ["net/http", null, false],
  ])("module %s of file %s: %s", (module, path, expected) => {
    expect(isMarkedForeign({ path, absolutePath: null, module })).toBe(expected);
  });

  it.each([
    ["flutter", true],
    ["flutter_cart", false],
    ["my_flutter", false],
    ["UIKitCore", true],
    ["libswiftCore.dylib", true],
    ["System.Linq, Version=8.0.0.0", true],
    ["mscorlib", true],
    ["/apex/com.android.art/lib64/libart.so", true],
    ["/system/framework/framework.jar", true],
    ["/data/system/shop.so", false],
    ["/lib/x86_64/libc.so.6", true],
    ["/app/mylibc.so", false],
    [String.raw`C:\Windows\ntdll.dll`, true],
    [String.raw`C:\shop\myntdll.dll`, false],
  ])("package %s: %s", (name, expected) => {
    expect(isMarkedForeign({ path: null, absolutePath: null, module: null, package: name })).toBe(expected);
  });
});

it.each([
  ["vendor/acme/Sum.php", null, true],
  [null, "/app/vendor/acme/Sum.php", true],
  [String.raw`C:\shop\vendor\Sum.php`, null, true],
  ["src/third_party/sum.c", null, true],
  ["third-party/sum.c", null, true],
  ["external/sum.c", null, true],
  ["wp-includes/post.php", null, true],
  ["src/vendors/sum.ts", null, false],
  ["src/myvendor/sum.ts", null, false],
  ["vendor", null, false],
  [null, null, false],
])("a file at %s or %s lies among copies of others' code: %s", (path, absolutePath, expected) => {
  expect(isVendored({ path, absolutePath })).toBe(expected);
});
