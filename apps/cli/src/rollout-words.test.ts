import { CapturingLogger } from '@i-drill/testkit';
import type { RolloutEvent } from '@i-drill/deployment';
import { describe, expect, it } from 'vitest';
import { rolloutLogger } from './rollout-words.js';

/** What a person reads when these events happen. */
function told(...events: RolloutEvent[]): string[] {
  const base = new CapturingLogger();
  const logger = rolloutLogger(base);
  for (const event of events) logger.info(`rollout: ${event.type}`, { ...event });
  return base.lines.map(({ message }) => message);
}

function look(reason: string): RolloutEvent {
  return { type: 'analysed', status: 'passed', reason };
}

describe('rolloutLogger()', () => {
  it('tells a rollout in the lines that matter, and only the last look before each change', () => {
    expect(
      told(
        { type: 'requested' },
        { type: 'started' },
        { type: 'healthy' },
        { type: 'smokeTested', failures: [] },
        { type: 'shareSet', share: 0.1 },
        { type: 'statsReset' },
        { type: 'waited', ms: 500 },
        look('60 requests, no errors'),
        { type: 'waited', ms: 500 },
        look('120 requests, no errors'),
        { type: 'shareSet', share: 1 },
        look('200 requests, no errors'),
        { type: 'candidatePromoted' },
      ),
    ).toEqual([
      'candidate started',
      'smoke tests passed',
      'share of the traffic: 10 %',
      'passed: 120 requests, no errors',
      'share of the traffic: 100 %',
      'passed: 200 requests, no errors',
      'candidate takes all traffic; the former version is kept warm',
    ]);
  });

  it('does not tell a look twice', () => {
    const lines = told(look('fine'), { type: 'shareSet', share: 0.5 }, { type: 'candidateRemoved' });
    expect(lines).toEqual(['passed: fine', 'share of the traffic: 50 %', 'candidate removed']);
  });

  it.each<[RolloutEvent, string]>([
    [{ type: 'smokeTested', failures: ['HTTP 500', 'no answer'] }, 'smoke tests failed: HTTP 500; no answer'],
    [{ type: 'unhealthy', reason: 'HTTP 503' }, 'unhealthy: HTTP 503'],
    [{ type: 'exited', reason: 'code 1' }, 'exited: code 1'],
    [{ type: 'aborted', reason: 'SIGINT' }, 'aborted: SIGINT'],
    [{ type: 'commandFailed', command: 'setShare', reason: 'router is gone' }, 'setShare failed: router is gone'],
    [{ type: 'candidateRemoved' }, 'candidate removed'],
  ])('says what went wrong: $0.type', (event, line) => {
    expect(told(event)).toEqual([line]);
  });

  it('passes on what is not about the rollout, and adds the reason to a warning', () => {
    const base = new CapturingLogger();
    const logger = rolloutLogger(base);
    logger.info('listening', { port: 1 });
    logger.warn('rollout: rolled back', { reason: 'too many errors' });
    logger.warn('no reason', {});
    logger.error('gone');
    expect(base.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info listening',
      'warn rollout: rolled back: too many errors',
      'warn no reason',
      'error gone',
    ]);
  });
});
