import type { CmapssSubset } from '@i-drill/datasets';
import type { ModelType } from '@i-drill/training';
import { intervalMarks, rulMarks, type EngineAnswer } from '../rul-marks.js';
import { rulReport, type RulReport, type Shortening } from '../rul-report.js';

/** A report of five seeds; seed s is wrong by s cycles at each of three engines, its intervals by 3 cycles on either side. */
export function madeReport(
  subset: CmapssSubset,
  modelType: ModelType,
  options: { readonly shortened?: Shortening; readonly seeds?: number } = {},
): RulReport {
  const { shortened = {}, seeds = 5 } = options;
  return rulReport({
    subset,
    modelType,
    shortened,
    seeds: Array.from({ length: seeds }, (_, i) => seedResult(i + 1)),
  });
}

function seedResult(seed: number): RulReport['seeds'][number] {
  const actual = [20, 80, 145];
  const answers: EngineAnswer[] = actual.map((life, engine) => {
    const predicted = Math.min(life, 125) - seed;
    return { unit: `engine ${engine}`, actual: life, predicted, lower: predicted - 3, upper: predicted + 3 };
  });
  const predicted = answers.map((answer) => answer.predicted);
  return {
    seed,
    revision: '0123456789abcdef',
    machine: { processor: 'a processor', cores: 2, node: '20.20.0', backend: 'wasm' },
    marks: { ...rulMarks(actual, predicted, 125), ...intervalMarks(answers, 125) },
    meanLife: rulMarks(actual, [60, 60, 60], 125),
    trainingSeconds: 1,
    answers,
  };
}
