import type { PredictionInterval, Preprocessing } from '@i-drill/core';
import type { NetworkWeights, OutputColumn, SequenceModel } from '@i-drill/training';
import { describe, expect, it } from 'vitest';
import { pointOnly, randomModel, smallArchitectures } from '../testing/random-model.js';
import { exportSequenceModel } from './export-sequence-model.js';

const [lstm, transformer, cnnLstm] = smallArchitectures.map((architecture) =>
  randomModel({ seed: 2, architecture, features: 3, windowLength: 4, columns: pointOnly }),
) as [SequenceModel, SequenceModel, SequenceModel];

const interval: PredictionInterval = {
  method: 'split-conformal',
  coverage: 0.9,
  edges: [1, 2],
  below: [1, 2, 3],
  above: [1, 2, 3],
  calibratedOn: { windows: 100, units: 20 },
};
const regimes = {
  conditionFeatures: [0, 2],
  conditionScale: [1, 1],
  centres: [[1, 2], [3, 4]], // prettier-ignore
  scalers: [lstm.preprocessing.featureScaler, lstm.preprocessing.featureScaler],
};
const classes: readonly OutputColumn[] = ['a', 'b'].map((name) => ({ kind: 'class', name }));
const classifier = randomModel({
  seed: 2,
  architecture: lstm.architecture,
  features: 3,
  windowLength: 4,
  columns: classes,
});

function expectRefusal(model: SequenceModel, problem: string): void {
  expect(() => exportSequenceModel(model)).toThrow(
    expect.objectContaining({
      name: 'OnnxError',
      code: 'ONNX_INVALID_MODEL',
      message: `Cannot export the model: ${problem}`,
    }),
  );
}

