import type { Consequences } from '@i-drill/core';

/** What every rule may state. */
export interface DataRule {
  /** @default everything blocks */
  readonly consequences?: Consequences;
}

/** Bounds of one column, in its unit. */
export interface ValueRange {
  readonly min?: number;
  readonly max?: number;
}

/** What data must look like. A rule that is left out, or names no column where it should, is not checked. */
export interface DataQualityRules {
  /** Rows in which a column has no finite value. */
  readonly missingValues?: DataRule & { readonly maxShare: number };
  /** Values more than `robustSds` robust standard deviations from the median of their column. */
  readonly outliers?: DataRule & { readonly maxShare: number; readonly robustSds: number };
  /** Columns with one single value. */
  readonly constantColumns?: DataRule;
  /** Physical bounds per column. */
  readonly valueRanges?: DataRule & { readonly columns: Readonly<Record<string, ValueRange>> };
  /** Columns that only rise or only fall within a unit. Remaining life always falls, without being named. */
  readonly monotone?: DataRule & { readonly columns: Readonly<Record<string, 'rising' | 'falling'>> };
  /** How much there must be. */
  readonly size?: DataRule & { readonly minUnits: number; readonly minRows: number };
}
