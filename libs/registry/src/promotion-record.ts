import type { ModelStage, ServingStage } from './model-version.js';

/** One entry of the promotion history. */
export interface PromotionRecord {
  /** Counts promotions of the registered model from 1. */
  readonly sequence: number;
  readonly name: string;
  readonly version: string;
  readonly from: ModelStage;
  readonly to: ServingStage;
  readonly who: string;
  /** Milliseconds since the Unix epoch. */
  readonly when: number;
  readonly why: string;
  /** The verdict the promotion rests on. */
  readonly verdictId: string;
  /** The versions that were in the stage before and went to Archived. */
  readonly replaced: readonly string[];
  /** `started`: recorded, but stage and alias were not confirmed to be set. A repeat of the promotion finishes it. */
  readonly state: 'started' | 'done';
}
