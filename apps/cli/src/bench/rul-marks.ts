import { intervalCoverage } from '@i-drill/training';
import { phmScore, regressionMetrics } from '@i-drill/validation';

/** The last cycle of a test engine, in cycles. */
export interface EngineAnswer {
  readonly unit: string;
  /** Remaining life as published, not cut. */
  readonly actual: number;
  /** In [0, cap]. */
  readonly predicted: number;
  readonly lower: number;
  readonly upper: number;
}

/** How far off predictions are, with the true life cut at the cap and as it is. */
export interface RulMarks {
  readonly rmseCapped: number;
  readonly rmseUncapped: number;
  readonly maeCapped: number;
  /** Sum over engines, true life cut at the cap. */
  readonly phmCapped: number;
  readonly phmUncapped: number;
}

/** Share of engines whose interval holds the true life cut at the cap, and mean width in cycles. */
export interface IntervalMarks {
  readonly coverage: number;
  readonly width: number;
}

/** Marks of predictions of the last cycles. */
export function rulMarks(actual: readonly number[], predicted: readonly number[], cap: number): RulMarks {
  const capped = actual.map((life) => Math.min(life, cap));
  const { rmse, mae } = regressionMetrics(capped, predicted);
  return {
    rmseCapped: rmse,
    rmseUncapped: regressionMetrics(actual, predicted).rmse,
    maeCapped: mae,
    phmCapped: phmScore(capped, predicted),
    phmUncapped: phmScore(actual, predicted),
  };
}

/** Marks of their intervals. */
export function intervalMarks(answers: readonly EngineAnswer[], cap: number): IntervalMarks {
  const { coverage, width } = intervalCoverage({
    lower: answers.map(({ lower }) => lower),
    upper: answers.map(({ upper }) => upper),
    targets: answers.map(({ actual }) => Math.min(actual, cap)),
    unitOf: answers.map((_, engine) => engine),
  });
  return { coverage, width };
}
