import { expect, test } from "vitest";
import { PLACE, readImports } from "./read-imports.ts";

test.each([
  ["A.java", "import java.time.ZoneOffset;", ["ZoneOffset"]],
  ["A.java", "import static org.acme.Carts.total;", ["total"]],
  ["A.kt", "import com.acme.Cart as Basket", ["Cart", "Basket"]],
  ["a.py", "from shop.cart import total, pay", ["total", "pay"]],
  ["a.py", "import os.path", ["path"]],
  ["a.rs", "use std::sync::{Mutex, PoisonError};", ["Mutex", "PoisonError"]],
  ["a.php", "use App\\Cart;", ["Cart"]],
  ["a.go", 'import "gopkg.in/yaml.v3"', ["yaml"]],
  ["a.ts", 'import { total, type Cart } from "./from.ts";', ["total", "Cart"]],
  ["a.js", 'const { total } = require("./cart");', ["total"]],
  [
    "a.ts",
    "import {\n  total,\n  type Cart, // priced\n  default as pay,\n} from './from.ts';",
    ["total", "Cart", "pay"],
  ],
  ["a.js", "const {\n  total,\n} = require('./cart');", ["total"]],
  ["a.py", "from shop.cart import (  # noqa\n    total,\n    pay as settle,\n)", ["total", "pay", "settle"]],
  ["a.py", "from shop.cart import total, \\\n    pay", ["total", "pay"]],
  ["a.go", 'import (\n\t"fmt"\n\n\t// Paid.\n\tpb "example.com/pay/v2"\n)', ["fmt", "pb"]],
  ["a.rs", "use std::{\n    fmt,\n    sync::{Mutex, PoisonError},\n};", ["fmt", "Mutex", "PoisonError"]],
  ["a.php", "use App\\{\n    Cart,\n    Pay\\Till,\n};", ["Cart", "Till"]],
  ["A.scala", "import com.acme.{\n  Cart,\n  Till\n}", ["Cart", "Till"]],
])("in %s, %s brings %j", (path, statement, names) => {
  const lines = readImports(path, `${statement}\n\n`);
  expect(lines.length).toBe(statement.split("\n").length);
  expect(lines.flatMap((line) => [...(line?.keys() ?? ["none"])]).filter((name) => name !== PLACE)).toEqual(
    names,
  );
});

test.each([
  ["A.java", "import java.util.*;"],
  ["a.go", 'import _ "example.com/driver"'],
])("in %s, %s brings no name", (path, line) => {
  expect(readImports(path, line).map((names) => [...(names?.keys() ?? ["none"])])).toEqual([[]]);
});

test.each([
  ["A.java", "int imported = 1;"],
  ["a.rs", "pub use cart::total;"],
  ["a.php", "    use Countable;"],
  ["a.go", '\t"a"'],
  ["a.js", 'const a = 1;\nexport { a } from "./cart";'],
  ["a.js", 'import "./patch.js";'],
  ["a.js", "const total = require('./cart').total();"],
  ["a.txt", "import a"],
])("in %s, %s is no import of names", (path, line) => {
  expect(readImports(path, line)).toEqual([]);
});
