import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from './advance.js';
import type { RolloutCommand, RolloutEvent } from './events.js';
import { replay } from './replay.js';
import type { CanarySettings } from './settings.js';
import { candidateShare, initialRollout, isFinal, stepsOf, type RolloutState } from './state.js';

const settings: CanarySettings = {
  steps: [
    { share: 0.2, watchMs: 20 },
    { share: 0.6, watchMs: 10 },
    { share: 1, watchMs: 10 },
  ],
  minRequests: 10,
  limits: { errorRate: 0.05, latencyP95Ms: 100 },
  maxInconclusive: 1,
  health: { intervalMs: 10, timeoutMs: 5, maxRetries: 1 },
};

const commandTypes = ['startCandidate', 'setShare', 'promote', 'removeCandidate', 'analyse'] as const;
const reason = fc.constantFrom('a', 'b');
const status = fc.constantFrom('passed', 'failed', 'inconclusive', 'error');

const goodEvent: fc.Arbitrary<RolloutEvent> = fc.oneof(
  fc.constantFrom<RolloutEvent>(
    { type: 'requested' },
    { type: 'started' },
    { type: 'healthy' },
    { type: 'smokeTested', failures: [] },
    { type: 'statsReset' },
    { type: 'waited', ms: 10 },
    { type: 'candidatePromoted' },
    { type: 'candidateRemoved' },
    { type: 'analysed', status: 'passed', reason: 'good' },
  ),
  fc.constantFrom(0, 0.2, 0.6, 1).map((share) => ({ type: 'shareSet', share }) as const),
);

const badEvent: fc.Arbitrary<RolloutEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('unhealthy' as const, 'exited' as const, 'aborted' as const), reason }),
  fc.record({ type: fc.constant('commandFailed' as const), command: fc.constantFrom(...commandTypes), reason }),
  fc.constant<RolloutEvent>({ type: 'analysed', status: 'failed', reason: 'bad' }),
  fc.constant<RolloutEvent>({ type: 'smokeTested', failures: ['no answer'] }),
);

const anyEvent = fc.oneof(
  { weight: 12, arbitrary: goodEvent },
  { weight: 1, arbitrary: badEvent },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('analysed' as const), status, reason }) },
);

const plainAnswers = {
  startCandidate: { type: 'started' },
  checkHealth: { type: 'healthy' },
  smokeTest: { type: 'smokeTested', failures: [] },
  resetStats: { type: 'statsReset' },
  analyse: { type: 'analysed', status: 'passed', reason: 'good' },
  promote: { type: 'candidatePromoted' },
  removeCandidate: { type: 'candidateRemoved' },
} as const satisfies Partial<Record<RolloutCommand['type'], RolloutEvent>>;

/** The answer to what the machine asks for, most of the time: random events alone seldom come far. */
function answer(command: RolloutCommand | undefined): RolloutEvent {
  if (command === undefined) return { type: 'requested' };
  if (command.type === 'setShare') return { type: 'shareSet', share: command.share };
  if (command.type === 'wait') return { type: 'waited', ms: command.ms };
  return plainAnswers[command.type];
}

interface Move {
  readonly before: RolloutState;
  readonly event: RolloutEvent;
  readonly after: RolloutState;
  readonly commands: readonly RolloutCommand[];
}

function play(hasStable: boolean, script: readonly (RolloutEvent | 'answer')[]): Move[] {
  const moves: Move[] = [];
  let before = initialRollout(settings, hasStable);
  let asked: RolloutCommand | undefined;
  for (const line of script) {
    const event = line === 'answer' ? answer(asked) : line;
    const { next, commands } = advance(settings, before, event);
    moves.push({ before, event, after: next, commands });
    asked = commands[0] ?? asked;
    before = next;
  }
  return moves;
}

const script = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.constant('answer' as const) }, { weight: 1, arbitrary: anyEvent }),
  { maxLength: 60 },
);

function eachMove(law: (move: Move, earlier: readonly Move[]) => void): void {
  fc.assert(
    fc.property(fc.boolean(), script, (hasStable, lines) => {
      const moves = play(hasStable, lines);
      for (const [i, move] of moves.entries()) law(move, moves.slice(0, i));
    }),
    { numRuns: 400 },
  );
}

