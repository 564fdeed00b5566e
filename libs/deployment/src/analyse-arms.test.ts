import { createRng } from '@i-drill/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseArms } from './analyse-arms.js';
import type { ArmStats } from './rollout-target.js';

const limits = { errorRate: 0.05, latencyP95Ms: 100 };

function arm(requests: number, errors: number, latencyP95Ms = 10): ArmStats {
  return { requests, errors, latencyP50Ms: 5, latencyP95Ms, latencyP99Ms: 20 };
}

describe('analyseArms()', () => {
  it.each([
    ['passed', 'no error', arm(50, 0)],
    ['passed', 'as many errors as the limit allows', arm(100, 5)],
    ['inconclusive', 'no request', arm(0, 0, NaN)],
    ['inconclusive', 'one request too few', arm(49, 0)],
    ['inconclusive', 'one error of one request', arm(1, 1)],
    ['inconclusive', 'a few errors above the limit', arm(50, 4)],
    ['failed', 'three errors of three requests', arm(3, 3)],
    ['failed', 'errors far above the limit', arm(50, 20)],
    ['inconclusive', 'slow answers to one request too few', arm(49, 0, 101)],
    ['passed', 'a latency at the limit', arm(50, 0, 100)],
    ['failed', 'a latency above the limit', arm(50, 0, 101)],
    ['error', 'more errors than requests', arm(5, 6)],
    ['error', 'a count that is not a number', arm(NaN, 0)],
    ['error', 'a latency that is not a number', arm(50, 0, NaN)],
  ] as const)('says %s for %s', (status, _case, candidate) => {
    expect(analyseArms({ candidate, limits, minRequests: 50 }).status).toBe(status);
  });

  it('fails a candidate within the limit that is proven worse than stable', () => {
    const candidate = arm(1000, 40);
    const good = { candidate, limits, minRequests: 50 };
    expect(analyseArms(good).status).toBe('passed');
    expect(analyseArms({ ...good, stable: arm(1000, 38) }).status).toBe('passed');
    const judgement = analyseArms({ ...good, stable: arm(9000, 9) });
    expect(judgement.status).toBe('failed');
    expect(judgement.reason).toContain("40 errors of 1000 requests exceed the stable arm's 9 errors of 9000 requests");
  });

  it('gives the statistics of the stable arm no say when they are no statistics', () => {
    const judgement = analyseArms({ candidate: arm(100, 0), stable: arm(-1, 0), limits, minRequests: 50 });
    expect(judgement).toEqual({ status: 'error', reason: 'the statistics of the stable arm are not valid' });
  });

  it('asks for more proof the more often one looks', () => {
    const comparison = { candidate: arm(3, 3), limits, minRequests: 50 };
    expect(analyseArms({ ...comparison, looks: 100 }).status).toBe('failed');
    expect(analyseArms({ ...comparison, looks: 1000 }).status).toBe('inconclusive');
  });

  it('never passes fewer requests than needed, nor more errors than the limit', () => {
    const stats = fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => arm(Math.max(a, b), Math.min(a, b)));
    fc.assert(
      fc.property(stats, stats, fc.integer({ min: 1, max: 200 }), (candidate, stable, minRequests) => {
        const { status } = analyseArms({ candidate, stable, limits, minRequests });
        if (status !== 'passed') return;
        expect(candidate.requests).toBeGreaterThanOrEqual(minRequests);
        expect(candidate.errors).toBeLessThanOrEqual(candidate.requests * limits.errorRate);
      }),
    );
  });

  it('rolls back fewer than 5 % of 300 equally good candidates, looked at after each of 60 tens of requests', () => {
    const rng = createRng(7);
    const failures = Array.from({ length: 300 }, () => failsInAnyLook(rng, 0.05)).filter(Boolean).length;
    expect(failures / 300).toBeLessThan(0.05);
  });

  it('rolls back all of 100 candidates with 25 % errors within those looks', () => {
    const rng = createRng(8);
    const failures = Array.from({ length: 100 }, () => failsInAnyLook(rng, 0.25)).filter(Boolean).length;
    expect(failures).toBe(100);
  });
});

/** Both arms get ten requests between looks; stable fails as often as the limit allows. */
function failsInAnyLook(rng: ReturnType<typeof createRng>, rate: number): boolean {
  const errorsIn = (chance: number): number =>
    Array.from({ length: 10 }, () => rng.next()).filter((u) => u < chance).length;
  const looks = 60;
  let candidate = arm(0, 0);
  let stable = arm(0, 0);
  for (let look = 0; look < looks; look++) {
    candidate = arm(candidate.requests + 10, candidate.errors + errorsIn(rate));
    stable = arm(stable.requests + 10, stable.errors + errorsIn(limits.errorRate));
    if (analyseArms({ candidate, stable, limits, minRequests: 50, looks }).status === 'failed') return true;
  }
  return false;
}
