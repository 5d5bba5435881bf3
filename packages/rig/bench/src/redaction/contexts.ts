/** A name in the forms that languages write it, made of the words of a rule. */
export type Name = Readonly<Record<"constant" | "camel" | "kebab" | "snake", string>>;

/** `datadog-access-token` as DATADOG_ACCESS_TOKEN, datadogAccessToken and so on. */
export function nameFrom(rule: string): Name {
  const words = rule.split("-");
  return {
    constant: words.join("_").toUpperCase(),
    camel: words.map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join(""),
    kebab: rule,
    snake: words.join("_"),
  };
}

type Context = readonly [name: string, write: (name: Name, secret: string) => string];

/** Where secrets turn up in the texts that production sends. */
export const CONTEXTS: readonly Context[] = [
  ["dotenv", (n, s) => `NODE_ENV=production\n${n.constant}=${s}\nPORT=80`],
  ["shell export", (n, s) => `export ${n.constant}="${s}"`],
  ["JavaScript", (n, s) => `const ${n.camel} = '${s}';`],
  ["TypeScript with a type", (n, s) => `const ${n.camel}: string = "${s}";`],
  ["Python", (n, s) => `${n.snake} = "${s}"`],
  ["Python environment", (n, s) => `os.environ["${n.constant}"] = "${s}"`],
  ["Go", (n, s) => `${n.camel} := "${s}"`],
  ["Rust", (n, s) => `let ${n.snake}: &str = "${s}";`],
  ["Java", (n, s) => `private static final String ${n.constant} = "${s}";`],
  ["C", (n, s) => `setenv("${n.constant}", "${s}", 1);`],
  ["C define", (n, s) => `#define ${n.constant} "${s}"`],
  ["R", (n, s) => `${n.snake} <- "${s}"`],
  ["R, rightward", (n, s) => `"${s}" -> ${n.snake}`],
  ["Ruby hash", (n, s) => `:${n.snake} => '${s}',`],
  ["Make", (n, s) => `${n.constant} ::= ${s}`],
  ["Make, if unset", (n, s) => `${n.constant} ?= ${s}`],
  ["Ruby, if unset", (n, s) => `@${n.snake} ||= "${s}"`],
  ["PHP", (n, s) => `define('${n.constant}', '${s}');`],
  ["JSON", (n, s) => JSON.stringify({ id: 7, [n.camel]: s, ok: true })],
  [
    "JSON in JSON in JSON",
    (n, s) => JSON.stringify(JSON.stringify({ body: JSON.stringify({ [n.snake]: s }) })),
  ],
  ["JSON field apart", (n, s) => JSON.stringify([{ name: n.constant, value: s }])],
  ["YAML", (n, s) => `service:\n  ${n.snake}: ${s}\n  port: 80`],
  ["YAML block", (n, s) => `service:\n  ${n.snake}: |\n    ${s}\n  port: 80`],
  ["YAML of Kubernetes", (n, s) => `- name: ${n.constant}\n  value: "${s}"`],
  ["XML element", (n, s) => `<config><${n.camel}>${s}</${n.camel}></config>`],
  ["XML attributes", (n, s) => `<add key="${n.camel}" value="${s}" />`],
  ["properties", (n, s) => `service.${n.snake.replaceAll("_", ".")} = ${s}`],
  ["option", (n, s) => `deploy --${n.kebab} ${s} --verbose`],
  ["option with =", (n, s) => `deploy --${n.kebab}=${s}`],
  ["Java property", (n, s) => `java -D${n.camel}=${s} -jar app.jar`],
  ["header", (n, s) => `GET / HTTP/1.1\nX-${n.kebab}: ${s}\nAccept: */*`],
  ["query", (n, s) => `GET /v1/items?${n.snake}=${s}&page=2 500`],
  ["table", (n, s) => `NAME                 VALUE\n${n.constant}     ${s}`],
  ["log", (n, s) => `2026-11-30T01:02:03Z ERROR request refused ${n.snake}=${s} status=401`],
  ["sentence", (n, s) => `Error: the ${n.kebab.replaceAll("-", " ")} "${s}" was refused`],
];
