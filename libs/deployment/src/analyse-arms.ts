import type { Status } from '@i-drill/core';
import { excessOverOther, excessOverRate } from './excess-probability.js';
import type { ArmStats } from './rollout-target.js';
import type { ArmLimits } from './settings.js';

/** What the candidate is judged by. */
export interface ArmComparison {
  readonly candidate: ArmStats;
  /** Left out: the candidate is held against the limits only. */
  readonly stable?: ArmStats;
  readonly limits: ArmLimits;
  readonly minRequests: number;
  /**
   * How often the rollout looks at most. The probability of a false alarm is shared out over the looks.
   *
   * @default 1
   */
  readonly looks?: number;
}

/** The judgement on a candidate. */
export interface ArmJudgement {
  readonly status: Status;
  /** One sentence with the deciding figure. */
  readonly reason: string;
}

/** Probability with which a candidate as good as it has to be is rolled back for its errors, over a whole rollout. */
const falseAlarmShare = 0.05;
const testsPerLook = 2;

/**
 * Judges a candidate by its statistics.
 *
 * - `error`: the statistics are no statistics (NaN, negative, more errors than requests).
 * - `failed`: proven to fail more often than the limit (one-sided exact binomial test) or than the stable arm (one-sided
 *   Fisher's exact test); or, from `minRequests` on, a 95th percentile of latency above the limit.
 *   Each test has significance 0.05 / (2 · looks), so that by the union bound (Bonferroni) at most 5 in 100 good candidates
 *   are rolled back for their errors, however often one looks. Three errors of three requests can be proof, one of one is not.
 * - `inconclusive`: fewer than `minRequests`, or more errors than the limit allows but too few to be proof.
 * - `passed`: enough requests, within both limits, not proven worse than stable.
 *
 * @example
 * ```ts
 * import { analyseArms } from '@i-drill/deployment';
 * const arm = { requests: 200, errors: 1, latencyP50Ms: 4, latencyP95Ms: 9, latencyP99Ms: 12 };
 * const limits = { errorRate: 0.05, latencyP95Ms: 100 };
 * analyseArms({ candidate: arm, limits, minRequests: 50 }).status; // => 'passed'
 * analyseArms({ candidate: { ...arm, errors: 40 }, limits, minRequests: 50 }).status; // => 'failed'
 * ```
 */
export function analyseArms(comparison: ArmComparison): ArmJudgement {
  const unreadable = unreadableStats(comparison);
  if (unreadable !== undefined) return { status: 'error', reason: unreadable };
  const failure = provenExcess(comparison) ?? slowness(comparison);
  if (failure !== undefined) return { status: 'failed', reason: failure };
  const doubt = openQuestion(comparison);
  if (doubt !== undefined) return { status: 'inconclusive', reason: doubt };
  return { status: 'passed', reason: withinLimits(comparison) };
}

function unreadableStats({ candidate, stable }: ArmComparison): string | undefined {
  if (!areStats(candidate)) return 'the statistics of the candidate are not valid';
  if (stable !== undefined && !areStats(stable)) return 'the statistics of the stable arm are not valid';
  return undefined;
}

function areStats({ requests, errors, latencyP95Ms }: ArmStats): boolean {
  const counts = Number.isInteger(requests) && Number.isInteger(errors) && errors >= 0 && errors <= requests;
  return counts && (requests === 0 || latencyP95Ms >= 0);
}

function provenExcess(comparison: ArmComparison): string | undefined {
  const { candidate, stable, limits, looks = 1 } = comparison;
  const significance = falseAlarmShare / (testsPerLook * looks);

  const overLimit = excessOverRate(candidate.errors, candidate.requests, limits.errorRate);
  if (overLimit < significance) {
    return `${rateOf(candidate)} exceed the limit of ${percent(limits.errorRate)} (p = ${overLimit.toPrecision(2)})`;
  }
  if (stable === undefined) return undefined;
  const overStable = excessOverOther(candidate, stable);
  if (overStable >= significance) return undefined;
  return `${rateOf(candidate)} exceed the stable arm's ${rateOf(stable)} (p = ${overStable.toPrecision(2)})`;
}

function slowness({ candidate, limits, minRequests }: ArmComparison): string | undefined {
  if (candidate.requests < minRequests || candidate.latencyP95Ms <= limits.latencyP95Ms) return undefined;
  return `95th percentile of latency ${milliseconds(candidate.latencyP95Ms)} exceeds the limit of ${limits.latencyP95Ms} ms`;
}

function openQuestion({ candidate, limits, minRequests }: ArmComparison): string | undefined {
  if (candidate.requests < minRequests) return `${candidate.requests} of the ${minRequests} requests needed`;
  if (candidate.errors <= candidate.requests * limits.errorRate) return undefined;
  return `${rateOf(candidate)} exceed the limit of ${percent(limits.errorRate)}, too few to be proof`;
}

function withinLimits({ candidate, limits }: ArmComparison): string {
  const rate = `${rateOf(candidate)} within ${percent(limits.errorRate)}`;
  return `${rate}, 95th percentile of latency ${milliseconds(candidate.latencyP95Ms)} within ${limits.latencyP95Ms} ms`;
}

function milliseconds(value: number): string {
  return `${Number(value.toPrecision(3))} ms`;
}

function rateOf({ errors, requests }: ArmStats): string {
  return `${errors} errors of ${requests} requests`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
