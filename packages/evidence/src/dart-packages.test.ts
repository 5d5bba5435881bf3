import { expect, it } from "vitest";
import { arrangeDartPackages, listPubspecs } from "./dart-packages.ts";
import { arrangeFiles, findFile } from "./repository-files.ts";
import { frameAt } from "./testing/frame-at.ts";

/** Packages of a monorepo, whose folders are not called like them. */
const PUBSPECS = [
  ["pubspec.yaml", "name: workspace\n"],
  ["apps/client/pubspec.yaml", "# The app\nname: shop # on phones\nversion: 1.0.0\n"],
  ["packages/kit/pubspec.yaml", "environment:\n  name: not_this\nname: 'acme_ui'\r\n"],
] as const;
const FILES = [
  ...PUBSPECS.map(([path]) => path),
  "lib/args.dart",
  "apps/client/lib/cart.dart",
  "apps/client/lib/src/main.dart",
  "packages/kit/lib/cart.dart",
];

const find = (
  uri: string,
  pubspecs: Parameters<typeof arrangeDartPackages>[0] = PUBSPECS,
  complete = true,
) => {
  const files = { ...arrangeFiles(FILES, complete), dartPackages: arrangeDartPackages(pubspecs) };
  const match = findFile(files, frameAt({ path: uri.replace(/.*\//, ""), absolutePath: uri }));
  return "file" in match ? match.file : match.kind;
};

it("a file lies in the package whose pubspec has that name", () => {
  const uris = ["package:shop/cart.dart", "package:acme_ui/cart.dart", "package:shop/src/main.dart"];
  expect(uris.map((uri) => find(uri))).toEqual([
    "apps/client/lib/cart.dart",
    "packages/kit/lib/cart.dart",
    "apps/client/lib/src/main.dart",
  ]);
});

it("a package that no pubspec names is another's, even if a file of the root has its path", () => {
  expect(find("package:args/args.dart")).toBe("foreign");
});

it("is no suspect because of a package that a cut listing may hide", () => {
  expect(find("package:other/other.dart", PUBSPECS, false)).toBe("none");
});

it("a file that was made at build time is none, and not another package's", () => {
  expect(find("package:shop/l10n.dart")).toBe("none");
});

it("two packages of one name are both named", () => {
  const twice = [...PUBSPECS, ["packages/kit/pubspec.yaml", "name: shop"]] as const;
  expect(find("package:shop/cart.dart", twice)).toBe("ambiguous");
});

it.each([
  ["has no name", "version: 1.0.0\n"],
  ["could not be read", null],
])("folders decide where a pubspec %s", (_, text) => {
  expect(find("package:client/cart.dart", [...PUBSPECS, ["x/pubspec.yaml", text]])).toBe(
    "apps/client/lib/cart.dart",
  );
});

it("pubspecs are files of that very name", () => {
  const paths = ["pubspec.yaml", "a/pubspec.yaml", "a/Pubspec.yaml", "a/my_pubspec.yaml", "pubspec.lock"];
  expect(listPubspecs(arrangeFiles(paths))).toEqual(["pubspec.yaml", "a/pubspec.yaml"]);
});
