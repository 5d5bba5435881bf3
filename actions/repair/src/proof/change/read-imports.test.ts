import { expect, test } from "vitest";
import { readImports } from "./read-imports.ts";

test.each([
  ["A.java", "import java.time.ZoneOffset;", ["ZoneOffset"]],
  ["A.java", "import static org.acme.Carts.total;", ["total"]],
  ["A.kt", "import com.acme.Cart as Basket", ["Cart", "Basket"]],
  ["a.py", "from shop.cart import total, pay", ["total", "pay"]],
  ["a.py", "import os.path", ["path"]],
  ["a.rs", "use std::sync::{Mutex, PoisonError};", ["Mutex", "PoisonError"]],
  ["a.php", "use App\\Cart;", ["Cart"]],
  ["a.go", '\t"gopkg.in/yaml.v3"', ["yaml"]],
  ["a.go", '\tpb "example.com/pay/v2"', ["pb"]],
  ["a.ts", 'import { total, type Cart } from "./from.ts";', ["total", "Cart"]],
  ["a.js", 'const { total } = require("./cart");', ["total"]],
])("in %s, %s brings %j", (path, line, names) => {
  expect([...(readImports(path, [`${line}\n`, "\n"]) ?? [])]).toEqual(names);
});

test.each([
  ["A.java", "import java.util.*;"],
  ["a.go", '\t_ "example.com/driver"'],
])("in %s, %s brings no name", (path, line) => {
  expect([...(readImports(path, [line]) ?? ["none"])]).toEqual([]);
});

test.each([
  ["A.java", "int imported = 1;"],
  ["a.rs", "pub use cart::total;"],
  ["a.php", "    use Countable;"],
  ["a.go", '\t"a",'],
  ["a.js", 'import "./patch.js";'],
  ["a.js", "const total = require('./cart').total();"],
  ["a.txt", "import a"],
])("in %s, %s is no import of names", (path, line) => {
  expect(readImports(path, [line])).toBeUndefined();
});
