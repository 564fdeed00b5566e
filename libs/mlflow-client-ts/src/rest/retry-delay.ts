import type { RestSettings } from './settings.js';

const alwaysRepeatable = 429; // the server says that it did not act
const repeatableStatuses = new Set([408, alwaysRepeatable, 500, 502, 503, 504]);

/** A failed try, as far as it decides about the next one. */
export interface FailedAttempt {
  /** The number of tries made so far. */
  readonly attempt: number;
  readonly isIdempotent: boolean;
  /** `undefined` when there was no answer. */
  readonly status?: number;
  readonly neverSent?: boolean;
  /** Repeating it is of no use. */
  readonly isFinal?: boolean;
  /** Milliseconds the server asked to wait. */
  readonly retryAfterMs?: number | undefined;
}

const longestBackoffMs = 120_000;

type RetryLimits = Pick<
  RestSettings,
  'maxAttempts' | 'backoffMs' | 'jitterMs' | 'maxRetryAfterMs' | 'respectsRetryAfter' | 'random'
>;

/**
 * How long to wait before the next try, in ms; `undefined` for no further try. Full jitter: uniform in
 * [0, backoffMs · 2^(attempt − 1) + jitterMs], two minutes at most, or what the server asked for.
 */
export function retryDelay(limits: RetryLimits, failed: FailedAttempt): number | undefined {
  if (failed.attempt >= limits.maxAttempts || !isRepeatable(failed)) return undefined;
  if (failed.retryAfterMs !== undefined && limits.respectsRetryAfter) {
    return failed.retryAfterMs <= limits.maxRetryAfterMs ? failed.retryAfterMs : undefined;
  }
  const longest = limits.backoffMs * 2 ** (failed.attempt - 1) + limits.jitterMs;
  return limits.random() * Math.min(longest, longestBackoffMs);
}

function isRepeatable(failed: FailedAttempt): boolean {
  if (failed.isFinal === true) return false;
  if (failed.status === undefined) return failed.isIdempotent || failed.neverSent === true;
  if (failed.status === alwaysRepeatable) return true;
  return failed.isIdempotent && repeatableStatuses.has(failed.status);
}

/** Reads Retry-After: seconds, or a date. */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
