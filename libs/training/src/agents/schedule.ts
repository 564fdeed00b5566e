/** A number that stays, or one that runs in a straight line from the first step of a training to its last. */
export type Schedule = number | { readonly from: number; readonly to: number };

/** @param progress share of the training that is done, 0 to 1 */
export function scheduled(schedule: Schedule, progress: number): number {
  if (typeof schedule === 'number') return schedule;
  return schedule.from + (schedule.to - schedule.from) * Math.min(1, Math.max(0, progress));
}
