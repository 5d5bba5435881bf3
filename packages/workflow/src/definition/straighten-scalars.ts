import { parseDocument, visit } from "yaml";

/**
 * Rewrites scalars of several lines that hold expressions as one quoted line of the same value.
 *
 * GitHub's JavaScript parser takes the raw source of such a scalar, with its indentation, where GitHub's service takes
 * the value; a script with a here-document would break. Line numbers change, so problems are reported on the original.
 */
export function straightenScalars(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Scalar: (_key, node) => {
      const source = node.range ? text.slice(node.range[0], node.range[1]) : "";
      if (typeof node.value === "string" && node.value.includes("${{") && source.includes("\n")) {
        node.type = "QUOTE_DOUBLE";
      }
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}
