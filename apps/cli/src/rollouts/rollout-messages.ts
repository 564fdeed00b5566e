import type { DrillingOptions } from '@i-drill/drilling';
import type { CollectorOptions, RolloutRequest } from '@i-drill/training/agents';

/** What a rollout thread is started with. */
export interface RolloutThreadData extends Pick<CollectorOptions, 'layers' | 'seed'> {
  readonly environment: DrillingOptions;
  /** Places of this thread, and the number of the first of them. */
  readonly count: number;
  readonly firstPlace: number;
}

/** What a thread is asked. */
export type ThreadRequest = { readonly id: number } & (
  | { readonly kind: 'collect'; readonly rollout: RolloutRequest }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'restore'; readonly snapshot: Float64Array }
);

/** What it answers; of a restore, nothing. */
export interface ThreadAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: unknown;
}
