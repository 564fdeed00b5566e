import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { largestError, numbers } from '../../test/heap-arrays.js';
import { createDenseNetwork } from './create-dense-network.js';
import { denseOffsets, type DenseLayer, type DenseNetwork } from './dense-network.js';
import { plainDenseNetwork } from './plain-dense-network.js';

const activations = ['linear', 'relu', 'tanh'] as const;

/** Chains of one to three layers, 1 to 20 wide. */
const shapes: fc.Arbitrary<DenseLayer[]> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 4 }),
    fc.array(fc.constantFrom(...activations), { minLength: 3, maxLength: 3 }),
  )
  .map(([widths, kinds]) =>
    widths.slice(1).map((outputs, i) => ({ inputs: widths[i]!, outputs, activation: kinds[i]! })),
  );
const rowCounts = fc.integer({ min: 1, max: 70 });

/** Both implementations with the same weights. */
function pair(layers: readonly DenseLayer[], maxRows: number): [DenseNetwork, DenseNetwork] {
  const networks: [DenseNetwork, DenseNetwork] = [
    createDenseNetwork(layers, { maxRows }),
    plainDenseNetwork(layers, maxRows),
  ];
  for (const { parameters } of networks) parameters.set(numbers(parameters.length, 7, 0.7));
  return networks;
}

const list = (values: Float32Array): number[] => Array.from(values);

