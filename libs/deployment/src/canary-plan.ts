import type { ArmLimits, CanarySettings, CanaryStep, HealthSettings } from './settings.js';

/** A canary in the words of the config: where it starts and by how much it grows. */
export interface CanaryPlanOptions {
  /** Share of the first step, in (0, 1]. */
  readonly initialShare: number;
  /** Share added by each further step, in (0, 1]. */
  readonly increment: number;
  /** How long each step is watched. */
  readonly watchMs: number;
  /** @default 50 */
  readonly minRequests?: number;
  /** @default an error rate of 0.05 and a 95th percentile of 1000 ms */
  readonly limits?: ArmLimits;
  /** @default 2 */
  readonly maxInconclusive?: number;
  /** @default every 10 s, 5 s per probe, 3 further tries */
  readonly health?: HealthSettings;
}

/**
 * The settings of a canary that grows by equal increments up to the whole traffic.
 *
 * @throws RangeError when a share is outside (0, 1] or a number is negative
 *
 * @example
 * ```ts
 * import { canaryPlan } from '@i-drill/deployment';
 * const { steps } = canaryPlan({ initialShare: 0.1, increment: 0.4, watchMs: 60_000 });
 * steps.map((step) => step.share); // => [0.1, 0.5, 0.9, 1]
 * ```
 */
export function canaryPlan(options: CanaryPlanOptions): CanarySettings {
  const settings: CanarySettings = {
    steps: growingSteps(options),
    minRequests: options.minRequests ?? 50,
    limits: options.limits ?? { errorRate: 0.05, latencyP95Ms: 1000 },
    maxInconclusive: options.maxInconclusive ?? 2,
    health: options.health ?? { intervalMs: 10_000, timeoutMs: 5_000, maxRetries: 3 },
  };
  checkSettings(settings);
  return settings;
}

function growingSteps({ initialShare, increment, watchMs }: CanaryPlanOptions): CanaryStep[] {
  requireShare('initialShare', initialShare);
  requireShare('increment', increment);
  const growing = Math.ceil(roundShare((1 - initialShare) / increment));
  const shares = Array.from({ length: growing }, (_, i) => roundShare(initialShare + i * increment));
  return [...shares, 1].map((share) => ({ share, watchMs }));
}

/** Ten decimals: 0.1 + 2 · 0.1 is 0.3. */
function roundShare(share: number): number {
  return Math.round(share * 1e10) / 1e10;
}

/** Refuses settings no rollout can follow. */
export function checkSettings({ steps, minRequests, maxInconclusive, health, limits }: CanarySettings): void {
  if (steps.length === 0) throw new RangeError('Cannot plan a canary: it has no steps');
  for (const [i, step] of steps.entries()) {
    requireShare(`steps[${i}].share`, step.share);
    requireFrom(`steps[${i}].watchMs`, step.watchMs, 0);
    requireFrom(`steps[${i}].share`, step.share, steps[i - 1]?.share ?? 0);
  }
  requireFrom('minRequests', minRequests, 1);
  requireFrom('maxInconclusive', maxInconclusive, 0);
  requireFrom('limits.errorRate', limits.errorRate, 0);
  requireFrom('limits.latencyP95Ms', limits.latencyP95Ms, 0);
  requireFrom('health.intervalMs', health.intervalMs, 1);
  requireFrom('health.timeoutMs', health.timeoutMs, 1);
  requireFrom('health.maxRetries', health.maxRetries, 0);
}

function requireShare(name: string, share: number): void {
  if (!(share > 0 && share <= 1))
    throw new RangeError(`Cannot plan a canary: ${name} is ${share}; it must be in (0, 1]`);
}

function requireFrom(name: string, value: number, least: number): void {
  if (!(value >= least))
    throw new RangeError(`Cannot plan a canary: ${name} is ${value}; it must be at least ${least}`);
}
