import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { describe, expect, it } from 'vitest';
import type { RolloutCommand, RolloutJournalEntry } from './events.js';
import { openRolloutState } from './replay.js';
import type { RolloutOutcome } from './rollout-outcome.js';
import type {
  ArmHandle,
  ArmStats,
  ArmStatsByArm,
  ProbeResult,
  RolloutTarget,
  SmokeTestResult,
} from './rollout-target.js';
import { runRollout, type RolloutOptions } from './run-rollout.js';
import type { CanarySettings } from './settings.js';

const ref = { name: 'bit-life', version: '2' };
const settings: CanarySettings = {
  steps: [
    { share: 0.25, watchMs: 1000 },
    { share: 1, watchMs: 1000 },
  ],
  minRequests: 50,
  limits: { errorRate: 0.05, latencyP95Ms: 100 },
  maxInconclusive: 1,
  health: { intervalMs: 500, timeoutMs: 100, maxRetries: 2 },
};
const good: ArmStats = { requests: 400, errors: 0, latencyP50Ms: 2, latencyP95Ms: 5, latencyP99Ms: 9 };

/** A service with one stable server. `broken` names the methods that reject. */
class FakeTarget implements RolloutTarget {
  stable = '1';
  candidate: string | undefined;
  share = 0;
  stats: ArmStatsByArm = { candidate: good, stable: good };
  probes: ProbeResult[] = [];
  smoke: SmokeTestResult[] = [{ passed: true, reason: 'answered' }];
  readonly calls: string[] = [];
  readonly broken = new Set<keyof RolloutTarget>();

  startCandidate({ version }: ArmHandle['version']): Promise<ArmHandle> {
    this.candidate = version; // a start that fails half-way leaves something behind
    return this.answer('startCandidate', { id: 'c', version: ref, url: 'http://127.0.0.1:1' });
  }

  probe(): Promise<ProbeResult> {
    return this.answer('probe', this.probes.shift() ?? { healthy: true, reason: 'answered 200' });
  }

  smokeTest(): Promise<SmokeTestResult[]> {
    return this.answer('smokeTest', this.smoke);
  }

  async setCandidateShare(share: number): Promise<void> {
    await this.answer('setCandidateShare', undefined);
    this.share = share;
  }

  resetStats(): Promise<void> {
    return this.answer('resetStats', undefined);
  }

  readStats(): Promise<ArmStatsByArm> {
    return this.answer('readStats', this.stats);
  }

  async promoteCandidate(): Promise<void> {
    await this.answer('promoteCandidate', undefined);
    this.stable = this.candidate ?? this.stable;
    this.candidate = undefined;
  }

  async removeCandidate(): Promise<void> {
    await this.answer('removeCandidate', undefined);
    this.candidate = undefined;
  }

  private answer<T>(method: keyof RolloutTarget, value: T): Promise<T> {
    this.calls.push(method);
    return this.broken.has(method) ? Promise.reject(new Error(`${method} broke`)) : Promise.resolve(value);
  }
}

interface Stage {
  readonly target: FakeTarget;
  readonly entries: RolloutJournalEntry[];
  readonly logger: CapturingLogger;
  readonly clock: FakeClock;
  readonly run: (overrides?: Partial<RolloutOptions>) => Promise<RolloutOutcome>;
}

function stage(): Stage {
  const target = new FakeTarget();
  const entries: RolloutJournalEntry[] = [];
  const logger = new CapturingLogger();
  const clock = new FakeClock(1_000_000);
  const append = (entry: RolloutJournalEntry): Promise<void> => {
    entries.push(entry);
    return Promise.resolve();
  };
  const run = (overrides: Partial<RolloutOptions> = {}): Promise<RolloutOutcome> =>
    runRollout({ settings, target, ref, hasStable: true, clock, journal: { append }, logger, ...overrides });
  return { target, entries, logger, clock, run };
}