describe('advance() over random event sequences', () => {
  it('never leaves a final phase, and asks for nothing there', () => {
    eachMove(({ before, after, commands }) => {
      if (!isFinal(before)) return;
      expect(after).toEqual(before);
      expect(commands).toEqual([]);
    });
  });

  it('never asks for or holds a greater share than the step it is in', () => {
    eachMove(({ after, commands }) => {
      const steps = stepsOf(settings, after.hasStable);
      const allowed = after.phase === 'progressing' ? (steps[after.step]?.share ?? 0) : 1;
      expect(candidateShare(after)).toBeLessThanOrEqual(allowed);
      for (const command of commands)
        if (command.type === 'setShare') expect(command.share).toBeLessThanOrEqual(allowed);
    });
  });

  it('leaves the candidate with no share after a rollback, and removes it last', () => {
    eachMove(({ before, after, commands }) => {
      if (after.phase !== 'rolledBack' || isFinal(before)) return;
      expect(candidateShare(after)).toBe(0);
      if (candidateShare(before) > 0) expect(commands[0]).toEqual({ type: 'setShare', share: 0 });
      if (before.phase !== 'pending') expect(commands.at(-1)).toEqual({ type: 'removeCandidate' });
    });
  });

  it('promotes only after every step was set and passed', () => {
    eachMove(({ after, before }, earlier) => {
      if (after.phase !== 'promoting' || before.phase === 'promoting') return;
      const steps = stepsOf(settings, after.hasStable);
      const shares = earlier.flatMap(({ before: state, event, after: next }) =>
        event.type === 'shareSet' && candidateShare(next) !== candidateShare(state) ? [event.share] : [],
      );
      expect(shares).toEqual(steps.map((step) => step.share));
      const passes = earlier.filter(({ event }) => event.type === 'analysed' && event.status === 'passed').length + 1;
      expect(passes).toBeGreaterThanOrEqual(steps.length);
    });
  });

  it('is promoted only from promoting, by the confirmation of the target', () => {
    eachMove(({ before, event, after }) => {
      if (after.phase !== 'promoted' || isFinal(before)) return;
      expect([before.phase, event.type]).toEqual(['promoting', 'candidatePromoted']);
    });
  });

  it('rolls back in every phase that is not final when candidate, command or operator say so', () => {
    fc.assert(
      fc.property(fc.boolean(), script, badEvent, (hasStable, lines, bad) => {
        const before = play(hasStable, lines).at(-1)?.after ?? initialRollout(settings, hasStable);
        const { next } = advance(settings, before, bad);
        expect(next.phase).toBe(isFinal(before) ? before.phase : 'rolledBack');
      }),
    );
  });

  it('always has something to do, or is at its end', () => {
    eachMove(({ before, event, after, commands }) => {
      const isAnswered = JSON.stringify(after) !== JSON.stringify(before);
      if (isAnswered && !isFinal(after)) expect(commands.length, event.type).toBe(1);
    });
  });

  it('is rebuilt by replaying its events', () => {
    fc.assert(
      fc.property(fc.boolean(), script, (hasStable, lines) => {
        const moves = play(hasStable, lines);
        const events = moves.map((move) => move.event);
        expect(replay(settings, hasStable, events)).toEqual(moves.at(-1)?.after ?? initialRollout(settings, hasStable));
      }),
    );
  });
});

describe('advance()', () => {
  const answers = (count: number): 'answer'[] => new Array<'answer'>(count).fill('answer');
  const lastOf = (moves: readonly Move[]): Move => moves.at(-1)!;

  it('promotes a good candidate in the order start, health, smoke test, steps, promotion', () => {
    const asked = play(true, answers(50)).flatMap((move) => move.commands.map((command) => command.type));
    const look = ['wait', 'checkHealth', 'analyse'];
    const step = ['setShare', 'resetStats', ...look];
    expect(asked).toEqual([
      'startCandidate',
      'checkHealth',
      'smokeTest',
      ...step,
      ...look,
      ...step,
      ...step,
      'promote',
    ]);
  });

  it('gives the candidate the whole traffic in one step when there is no stable arm', () => {
    const moves = play(false, answers(50));
    const shares = moves.flatMap((move) => move.commands.flatMap((c) => (c.type === 'setShare' ? [c.share] : [])));
    expect(shares).toEqual([1]);
    expect(lastOf(moves).after.phase).toBe('promoted');
  });

  /** A slice of a watch: waited, healthy, judged. */
  const look = (event: RolloutEvent): (RolloutEvent | 'answer')[] => [...answers(2), event];
  const untilFirstWatch = answers(6);
  const passed: RolloutEvent = { type: 'analysed', status: 'passed', reason: 'good' };

  it.each(['inconclusive', 'error'] as const)(
    'watches once more after %s, then rolls back as not proven',
    (unclear) => {
      const open: RolloutEvent = { type: 'analysed', status: unclear, reason: 'cannot tell' };
      const midWatch = [...untilFirstWatch, ...look(open)];
      expect(lastOf(play(true, midWatch)).after).toMatchObject({ step: 0, extensions: 0, watchedMs: 10 });

      const endOfWatch = [...midWatch, ...look(open)];
      expect(lastOf(play(true, endOfWatch)).after).toMatchObject({ step: 0, extensions: 1, watchedMs: 0 });

      const spent = [...endOfWatch, ...look(open), ...look(open)];
      expect(lastOf(play(true, spent)).after).toMatchObject({ phase: 'rolledBack', reason: 'not proven: cannot tell' });
    },
  );

  it('gives each step its own extra watches', () => {
    const open: RolloutEvent = { type: 'analysed', status: 'error', reason: 'cannot tell' };
    const firstStep = [...look(open), ...look(open), ...look(open), ...look(passed)];
    const secondStep = [...answers(2), ...look(open), ...look(passed)];
    const moves = play(true, [...untilFirstWatch, ...firstStep, ...secondStep, ...answers(30)]);
    const extended = moves.flatMap(({ after }) =>
      after.phase === 'progressing' && after.extensions > 0 ? [after.step] : [],
    );
    expect([...new Set(extended)]).toEqual([0, 1]);
    expect(lastOf(moves).after.phase).toBe('promoted');
  });

  it('rolls back when the target set another share than it was asked for', () => {
    const { after } = lastOf(play(true, [...answers(4), { type: 'shareSet', share: 1 }]));
    expect(after).toMatchObject({ phase: 'rolledBack', reason: 'the target set a share of 1 instead of 0.2' });
  });
});
