/** Splits the body of a block into statements: at semicolons and line ends outside of brackets. Pure. */
export function splitStatements(body: string): string[] {
  const statements: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= body.length; at += 1) {
    const sign = body[at];
    if (sign !== undefined && "([{".includes(sign)) depth += 1;
    else if (sign !== undefined && ")]}".includes(sign)) depth -= 1;
    else if (sign === undefined || (depth <= 0 && (sign === ";" || sign === "\n"))) {
      const statement = body.slice(from, at).replace(/\s+/g, " ").trim();
      if (statement !== "") statements.push(statement);
      from = at + 1;
    }
  }
  return statements;
}