describe('exportSequenceModel() refuses', () => {
  it('nothing of these models as they are', () => {
    const whole = [lstm, transformer, cnnLstm, classifier, { ...lstm, interval }, preprocessed({ regimes })];
    for (const model of whole) expect(exportSequenceModel(model).length).toBeGreaterThan(0);
  });

  const wrong: Record<string, [SequenceModel, problem: string]> = {
    'no network': [{ ...lstm, members: [] }, 'it has 0 networks'],
    'an unknown architecture': [
      shaped(lstm, { type: 'mlp' }),
      'its architecture is {"type":"mlp","hiddenSize":6,"numLayers":2,"dropout":0.2}',
    ],
    'a size that is no whole number': [
      shaped(lstm, { hiddenSize: 1.5 }),
      'its hiddenSize is 1.5, expected a whole number from 1',
    ],
    'an LSTM without a layer': [shaped(lstm, { numLayers: 0 }), 'its numLayers is 0, expected a whole number from 1'],
    'an even kernel': [shaped(cnnLstm, { kernelSize: 4 }), 'its kernelSize is 4, expected an odd one'],
    'heads that do not divide the width': [
      shaped(transformer, { heads: 3 }),
      'its modelSize 8 is no multiple of 3 heads',
    ],
    'unknown positions': [shaped(transformer, { positions: 'rotary' }), 'its positions are "rotary"'],
    'no features': [preprocessed({ features: [] }), 'it has features without a name or a unit, or none'],
    'a window of no rows': [preprocessed({ windowLength: 0 }), 'its window is 0 rows long'],
    'an anchor that is no feature': [preprocessed({ anchorFeature: 3 }), 'its anchor is feature 3 of 3'],
    'a mean of the wrong size': [
      preprocessed({ featureScaler: { mean: [0], scale: [1, 1, 1] } }),
      'the mean of the features has 1 values, expected 3',
    ],
    'a scale that is infinite': [
      preprocessed({ targetScaler: { mean: [0], scale: [Infinity] } }),
      'the scale of the target holds a value that is not finite',
    ],
    'a scale of 0': [
      preprocessed({ featureScaler: { mean: [0, 0, 0], scale: [1, 0, 1] } }),
      'the scale of the features holds a 0',
    ],
    'a condition that is no feature': [
      preprocessed({ regimes: { ...regimes, conditionFeatures: [0, 3] } }),
      'a condition of its regimes is feature 3 of 3',
    ],
    'no regime': [
      preprocessed({ regimes: { ...regimes, centres: [], scalers: [] } }),
      'it has 0 regimes of 2 conditions',
    ],
    'a regime without a scaler': [
      preprocessed({ regimes: { ...regimes, scalers: regimes.scalers.slice(1) } }),
      'it has 1 scalers for 2 regimes',
    ],
    'a centre of the wrong size': [
      preprocessed({ regimes: { ...regimes, centres: [[1, 2], [3]] } }),
      'the centre of regime 1 has 1 values, expected 2',
    ],
    'a condition measured in 0': [
      preprocessed({ regimes: { ...regimes, conditionScale: [1, 0] } }),
      'the scale of the conditions holds a 0',
    ],
    'no point and no median': [
      { ...lstm, columns: [{ kind: 'quantile', level: 0.1 }] },
      'it has neither a point nor a median among its columns',
    ],
    'classes that only the columns have': [
      { ...lstm, columns: classes },
      'its columns are of the classes "a", "b", its preprocessing has none',
    ],
    'classes in another order': [
      { ...classifier, columns: [...classes].reverse() },
      'its columns are of the classes "b", "a", its preprocessing has "a", "b"',
    ],
    'a point beside classes': [
      { ...classifier, columns: [...classes, ...pointOnly] },
      'it has classes and other columns',
    ],
    'an interval of classes': [{ ...classifier, interval }, 'it has classes and an interval'],
    'one class only': [
      { ...classifier, columns: classes.slice(1), preprocessing: { ...classifier.preprocessing, classes: ['b'] } },
      'it has one class only',
    ],
    'margins that are too few': [
      { ...lstm, interval: { ...interval, below: [1] } },
      'the margin below of its interval has 1 values, expected 3',
    ],
    'a margin that is NaN': [
      { ...lstm, interval: { ...interval, above: [1, NaN, 2] } },
      'the margin above of its interval holds a value that is not finite',
    ],
    'edges that fall': [{ ...lstm, interval: { ...interval, edges: [2, 1] } }, 'the edges of its interval do not rise'],
    'bounds the wrong way round': [
      { ...lstm, interval: { ...interval, minimum: 5, maximum: 1 } },
      'its interval is cut to [5, 1]',
    ],
    'an interval around quantiles that are not predicted': [
      { ...lstm, interval: { ...interval, method: 'conformalised-quantiles' } },
      'its interval starts from quantiles that it does not predict',
    ],
  };
  for (const [title, [model, problem]] of Object.entries(wrong)) {
    it(title, () => {
      expectRefusal(model, problem);
    });
  }

  for (const model of [lstm, transformer, cnnLstm]) {
    const { architecture, members } = model;
    const withMember = (weights: NetworkWeights): SequenceModel => ({ ...model, members: [members[0]!, weights] });
    for (const [index, { name, shape, values }] of members[0]!.entries()) {
      const replaced = (change: Partial<NetworkWeights[number]>): SequenceModel =>
        withMember(members[0]!.with(index, { name, shape, values, ...change }));
      it(`${name} of a ${architecture.type} that is missing, of another shape, too short, NaN or infinite`, () => {
        expectRefusal(withMember(members[0]!.filter((tensor) => tensor.name !== name)), `it has no weight "${name}"`);
        expectRefusal(
          replaced({ shape: [...shape, 1] }),
          `weight "${name}" has shape [${[...shape, 1].join(', ')}], expected [${shape.join(', ')}]`,
        );
        const problem = `weight "${name}" has ${values.length - 1} values, expected ${values.length}`;
        expectRefusal(replaced({ values: values.slice(1) }), problem);
        for (const value of [NaN, Infinity]) {
          const spoiled = replaced({ values: values.with(values.length - 1, value) });
          expectRefusal(spoiled, `weight "${name}" holds a value that is not finite`);
        }
      });
    }

    it(`a ${architecture.type} with a weight of another architecture, or one twice`, () => {
      const foreign = { name: 'conv9.bias', shape: [1], values: Float32Array.of(0) };
      expectRefusal(withMember([...members[0]!, foreign]), 'weight "conv9.bias" has no place in its architecture');
      const [first] = members[0]!;
      expectRefusal(withMember([...members[0]!, first!]), `it has two weights "${first!.name}"`);
    });
  }
});

function preprocessed(changes: Partial<Preprocessing>): SequenceModel {
  return { ...lstm, preprocessing: { ...lstm.preprocessing, ...changes } };
}

function shaped(model: SequenceModel, changes: Readonly<Record<string, unknown>>): SequenceModel {
  return { ...model, architecture: { ...model.architecture, ...changes } };
}
