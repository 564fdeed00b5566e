import type { Logger } from '@i-drill/core';
import type { RolloutEvent } from '@i-drill/deployment';

/**
 * A logger that tells a rollout to a person: one line per thing that changed. Of the many looks at the candidate only the
 * last one before each change is told.
 */
export function rolloutLogger(base: Logger): Logger {
  let lastLook: string | undefined;
  return {
    ...base,
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

function wordsOf(event: RolloutEvent): string | undefined {
  switch (event.type) {
    case 'requested':
    case 'healthy':
    case 'waited':
    case 'statsReset':
      return undefined;
    case 'started':
      return 'candidate started';
    case 'smokeTested':
      return event.failures.length === 0 ? 'smoke tests passed' : `smoke tests failed: ${event.failures.join('; ')}`;
    case 'shareSet':
      return `share of the traffic: ${(event.share * 100).toFixed(0)} %`;
    case 'analysed':
      return `${event.status}: ${event.reason}`;
    case 'candidatePromoted':
      return 'candidate takes all traffic; the former version is kept warm';
    case 'candidateRemoved':
      return 'candidate removed';
    case 'unhealthy':
    case 'exited':
    case 'aborted':
      return `${event.type}: ${event.reason}`;
    case 'commandFailed':
      return `${event.command} failed: ${event.reason}`;
  }
}
