import * as clack from "@clack/prompts";
import { type Answerer, Cancelled } from "./ask.ts";

/** Asks whoever sits at the terminal. */
export const atTerminal: Answerer = {
  text: async ({ message, suggested, judge }) =>
    answered(
      await clack.text({
        message,
        ...(suggested === undefined ? {} : { initialValue: suggested }),
        validate: (answer) => judge?.(answer ?? ""),
      }),
    ),
  secret: async ({ message }) => answered(await clack.password({ message })) ?? "",
  choose: async ({ message, among, suggested }) =>
    answered(
      await clack.select({
        message,
        options: among.map((each) => ({ ...each })) as never,
        initialValue: suggested,
      }),
    ) as never,
  confirm: async ({ message }) => answered(await clack.confirm({ message, initialValue: true })),
};

function answered<T>(answer: T): Exclude<T, symbol> {
  if (clack.isCancel(answer)) throw new Cancelled("Nothing was changed.");
  return answer as Exclude<T, symbol>;
}
