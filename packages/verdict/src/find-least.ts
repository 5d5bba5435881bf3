/**
 * The least further amount at which something is reached that stays reached from there on: doubled until it is, then
 * halved down to it.
 *
 * @param start the first amount that is tried
 * @param precision relative to the amount
 * @returns 0: reached without any; null: not within so many doublings
 */
export function findLeast(
  reached: (further: number) => boolean,
  most: {
    readonly start: number;
    readonly doublings: number;
    readonly halvings: number;
    readonly precision: number;
  },
): number | null {
  if (reached(0)) return 0;
  let high = most.start;
  for (let doublings = 0; !reached(high); doublings++) {
    if (doublings === most.doublings) return null;
    high *= 2;
  }
  let low = high === most.start ? 0 : high / 2;
  for (let halvings = 0; halvings < most.halvings && high - low > most.precision * high; halvings++) {
    const middle = (low + high) / 2;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
