import type { MlopsConfig } from '@i-drill/config';
import { canaryPlan, type CanarySettings } from '@i-drill/deployment';
import type { DriftSettings } from '@i-drill/drift';
import type { RetrainingSettings } from '@i-drill/retraining';

/** Drift limits as the drift library takes them. */
export function driftSettings(limits: MlopsConfig['monitoring']['drift']): DriftSettings {
  return {
    alpha: limits.alpha,
    minDistance: limits.threshold,
    minEffectiveSize: limits.min_effective_size,
    maxDriftedShare: limits.max_drifted_share,
  };
}

const msPerMinute = 60_000;

/** The canary as the deployment library takes it: shares instead of percent, milliseconds instead of minutes. */
export function canarySettings({ deployment }: MlopsConfig): CanarySettings {
  const { canary } = deployment.strategies;
  const { health_checks: health, limits } = deployment;
  return canaryPlan({
    initialShare: canary.initial_traffic_percentage / 100,
    increment: canary.increment_percentage / 100,
    watchMs: canary.evaluation_duration_minutes * msPerMinute,
    minRequests: canary.min_requests,
    maxInconclusive: canary.max_inconclusive,
    limits: { errorRate: limits.error_rate, latencyP95Ms: limits.latency_p95_ms },
    health: { intervalMs: health.interval * 1000, timeoutMs: health.timeout * 1000, maxRetries: health.max_retries },
  });
}

/** The retraining conditions as the retraining library takes them. */
export function retrainingSettings({ retraining }: MlopsConfig): RetrainingSettings {
  const { conditions } = retraining;
  return {
    timeBased: { enabled: conditions.time_based.enabled, intervalDays: conditions.time_based.interval_days },
    performanceBased: {
      enabled: conditions.performance_based.enabled,
      degradationThreshold: conditions.performance_based.degradation_threshold,
    },
    driftBased: { enabled: conditions.drift_based.enabled, driftThreshold: conditions.drift_based.drift_threshold },
    dataAvailability: {
      enabled: conditions.data_availability.enabled,
      minSamples: conditions.data_availability.min_samples,
    },
    cooldownHours: retraining.cooldown_hours,
  };
}