describe('runRollout()', () => {
  it('promotes a good candidate after every step was watched', async () => {
    const { target, clock, run } = stage();
    const outcome = await run();
    expect(outcome).toMatchObject({ outcome: 'promoted', leftovers: [] });
    expect(target).toMatchObject({ stable: '2', candidate: undefined, share: 1 });
    expect(clock.now()).toBe(1_000_000 + 2000);
  });

  it.each([
    'startCandidate',
    'probe',
    'smokeTest',
    'setCandidateShare',
    'resetStats',
    'readStats',
    'promoteCandidate',
  ] as const)('removes the candidate and leaves stable alone when %s rejects', async (method) => {
    const { target, run } = stage();
    target.broken.add(method);
    const { outcome, reason } = await run();
    expect(outcome).toBe('rolledBack');
    expect(reason).toContain(`${method} broke`);
    expect(target).toMatchObject({ stable: '1', candidate: undefined });
    if (method !== 'setCandidateShare') expect(target.share).toBe(0);
  });

  it.each(['removeCandidate', 'setCandidateShare'] as const)(
    'tries again and says what is left when the rollback itself fails at %s',
    async (method) => {
      const { target, run, logger } = stage();
      target.stats = { candidate: { ...good, errors: 200 }, stable: good };
      const resetStats = target.resetStats.bind(target);
      target.resetStats = () => {
        target.broken.add(method);
        return resetStats();
      };
      const outcome = await run();
      const command = method === 'removeCandidate' ? 'removeCandidate' : 'setShare';
      expect(outcome).toMatchObject({ outcome: 'rolledBack', leftovers: [`${command}: ${method} broke`] });
      expect(outcome.reason).toContain('candidate failed the analysis: 200 errors of 400 requests');
      expect(target.calls.filter((call) => call === method).length).toBeGreaterThanOrEqual(3);
      expect(target.calls).toContain('removeCandidate');
      expect(logger.lines.at(-1)).toMatchObject({ level: 'warn', fields: { leftovers: outcome.leftovers } });
    },
  );

  it('rolls back a candidate that answers errors at the first look, not at the end of the watch', async () => {
    const { target, run, clock } = stage();
    target.stats = { candidate: { ...good, requests: 20, errors: 20 }, stable: good };
    expect((await run()).reason).toContain('20 errors of 20 requests exceed the limit of 5 %');
    expect(clock.now()).toBe(1_000_000 + settings.health.intervalMs);
  });

  it('waits for a slow start, and gives up after the last try', async () => {
    const slow = stage();
    slow.target.probes = [0, 1].map(() => ({ healthy: false, reason: 'not yet' }));
    expect((await slow.run()).outcome).toBe('promoted');

    const dead = stage();
    dead.target.probes = [0, 1, 2].map(() => ({ healthy: false, reason: 'not yet' }));
    expect(await dead.run()).toMatchObject({ outcome: 'rolledBack', reason: 'candidate is unhealthy: not yet' });
  });

  it('does not ask a process that is gone a second time', async () => {
    const { target, run } = stage();
    const up = { healthy: true, reason: 'answered 200' };
    target.probes = [up, up, { healthy: false, reason: 'exit code 137', exited: true }];
    expect((await run()).reason).toBe('candidate exited: exit code 137');
    expect(target.calls.filter((call) => call === 'probe').length).toBe(3);
    expect(target).toMatchObject({ share: 0, stable: '1', candidate: undefined });
  });

  it.each([
    ['fails', [{ passed: false, reason: 'prediction: answered 500' }], 'smoke tests failed: prediction: answered 500'],
    ['is missing', [], 'smoke tests failed: no smoke test was run'],
  ])('gives no traffic to a candidate whose smoke test %s', async (_case, smoke, reason) => {
    const { target, run } = stage();
    target.smoke = smoke;
    expect(await run()).toMatchObject({ outcome: 'rolledBack', reason });
    expect(target.calls).not.toContain('setCandidateShare');
  });

  it('does not take statistics that cannot be read for a bad model: it tries again, and goes on when they are back', async () => {
    const { target, run } = stage();
    const readStats = target.readStats.bind(target);
    let looks = 0;
    target.readStats = () => {
      looks += 1;
      return looks <= 3 ? Promise.reject(new Error('no answer')) : readStats();
    };
    const outcome = await run();
    expect(outcome.outcome).toBe('promoted');
    expect(outcome.events.filter((event) => event.type === 'analysed' && event.status === 'error').length).toBe(3);
  });

  it('rolls back as not proven when statistics never come', async () => {
    const { target, run } = stage();
    target.stats = {};
    const { outcome, reason } = await run();
    expect([outcome, reason]).toEqual(['rolledBack', 'not proven: there are no statistics of the candidate']);
  });

  it('does not judge by the limits alone when the statistics of the stable arm are missing', async () => {
    const { target, run } = stage();
    target.stats = { candidate: good };
    const { outcome, reason } = await run();
    expect([outcome, reason]).toEqual(['rolledBack', 'not proven: the statistics of the stable arm are missing']);
  });

  it('rolls back as not proven when there is too little traffic', async () => {
    const { target, run, clock } = stage();
    target.stats = { candidate: { ...good, requests: 3 }, stable: good };
    expect((await run()).reason).toBe('not proven: 3 of the 50 requests needed');
    expect(clock.now()).toBe(1_000_000 + 2 * 1000);
  });

  it('gives the first version the whole traffic at once, watched by the limits alone', async () => {
    const { target, run } = stage();
    target.stats = { candidate: { ...good, requests: 1000, errors: 40 }, stable: { ...good, requests: 9000 } };
    expect((await run({ hasStable: false })).outcome).toBe('promoted');
    expect(target.calls.filter((call) => call === 'setCandidateShare').length).toBe(1);
  });

  it('never rejects when the clock does: it rolls back', async () => {
    const { target, run } = stage();
    const clock = { now: () => 0, sleep: () => Promise.reject(new Error('no time')) };
    expect((await run({ clock })).reason).toBe('wait failed: no time');
    expect(target).toMatchObject({ share: 0, candidate: undefined });
  });

  it('refuses settings that cannot be followed before anything starts', async () => {
    const { target, run } = stage();
    await expect(run({ settings: { ...settings, steps: [] } })).rejects.toThrow(RangeError);
    expect(target.calls).toEqual([]);
  });
});

