import { expect, it } from "vitest";
import type { FrameEvidence } from "./frame-evidence.ts";
import { fitEvidence } from "./match-file.ts";

type Row = [file: string, reported: string, kind: FrameEvidence["kind"], machine: number | null, fit: string];

it.each<Row>([
  ["src/cart.ts", "src/cart.ts", "path", 0, "2 whole 2"],
  ["src/cart.ts", "app/src/cart.ts", "path", 1, "2 whole 2"],
  ["cart.ts", "app/src/cart.ts", "path", 0, "none"],
  ["cart.ts", "x/src/cart.ts", "path", null, "1 whole 1"],
  ["cart.ts", "y/x/src/cart.ts", "path", null, "none"],
  ["src/cart.ts", "z/y/x/src/cart.ts", "path", 0, "2 whole 1"],
  ["web/src/cart.ts", "src/cart.ts", "path", 0, "2 whole 0"],
  ["web/src/cart.ts", "lib/src/cart.ts", "path", 0, "none"],
  ["web/src/a/cart.ts", "x/src/a/cart.ts", "path", null, "3 whole 0"],
  ["web/a/cart.ts", "x/a/cart.ts", "path", 0, "none"],
  ["src/basket.ts", "src/cart.ts", "path", 0, "none"],
  ["shop/cart.py", "app/shop/cart.py", "import", 0, "2 whole 1"],
  ["shop/cart.py", "lib/shop/cart.py", "import", 0, "none"],
  ["cart.py", "app/cart.py", "import", 0, "none"],
  ["shop/cart.py", "x/app/shop/cart.py", "import", 0, "none"],
  ["web/shop/cart.py", "app/shop/cart.py", "import", 0, "none"],
  ["mobile/lib/cart.dart", "shop_mobile/lib/cart.dart", "import", 1, "2 whole 0"],
  ["other/lib/cart.dart", "shop_mobile/lib/cart.dart", "import", 1, "none"],
  ["lib/cart.dart", "shop_mobile/lib/cart.dart", "import", 1, "2 whole 2"],
  ["src/main/kotlin/Cart.kt", "com/shop/Cart.kt", "namespace", 0, "1 whole 0"],
  ["src/main/kotlin/Cart.java", "com/shop/Cart.java", "namespace", 0, "none"],
  ["src/shop/Cart.cs", "com/shop/Cart.cs", "namespace", 0, "2 whole 0"],
  ["lib/shop/Cart.cs", "com/shop/Cart.cs", "namespace", 0, "none"],
  ["src/Cart.cs", "com/shop/Cart.cs", "namespace", 0, "none"],
  ["commonMain/shop/Cart.kt", "com/shop/Cart.kt", "namespace", 0, "2 whole 0"],
  ["src/main/java/Cart.java", "Cart.java", "namespace", 0, "1 whole 0"],
  ["src/other/Cart.java", "Cart.java", "namespace", 0, "none"],
  ["Cart.java", "Cart.java", "namespace", 0, "1 whole 2"],
])("%s against %s, a %s with %s folders of the machine: %s", (file, reported, kind, machine, expected) => {
  const fit = fitEvidence(file.split("/"), { segments: reported.split("/"), kind, machine, windows: false });
  expect(fit === null ? "none" : `${fit.shared} whole ${fit.whole}`).toBe(expected);
});

it("ignores case only where the frame comes from Windows", () => {
  const fit = (windows: boolean) =>
    fitEvidence(["src", "Cart.cs"], { segments: ["SRC", "cart.cs"], kind: "path", machine: 0, windows });
  expect(fit(true)).toEqual({ shared: 2, whole: 2 });
  expect(fit(false)).toBeNull();
});
