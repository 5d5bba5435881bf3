import { findSensorHold } from "@patchpilot/verdict";
import type { SensorFact } from "./facts.ts";

/** May it be the sensor that is silent? Also while that could not be read; a fact that is absent was not asked for. */
export function isSensorDoubted(sensor: SensorFact | undefined): boolean {
  if (sensor === undefined) return false;
  return sensor.state === "unknown" || findSensorHold(sensor.summary) !== undefined;
}
