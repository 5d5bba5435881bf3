import { expect, it } from "vitest";
import { readReportedPath } from "./reported-path.ts";

it.each<[string, string, number | null, boolean]>([
  ["src/cart.ts", "src/cart.ts", 0, false],
  ["./src/../cart.ts", "src/cart.ts", 0, false],
  ["app:///src/cart.ts", "src/cart.ts", 0, false],
  ["webpack-internal:///(rsc)/./src/cart.ts", "src/cart.ts", 0, false],
  ["webpack-internal:///(shop)/src/cart.ts", "(shop)/src/cart.ts", 0, false],
  ["webpack://_N_E/./src/cart.ts?1a2b", "src/cart.ts", 0, false],
  ["webpack://@acme/web/./src/cart.ts", "@acme/web/src/cart.ts", 2, false],
  ["webpack://web/./src/cart.ts", "web/src/cart.ts", 1, false],
  ["turbopack:///[project]/src/cart.ts", "src/cart.ts", 0, false],
  ["https://shop.example.com/assets/cart.js?v=1#top", "assets/cart.js", 0, false],
  ["https://shop.example.com/assets/cart.js#top", "assets/cart.js", 0, false],
  ["blob:https://shop.example.com/cart.js", "cart.js", 0, false],
  ["src/c#/cart.cs", "src/c#/cart.cs", 0, false],
  ["file:///app/src/cart.ts", "app/src/cart.ts", 1, false],
  ["file:///C:/shop/cart.ts", "shop/cart.ts", null, true],
  [String.raw`C:\shop\Cart.cs`, "shop/Cart.cs", null, true],
  [String.raw`shop\Cart.cs`, "shop/Cart.cs", 0, true],
  ["/@fs/app/cart.ts", "app/cart.ts", 1, false],
  ["src/a%20b.ts", "src/a b.ts", 0, false],
  ["src/100%.ts", "src/100%.ts", 0, false],
  ["src/cart.php(12) : eval()'d code", "src/cart.php", 0, false],
  ["src/cart.php(12) : runtime-created function", "src/cart.php", 0, false],
  ["src/cart.ts [app-ssr] (ecmascript)", "src/cart.ts", 0, false],
  ["/cart.ts", "cart.ts", null, false],
  ["/app/cart.ts", "app/cart.ts", 1, false],
  ["/application/cart.ts", "application/cart.ts", null, false],
  ["/home/ana/shop/cart.ts", "home/ana/shop/cart.ts", 3, false],
  ["/home/runner/work/shop/shop/src/a.ts", "home/runner/work/shop/shop/src/a.ts", 5, false],
  ["/var/www/shop/releases/42/a.php", "var/www/shop/releases/42/a.php", 5, false],
  ["/var/task/index.js", "var/task/index.js", 2, false],
  ["/vercel/path0/a.ts", "vercel/path0/a.ts", 2, false],
  ["/go/src/github.com/acme/shop/a.go", "go/src/github.com/acme/shop/a.go", 5, false],
])("%s names the file %s", (path, file, machine, windows) => {
  const read = readReportedPath(path);
  expect({ ...read, segments: read.segments.join("/") }).toEqual({ segments: file, machine, windows });
});
