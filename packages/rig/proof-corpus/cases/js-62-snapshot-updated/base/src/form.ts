import { type FieldOptions, labelOf, pathOf } from "./field";

export function useField(name: string, options?: FieldOptions): { path: string; label: string } {
  const path = pathOf(name, options as FieldOptions);
  return { path, label: labelOf(name) };
}
