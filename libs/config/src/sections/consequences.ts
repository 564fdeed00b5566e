import type { Consequence, Consequences } from '@i-drill/core';
import * as z from 'zod';
import { section } from './fields.js';

/** `consequences` of one group of checks. */
export function consequences(defaults: Consequences, description: string): z.ZodType<Consequences> {
  return section(
    {
      failed: consequence(defaults.failed, 'measured, and beyond its limit'),
      inconclusive: consequence(defaults.inconclusive, 'measured, but the measurement cannot tell'),
      error: consequence(defaults.error, 'could not be measured'),
    },
    description,
  );
}

/** Every way of missing `passed` stops the version. */
export const blockAlways: Consequences = { failed: 'block', inconclusive: 'block', error: 'block' };

/** Reported only, unless it could not be measured. */
export const warnOnly: Consequences = { failed: 'warn', inconclusive: 'warn', error: 'block' };

function consequence(value: Consequence, when: string): z.ZodType<Consequence> {
  return z
    .enum(['block', 'warn'])
    .default(value)
    .describe(`What happens when a check was ${when}: block stops the version, warn only reports.`);
}