describe('createDenseNetwork()', () => {
  it('answers, and derives, as the plain network does, whatever shape and number of rows', () => {
    fc.assert(
      fc.property(shapes, rowCounts, (layers, rows) => {
        const [fast, plain] = pair(layers, rows);
        const [inputs, slope] = [numbers(rows * layers[0]!.inputs, 1), numbers(rows * layers.at(-1)!.outputs, 2)];
        expect(largestError(list(fast.forward(inputs, rows)), plain.forward(inputs, rows))).toBeLessThan(2e-6);
        const slopes = [fast, plain].map((network) => list(network.backward(slope, rows, 'both')));
        expect(largestError(slopes[0]!, slopes[1]!)).toBeLessThan(1e-5);
        expect(largestError(list(fast.gradients), plain.gradients)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });

  it('answers a row by itself as among others, to the bit, in both builds', () => {
    const layers: DenseLayer[] = [
      { inputs: 12, outputs: 37, activation: 'tanh' },
      { inputs: 37, outputs: 64, activation: 'relu' },
      { inputs: 64, outputs: 3, activation: 'linear' },
    ];
    for (const build of ['simd', 'fastest'] as const) {
      const network = createDenseNetwork(layers, { maxRows: 130, build });
      network.parameters.set(numbers(network.parameters.length, 3, 0.5));
      const inputs = numbers(130 * 12, 4);
      const together = list(network.forward(inputs, 130));
      for (const [first, count] of [
        [0, 1],
        [5, 1],
        [3, 2],
        [64, 7],
        [60, 70],
        [0, 129],
      ] as const) {
        // prettier-ignore
        const alone = network.forward(inputs.subarray(first * 12, (first + count) * 12), count);
        expect(list(alone)).toEqual(together.slice(first * 3, (first + count) * 3));
      }
    }
  });

  it('leaves the gradients of the parameters alone where only those of the inputs are wanted', () => {
    const [network] = pair([{ inputs: 3, outputs: 2, activation: 'tanh' }], 4);
    network.forward(numbers(12, 1), 4);
    const both = list(network.backward(numbers(8, 2), 4, 'both'));
    network.gradients.fill(5);
    network.forward(numbers(12, 1), 4);
    expect(list(network.backward(numbers(8, 2), 4, 'inputs'))).toEqual(both);
    expect(list(network.gradients)).toEqual(new Array(8).fill(5));
    expect(network.backward(numbers(8, 2), 4)).toHaveLength(0);
  });

  it('can be as wide as it likes before it is narrow, and the other way round', () => {
    for (const widths of [
      [300, 2, 500],
      [2, 600, 3],
    ]) {
      // prettier-ignore
      const layers = widths.slice(1).map((outputs, i) => ({ inputs: widths[i]!, outputs, activation: 'tanh' as const }));
      const [fast, plain] = pair(layers, 9);
      const inputs = numbers(9 * widths[0]!, 1, 0.1);
      for (let repeat = 0; repeat < 3; repeat++) {
        expect(largestError(list(fast.forward(inputs, 9)), plain.forward(inputs, 9))).toBeLessThan(2e-6);
        fast.backward(numbers(9 * widths.at(-1)!, 2), 9, 'both');
      }
    }
  });

  it.each([
    [[], 1],
    [[{ inputs: 0, outputs: 1, activation: 'tanh' }], 1],
    [[{ inputs: 1, outputs: 1, activation: 'tanh' }], 0],
    [[{ inputs: 1, outputs: 2, activation: 'tanh' }, { inputs: 3, outputs: 1, activation: 'tanh' }], 1], // prettier-ignore
  ] as const)('refuses %j with room for %i rows', (layers, maxRows) => {
    expect(() => createDenseNetwork(layers, { maxRows })).toThrow(RangeError);
    expect(() => plainDenseNetwork(layers, maxRows)).toThrow(RangeError);
  });

  it('refuses more rows than there is room for', () => {
    for (const network of pair([{ inputs: 1, outputs: 1, activation: 'tanh' }], 4)) {
      for (const rows of [0, 5, 1.5]) {
        const error = new RangeError(`Cannot run a network on ${rows} rows: give 1 to 4`);
        expect(() => network.forward(new Float32Array(5), rows)).toThrow(error);
        expect(() => network.backward(new Float32Array(5), rows)).toThrow(error);
      }
    }
  });
});

describe('plainDenseNetwork()', () => {
  it('derives as differences of the loss do', () => {
    const layers: DenseLayer[] = [
      { inputs: 3, outputs: 5, activation: 'tanh' },
      { inputs: 5, outputs: 4, activation: 'relu' },
      { inputs: 4, outputs: 2, activation: 'linear' },
    ];
    const network = plainDenseNetwork(layers, 6);
    network.parameters.set(numbers(network.parameters.length, 5));
    const [inputs, slope] = [numbers(18, 1), numbers(12, 2)];
    const loss = (): number => network.forward(inputs, 6).reduce((sum, answer, i) => sum + answer * slope[i]!, 0);
    loss();
    network.backward(slope, 6);
    const { size } = denseOffsets(layers);
    for (let i = 0; i < size; i++) {
      const [kept, step] = [network.parameters[i]!, 1e-2];
      network.parameters[i] = kept + step;
      const above = loss();
      network.parameters[i] = kept - step;
      const difference = (above - loss()) / (2 * step);
      network.parameters[i] = kept;
      expect(Math.abs(difference - network.gradients[i]!)).toBeLessThan(5e-3);
    }
  });
});

describe('step()', () => {
  const vector = JSON.parse(readFileSync(new URL('../../test/vectors/adam.json', import.meta.url), 'utf8')) as {
    start: number[];
    gradients: number[][];
    learningRate: number;
    epsilon: number;
    steps: number[][];
  };

  it.each([0, 1])('goes where PyTorch goes (implementation %i)', (which) => {
    const network = pair([{ inputs: 2, outputs: 2, activation: 'linear' }], 1)[which]!; // 6 parameters: a whole lot and a rest
    network.parameters.set(vector.start);
    vector.gradients.forEach((gradients, i) => {
      network.gradients.set(gradients.map((gradient) => gradient * 4));
      network.step({ learningRate: vector.learningRate, epsilon: vector.epsilon, gradientScale: 0.25 });
      expect(largestError(list(network.parameters), vector.steps[i]!)).toBeLessThan(5e-7);
    });
  });

  it('goes on from what it remembers', () => {
    const layers: DenseLayer[] = [{ inputs: 3, outputs: 3, activation: 'tanh' }];
    const [whole, resumed] = [createDenseNetwork(layers, { maxRows: 1 }), createDenseNetwork(layers, { maxRows: 1 })];
    const walk = (network: DenseNetwork, from: number, to: number): void => {
      for (let i = from; i < to; i++) {
        network.gradients.set(numbers(12, i));
        network.step({ learningRate: 0.1 });
      }
    };
    walk(whole, 0, 3);
    resumed.parameters.set(whole.parameters);
    resumed.memory.m.set(whole.memory.m);
    resumed.memory.v.set(whole.memory.v);
    resumed.memory.steps = whole.memory.steps;
    walk(whole, 3, 6);
    walk(resumed, 3, 6);
    expect(list(resumed.parameters)).toEqual(list(whole.parameters));
  });
});
