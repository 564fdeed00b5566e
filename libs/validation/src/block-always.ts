import type { Consequences } from '@i-drill/core';

/** The consequences of a check for which none are stated: only `passed` lets a version through. */
export const blockAlways: Consequences = { failed: 'block', inconclusive: 'block', error: 'block' };
