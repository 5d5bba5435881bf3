export type FieldOptions = { readonly stalePath?: string; readonly prefix?: string };

export function pathOf(name: string, options: FieldOptions): string {
  if (options.stalePath) return options.stalePath;
  return options.prefix ? `${options.prefix}.${name}` : name;
}

export function labelOf(name: string): string {
  return name.replace(/([A-Z])/g, " $1").toLowerCase();
}
