import { invalidValue } from '../faults.js';

interface GivenLimits {
  readonly timeoutMs?: number | undefined;
  readonly maxAttempts?: number | undefined;
}

/** Refuses limits of calls under which no call could succeed. */
export function assertLimits({ timeoutMs = 1, maxAttempts = 1 }: GivenLimits): void {
  if (timeoutMs > 0 && maxAttempts >= 1) return;
  const [name, value] = timeoutMs > 0 ? ['maxAttempts', maxAttempts] : ['timeoutMs', timeoutMs];
  throw invalidValue(`Cannot use ${name}=${value}: it is not a positive number; correct it or leave it out`, {
    [name]: value,
  });
}
