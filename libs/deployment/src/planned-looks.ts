import type { CanarySettings } from './settings.js';
import { stepsOf } from './state.js';

/** How often a rollout looks at its candidate at most: every slice of every watch, extra watches included. */
export function plannedLooks(settings: CanarySettings, hasStable: boolean): number {
  const perWatch = stepsOf(settings, hasStable).map((step) =>
    Math.max(Math.ceil(step.watchMs / settings.health.intervalMs), 1),
  );
  return perWatch.reduce((sum, looks) => sum + looks, 0) * (1 + settings.maxInconclusive);
}
