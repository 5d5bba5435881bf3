/** The same data with another value in one place, such as `events.0.change`; undefined counts as absent. */
export function putAt(data: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(data) as object;
  const names = path.split(".");
  const holder = names.slice(0, -1).reduce((inner, name) => Reflect.get(inner, name) as object, copy);
  Reflect.set(holder, names.at(-1) ?? "", value);
  return copy;
}
