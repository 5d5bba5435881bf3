import type { SdkException } from "./sdk-event.ts";

type Exceptions = readonly SdkException[];

/**
 * The exception that an issue is named by: the one that grouping marked (`main_exception_id`), else the last. Where it
 * happened comes from the last one all the same. (getsentry/sentry, `eventtypes/error.py` and
 * `grouping/strategies/newstyle.py`; Kotlin's notes are not simulated.)
 */
export function chooseMainException(values: Exceptions): SdkException | undefined {
  const { kept, main } = collapseGroups(values);
  return findCause(kept) ?? findUncaught(kept) ?? main ?? values.at(-1);
}

/** What grouping keeps of a tree: a group of equal errors is one of them with its causes, any other all of them and the root. */
function collapseGroups(values: Exceptions): { readonly kept: Exceptions; readonly main?: SdkException } {
  const ids = values.map(({ mechanism }) => mechanism?.exception_id);
  const root = values.find(({ mechanism }) => mechanism?.exception_id === 0);
  if (values.length < 2 || root === undefined || ids.includes(undefined) || new Set(ids).size < ids.length)
    return { kept: values };
  const listChildren = (parent: SdkException) =>
    values
      .toReversed()
      .filter((one) => one !== parent && one.mechanism?.parent_id === parent.mechanism?.exception_id);
  const listTop = (one: SdkException, depth = 0): Exceptions =>
    one.mechanism?.is_exception_group !== true
      ? [one]
      : depth > values.length
        ? []
        : listChildren(one).flatMap((child) => listTop(child, depth + 1));
  const top = listTop(root);
  const [main] = top;
  if (main === undefined) return { kept: values };
  if (new Set(top.map(hashException)).size > 1) return { kept: [...top, root] };
  const path = [main];
  for (let next = listChildren(main)[0]; next !== undefined && !path.includes(next); ) {
    path.push(next);
    [next] = listChildren(next);
  }
  return { kept: path, main };
}

const hashException = ({ type, value, stacktrace }: SdkException): string => {
  const places = stacktrace?.frames?.map((frame) => [frame.module ?? frame.filename, frame.function]) ?? [];
  return JSON.stringify([type, places.length > 0 ? places : value]);
};

const RECOVERED = [
  "There was an error during concurrent rendering but React was able to recover by instead synchronously rendering the entire root.",
  "There was an error while hydrating but React was able to recover by instead client rendering from the nearest Suspense boundary.",
];

/** What React 19 recovered from. */
function findCause(kept: Exceptions): SdkException | undefined {
  const [first] = kept;
  const last = kept.at(-1);
  const isRecovered = first?.type === "Error" && RECOVERED.includes(first.value ?? "");
  return isRecovered && last?.mechanism?.source === "cause" ? last : undefined;
}

const RX = ["OnErrorNotImplementedException", "CompositeException", "UndeliverableException"];

/** What RxJava had nobody to give to. */
function findUncaught(kept: Exceptions): SdkException | undefined {
  const wrapper = kept.find(
    ({ module, type, mechanism }) =>
      module === "io.reactivex.rxjava3.exceptions" &&
      RX.includes(type ?? "") &&
      mechanism?.type === "UncaughtExceptionHandler",
  );
  const id = wrapper?.mechanism?.exception_id;
  return id === undefined ? undefined : kept.find(({ mechanism }) => mechanism?.parent_id === id);
}
