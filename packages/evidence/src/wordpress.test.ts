import { describe, expect, it } from "vitest";
import { arrangeFiles, findFile } from "./repository-files.ts";
import { frameAt } from "./testing/frame-at.ts";

const SITE = "/var/www/html/wp-content";
const find = (files: readonly string[], absolutePath: string) =>
  findFile(arrangeFiles(files), frameAt({ path: absolutePath.replace("/var/www/html", ""), absolutePath }));

describe("a repository that is a plugin", () => {
  const files = ["shop.php", "includes/cart.php"];

  it.each(["shop.php", "includes/cart.php"])("has %s of its folder in the site", (file) => {
    expect(find(files, `${SITE}/plugins/shop/${file}`)).toMatchObject({ kind: "suffix", file });
  });

  it("may have a file of a plugin that is not called like it, and may not", () => {
    expect(find(files, `${SITE}/plugins/woocommerce/includes/cart.php`)).toEqual({
      kind: "ambiguous",
      candidates: ["includes/cart.php"],
    });
  });

  it("has none that lies deeper in a plugin", () => {
    expect(find(files, `${SITE}/plugins/shop/lib/shop.php`).kind).toBe("none");
  });
});

it("a theme cannot be known from its parent: its file is named as a possibility", () => {
  expect(find(["style.css", "functions.php"], `${SITE}/themes/acme/functions.php`)).toEqual({
    kind: "ambiguous",
    candidates: ["functions.php"],
  });
});

describe("a repository that is a site", () => {
  it("has the plugin in its folder", () => {
    const files = ["wp-content/plugins/shop/shop.php", "wp-content/plugins/other/shop.php"];
    expect(find(files, `${SITE}/plugins/shop/shop.php`)).toMatchObject({ file: files[0] });
  });

  it("has no file of a plugin that is not in it", () => {
    expect(find(["wp-content/plugins/other/shop.php"], `${SITE}/plugins/shop/shop.php`).kind).toBe("none");
  });
});

describe("WordPress itself", () => {
  it.each(["wp-includes/plugin.php", "wp-admin/includes/menu.php"])("is nobody's own: %s", (path) => {
    expect(find(["plugin.php", "includes/menu.php"], `/var/www/html/${path}`).kind).toBe("foreign");
  });

  it("is found where the repository holds it", () => {
    const files = ["public/wp-includes/plugin.php"];
    expect(find(files, "/var/www/html/wp-includes/plugin.php")).toMatchObject({ file: files[0] });
  });
});
