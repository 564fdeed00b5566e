import type { ModelVersionRef, Status } from '@i-drill/core';
import type { CanarySettings } from './settings.js';

/** What the runner is told to do. Each command, performed, gives exactly one event. */
export type RolloutCommand =
  | { readonly type: 'startCandidate' }
  | { readonly type: 'checkHealth' }
  | { readonly type: 'smokeTest' }
  | { readonly type: 'setShare'; readonly share: number }
  | { readonly type: 'resetStats' }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'analyse' }
  | { readonly type: 'promote' }
  | { readonly type: 'removeCandidate' };

/** What happened. */
export type RolloutEvent =
  | { readonly type: 'requested' }
  | { readonly type: 'started' }
  | { readonly type: 'healthy' }
  | { readonly type: 'unhealthy'; readonly reason: string }
  | { readonly type: 'exited'; readonly reason: string }
  | { readonly type: 'smokeTested'; readonly failures: readonly string[] }
  | { readonly type: 'shareSet'; readonly share: number }
  | { readonly type: 'statsReset' }
  | { readonly type: 'waited'; readonly ms: number }
  | { readonly type: 'analysed'; readonly status: Status; readonly reason: string }
  | { readonly type: 'candidatePromoted' }
  | { readonly type: 'candidateRemoved' }
  | { readonly type: 'commandFailed'; readonly command: RolloutCommand['type']; readonly reason: string }
  | { readonly type: 'aborted'; readonly reason: string };

/** One line of the rollout's journal. A command is written before it is performed. */
export type RolloutJournalEntry =
  | {
      readonly type: 'opened';
      readonly at: number;
      readonly ref: ModelVersionRef;
      readonly hasStable: boolean;
      readonly settings: CanarySettings;
    }
  | { readonly type: 'command'; readonly at: number; readonly command: RolloutCommand }
  | { readonly type: 'event'; readonly at: number; readonly event: RolloutEvent };
