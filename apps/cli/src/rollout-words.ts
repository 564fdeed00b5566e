import type { Logger } from '@i-drill/core';
import type { RolloutEvent } from '@i-drill/deployment';

/**
 * A logger that tells a rollout to a person: one line per thing that changed. Of the many looks at the candidate only the
 * last one before each change is told.
 */
export function rolloutLogger(base: Logger): Logger {
  let lastLook: string | undefined;
  return {
    error: (message, fields) => {
      base.error(message, fields);
    },
    info: (message, fields) => {
      if (!message.startsWith('rollout: ')) {
        base.info(message, fields);
        return;
      }
      const event = fields as unknown as RolloutEvent;
      const line = wordsOf(event);
      if (event.type === 'analysed') {
        lastLook = line;
        return;
      }
      if (line === undefined) return;
      if (lastLook !== undefined) base.info(lastLook);
      lastLook = undefined;
      base.info(line);
    },
    warn: (message, fields) => {
      const reason = fields?.['reason'];
      base.warn(typeof reason === 'string' ? `${message}: ${reason}` : message, fields);
    },
  };
}

type Words = {
  readonly [T in RolloutEvent['type']]: (event: Extract<RolloutEvent, { type: T }>) => string | undefined;
};

const untold = (): undefined => undefined;
const withReason = ({ type, reason }: { readonly type: string; readonly reason: string }): string =>
  `${type}: ${reason}`;

const words: Words = {
  requested: untold,
  healthy: untold,
  waited: untold,
  statsReset: untold,
  started: () => 'candidate started',
  smokeTested: ({ failures }) =>
    failures.length === 0 ? 'smoke tests passed' : `smoke tests failed: ${failures.join('; ')}`,
  shareSet: ({ share }) => `share of the traffic: ${(share * 100).toFixed(0)} %`,
  analysed: ({ status, reason }) => `${status}: ${reason}`,
  candidatePromoted: () => 'candidate takes all traffic; the former version is kept warm',
  candidateRemoved: () => 'candidate removed',
  unhealthy: withReason,
  exited: withReason,
  aborted: withReason,
  commandFailed: ({ command, reason }) => `${command} failed: ${reason}`,
};

function wordsOf(event: RolloutEvent): string | undefined {
  const tell = words[event.type] as (event: RolloutEvent) => string | undefined;
  return tell(event);
}
