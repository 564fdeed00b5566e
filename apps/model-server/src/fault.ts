import type { Clock, Logger } from '@i-drill/core';
import type { ServedModel } from '@i-drill/serving';
import { invalidOption } from './errors.js';
import type { ProgramIo } from './program-io.js';

/** A fault that a drill injects on purpose. */
export interface Fault {
  readonly kind: 'error-rate' | 'latency-ms' | 'crash-after';
  /** A share in [0, 1], milliseconds, or a number of predictions. */
  readonly amount: number;
  /** Requests that are served well before it begins. */
  readonly after: number;
}

const pattern = /^(error-rate|latency-ms|crash-after):(\d+(?:\.\d+)?)(?:@(\d+))?$/;

/** Reads `error-rate:0.5`, `latency-ms:500` or `crash-after:20`; `@20` behind it lets 20 requests pass first. */
export function parseFault(text: string): Fault {
  const [, kind, amount, after] = pattern.exec(text) ?? [];
  const fault = { kind: kind as Fault['kind'], amount: Number(amount), after: Number(after ?? 0) };
  if (kind === undefined || (kind === 'error-rate' && fault.amount > 1)) {
    throw invalidOption(
      'I_DRILL_FAULT',
      text,
      'error-rate:0.5, latency-ms:500 or crash-after:20, with @20 to begin later',
    );
  }
  return fault;
}

/** The fault that `I_DRILL_FAULT` asks for. In production there is none to be had. */
export function faultIn(env: ProgramIo['env'], environment: string): Fault | undefined {
  const text = env['I_DRILL_FAULT'];
  if (!text) return undefined;
  if (environment !== 'production') return parseFault(text);
  const expected = `no fault in environment "${environment}"; unset it, or give another --environment`;
  throw invalidOption('I_DRILL_FAULT', text, expected);
}

/** What a fault acts through. */
export interface FaultOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends the process without a word. */
  readonly crash: () => void;
}

/** The same model with a fault. Errors come at an even pace, not by chance: a rate of 0.5 fails every second request. */
export function withFault(model: ServedModel, fault: Fault, { clock, logger, crash }: FaultOptions): ServedModel {
  logger.warn('FAULT INJECTION IS ON: this server misbehaves on purpose; unset I_DRILL_FAULT for real work', {
    ...fault,
  });
  let served = 0;
  return {
    ...model,
    predict: async (inputs, count) => {
      served += 1;
      const active = served - fault.after;
      if (active > 0) await act(fault, active, { clock, crash });
      return model.predict(inputs, count);
    },
  };
}

async function act(
  { kind, amount }: Fault,
  active: number,
  { clock, crash }: Pick<FaultOptions, 'clock' | 'crash'>,
): Promise<void> {
  switch (kind) {
    case 'error-rate':
      if (Math.floor(active * amount) > Math.floor((active - 1) * amount)) throw new Error('injected fault');
      return;
    case 'latency-ms':
      return clock.sleep(amount);
    case 'crash-after':
      if (active > amount) crash();
  }
}
