import { describe, expect, it } from "vitest";
import { pathSegments } from "./reported-path.ts";
import { arrangeFiles, findFile } from "./repository-files.ts";
import { frameAt } from "./testing/frame-at.ts";

const files = arrangeFiles([
  "src/cart.ts",
  "src/index.ts",
  "packages/web/app/page.tsx",
  "packages/web/src/cart.ts",
  "packages/api/src/index.ts",
  "packages/api/src/orders/list.ts",
  "app/views.py",
  "service/src/main/java/com/acme/Order.java",
  "admin/src/main/java/com/acme/admin/Order.java",
  "sdk/index.js",
]);
const find = (path: string) => findFile(files, frameAt({ path }));

describe("what comes before a path", () => {
  it.each([
    ["app:///src/cart.ts", "src/cart.ts"],
    ["webpack-internal:///./src/cart.ts", "src/cart.ts"],
    ["webpack-internal:///(rsc)/./app/page.tsx?1a2b", "app/page.tsx"],
    ["webpack://_N_E/./src/cart.ts", "src/cart.ts"],
    ["turbopack:///[project]/src/cart.ts", "src/cart.ts"],
    ["file:///C:/shop/src/cart.ts", "shop/src/cart.ts"],
    ["C:\\shop\\src\\cart.ts", "shop/src/cart.ts"],
    ["https://cdn.example/assets/main.js?v=1#x", "assets/main.js"],
    ["../../src/./cart.ts", "src/cart.ts"],
    ["/var/task/src/cart%20list.ts", "var/task/src/cart list.ts"],
    ["src/%zz.ts", "src/%zz.ts"],
  ])("is stripped from %s", (path, plain) => {
    expect(pathSegments(path).join("/")).toBe(plain);
  });
});

describe("the file of a path", () => {
  it.each([
    ["the same path", "src/cart.ts", "exact", "src/cart.ts"],
    [
      "under a deployed prefix",
      "/var/task/packages/api/src/orders/list.ts",
      "suffix",
      "packages/api/src/orders/list.ts",
    ],
    ["in a package of a monorepo", "app:///app/page.tsx", "suffix", "packages/web/app/page.tsx"],
    ["a file that only one package has", "src/orders/list.ts", "suffix", "packages/api/src/orders/list.ts"],
    ["the longest common end", "/srv/packages/web/src/cart.ts", "suffix", "packages/web/src/cart.ts"],
  ])("is %s", (_, path, kind, file) => {
    expect(find(path)).toEqual({ kind, file });
  });

  it("is said to be ambiguous where ends are equally long", () => {
    expect(find("/other/cart.ts")).toEqual({ kind: "none" });
    expect(find("cart.ts")).toEqual({
      kind: "ambiguous",
      candidates: ["packages/web/src/cart.ts", "src/cart.ts"],
    });
  });

  it("is foreign for a dependency or a runtime, and none for no file", () => {
    expect(find("/app/node_modules/x/src/index.ts")).toEqual({ kind: "foreign" });
    expect(find("node:internal/process/task_queues")).toEqual({ kind: "foreign" });
    expect(find("<anonymous>")).toEqual({ kind: "foreign" });
    expect(find("")).toEqual({ kind: "none" });
  });

  it("is guessed from the build's output, and marked so", () => {
    expect(find("/app/packages/api/dist/orders/list.js")).toEqual({
      kind: "compiled",
      file: "packages/api/src/orders/list.ts",
    });
  });

  it("never leaves the repository", () => {
    expect(find("../../../../etc/passwd")).toEqual({ kind: "none" });
  });

  it("is told from another of the same name by the module", () => {
    const order = frameAt({ path: "Order.java", module: "com.acme.Order" });
    expect(findFile(files, order)).toEqual({
      kind: "suffix",
      file: "service/src/main/java/com/acme/Order.java",
    });
    expect(findFile(files, frameAt({ path: "views.py", module: "app.views" }))).toEqual({
      kind: "exact",
      file: "app/views.py",
    });
  });

  it("falls back to the absolute path", () => {
    const frame = frameAt({ path: "cart.ts", absolutePath: "/srv/packages/web/src/cart.ts" });
    expect(findFile(files, frame)).toEqual({ kind: "suffix", file: "packages/web/src/cart.ts" });
  });
});
