import { describe, expect, it } from "vitest";
import { judgeName } from "./function-names.ts";

const judge = (name: string, changes: object = {}) =>
  judgeName({ path: "src/a.ts", function: name, line: 30, column: 3, ...changes });

/** One name a line. */
const listNames = (lines: string): string[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

describe("a function's name distinguishes it", () => {
  it.each(
    listNames(String.raw`
    run
    rateOf
    runJob
    async total
    new Cart
    Object.total
    foo/<
    HTMLButtonElement.onClick
    e.render
    Cart.total [as sum]
    Array.map
    支付
    total.<locals>.<lambda>
    block in total
    block (2 levels) in total
    Cart#total
    Checkout#call
    App\Cart::total
    App\Jobs\SendMail::handle
    lambda$total$0
    total$lambda$0
    total$default
    CartView.total()
    closure #1 in CartView.total()
    CartView.body.getter
    -[CartView total:with:]
    _MyApp.build.<anonymous closure>
    (*Cart).Total
    (*Cart).Total.func1
    shop.(*Cart).Total
    Total[...]
    shop::cart::total
    shop::cart::total::{{closure}}
    <shop::Cart as shop::Sum>::total::h0123456789abcdef
    <RunAsync>d__5.MoveNext
    Program.<Total>b__0_1
    Foo::bar(int)::{lambda()#1}::operator()
    anonymous fn/1 in Shop.Cart.total/1
    {closure:App\Cart::total():12}
    {closure:{closure:App\Cart::total():12}:13}
    {closure:total():12}
    Shop.Cart.total/1
    -total/1-fun-0-
  `),
  )("%s", (name) => {
    expect(judge(name)).toBe("telling");
  });
});

describe("whatever runs passes through", () => {
  it.each(
    listNames(`
    main
    Main
    _main
    __main__
    async main
    main.main
    main.main.func1
    shop::main
    shop::main::{{closure}}
    Program.Main
    Program.<Main>$
    <Main>$
    com.shop.Main.main
    main(java.lang.String[])
    main/1
    MyApp.main()
    static App.$main()
    main.<anonymous closure>
    wWinMain
    UIApplicationMain
    <module>
    <main>
    <top (required)>
    block in <main>
    {main}
    handler
    exports.handler
    module.exports.handler
    Runtime.handler
    async handler
    lambda_handler
    handleRequest
    FunctionHandler
    GET
    default
  `),
  )("%s", (name) => {
    expect(judge(name)).toBe("entry");
  });
});

describe("a function has no name", () => {
  it.each(
    listNames(String.raw`
    ?
    <anonymous>
    anonymous
    (anonymous)
    Anonymous function
    Object.<anonymous>
    HTMLButtonElement.<anonymous>
    new <anonymous>
    </<
    eval
    _callee2$
    _callee$2
    _Lambda$__1
    async Promise.all (index 0)
    Generator.next
    n
    aB
    $t
    Z0e
    oPe
    a$1
    t.value
    e.t
    new t
    _0x4f2a1b
    minified:aB
    ?anon_0_
    <lambda>
    <listcomp>
    {closure}
    App\Http\{closure}
    class@anonymous
    [internal function]
    anonymous fn/1
    anonymous fn
    -fun-0-
    __anonymous__
    {closure:/app/src/cart.php:12}
    {closure:{closure:/app/src/cart.php:12}:13}
    func1
    {{closure}}
    lambda_method12
    <anonymous closure>
    <redacted>
    <unknown>
    0x1a2b3c
  `),
  )("%s", (name) => {
    expect(judge(name)).toBe("nameless");
  });

  it.each(["", "   "])("where it is blank: %j", (name) => {
    expect(judge(name)).toBe("nameless");
  });

  it("where three letters stand in a bundle's long lines", () => {
    expect(judge("ope", { line: 1, column: 70_001 })).toBe("nameless");
    expect(judge("ope", { path: "/assets/app.min.js" })).toBe("nameless");
    expect(judge("pay", { line: 1, column: 12 })).toBe("telling");
    expect(judge("render", { line: 1, column: 70_001 })).toBe("telling");
  });
});

it("a name of any length is judged in no time", () => {
  for (const name of [
    "<".repeat(50_000),
    "a.".repeat(50_000),
    "closure #1 in ".repeat(9000),
    "(".repeat(9000),
  ])
    expect(["telling", "entry", "nameless"]).toContain(judge(name));
});
