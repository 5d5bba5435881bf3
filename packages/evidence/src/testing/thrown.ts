import type { Mechanism } from "../main-exception.ts";
import type { Frame, Thrown } from "../thrown.ts";

/** A frame of the application's: `src/cart.ts:total`, or what the changes say. */
export const ownFrame = (place: string, changes: Partial<Frame> = {}): Frame => {
  const colon = place.lastIndexOf(":");
  return {
    path: place.slice(0, colon),
    absolutePath: `/srv/${place.slice(0, colon)}`,
    module: null,
    function: place.slice(colon + 1),
    line: 7,
    column: 3,
    inApp: true,
    source: null,
    ...changes,
  };
};

/** An exception of these places, the crash last. */
export const thrownAt = (type: string, places: readonly string[], changes: Partial<Thrown> = {}): Thrown => ({
  type,
  value: `${type} happened`,
  module: null,
  handled: null,
  frames: places.map((place) => ownFrame(place)),
  ...changes,
});

/** The place of an exception in its tree; 0 is the root. */
export const linked = (id: number, parent: number | null = null, more: Partial<Mechanism> = {}) => ({
  mechanism: { type: "chained", source: null, id, parent, isGroup: false, ...more },
});

export const group = (id: number, parent: number | null = null, more: Partial<Mechanism> = {}) =>
  linked(id, parent, { isGroup: true, ...more });