describe('runRollout() when it is aborted', () => {
  it('rolls back with the reason of the signal, even in the middle of a watch', async () => {
    const { target, run } = stage();
    const controller = new AbortController();
    const clock = {
      now: () => 0,
      sleep: () => {
        controller.abort(new Error('operator said stop'));
        return Promise.reject(new Error('sleep was cut short'));
      },
    };
    const outcome = await run({ clock, signal: controller.signal });
    expect(outcome).toMatchObject({ outcome: 'rolledBack', reason: 'aborted: operator said stop', leftovers: [] });
    expect(target).toMatchObject({ share: 0, stable: '1', candidate: undefined });
  });

  it('starts nothing when the signal was aborted before', async () => {
    const { target, run } = stage();
    expect((await run({ signal: AbortSignal.abort('not today') })).reason).toBe('aborted: not today');
    expect(target.calls).toEqual(['removeCandidate']);
  });
});

describe('runRollout() and its journal', () => {
  it('holds each command before it is performed', async () => {
    const { target, run, entries } = stage();
    const performed: string[] = [];
    const journalled = (): number => entries.filter((entry) => entry.type === 'command').length;
    const startCandidate = target.startCandidate.bind(target);
    target.startCandidate = (version) => {
      performed.push(`start after ${journalled()}`);
      return startCandidate(version);
    };
    const promoteCandidate = target.promoteCandidate.bind(target);
    target.promoteCandidate = () => {
      performed.push(`promote as ${lastCommand(entries)?.type ?? ''}`);
      return promoteCandidate();
    };
    await run();
    expect(performed).toEqual(['start after 1', 'promote as promote']);
  });

  it('rebuilds the rollout from the journal at any point of a crash', async () => {
    const { run, entries } = stage();
    const { events } = await run();
    const phases = entries.map((_, i) => openRolloutState(entries.slice(0, i + 1))?.state.phase);
    const distinct = phases.filter((phase, i) => phase !== phases[i - 1]);
    expect(distinct).toEqual(['pending', 'starting', 'smokeTesting', 'progressing', 'promoting', 'promoted']);
    expect(openRolloutState(entries)).toMatchObject({ ref, hasStable: true, settings });
    expect(entries.filter((entry) => entry.type === 'event').map((entry) => entry.event)).toEqual(events);
  });

  it('shows the command a crash left unanswered, and nothing of a journal that was not opened', async () => {
    const { run, entries } = stage();
    await run();
    const promote = entries.findIndex((entry) => entry.type === 'command' && entry.command.type === 'promote');
    expect(openRolloutState(entries.slice(0, promote + 1))?.unanswered).toEqual({ type: 'promote' });
    expect(openRolloutState(entries)?.unanswered).toBeUndefined();
    expect(openRolloutState([])).toBeUndefined();
  });

  it('rolls back when the journal breaks, at whatever entry', async () => {
    const { entries, run } = stage();
    await run();
    for (const [good, entry] of entries.entries()) {
      const broken = stage();
      let kept = 0;
      const append = (): Promise<void> => {
        kept += 1;
        return kept > good ? Promise.reject(new Error('disk full')) : Promise.resolve();
      };
      const { outcome } = await broken.run({ journal: { append } });
      const isLast = entry === entries.at(-1); // the candidate was promoted before this one
      expect([outcome, broken.target.stable]).toEqual(isLast ? ['promoted', '2'] : ['rolledBack', '1']);
      expect(broken.target.candidate).toBeUndefined();
    }
  });
});

function lastCommand(entries: readonly RolloutJournalEntry[]): RolloutCommand | undefined {
  const last = entries.at(-1);
  return last?.type === 'command' ? last.command : undefined;
}
