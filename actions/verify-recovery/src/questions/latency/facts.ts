/** Why hardly any request of an operation is stored that was in use. */
export type TracingFact =
  /** Of its project none is, of other operations either. */
  | { readonly state: "stopped" }
  /** Another of its kind is new, and about as busy. `to`: its name, hostile text. */
  | { readonly state: "renamed"; readonly to: string }
  /** Others are. */
  | { readonly state: "unused" };
