/**
 * Speed of the kernels on one thread, both builds in turn, at the sizes of the benchmark of training: batch 256, windows of
 * 30 steps, 64 units or columns. Processor time, best of several rounds.
 *
 *   npx nx run @i-drill/kernels:bench
 */
import { createHeap, loadKernels, type Kernels } from '../src/index.js';

const [steps, batch, features, units] = [30, 256, 14, 64];
const tokens = steps * batch;
const rounds = 12;

interface Workload {
  readonly name: string;
  /** Multiplications with an addition, in millions; 0 where they are not what counts. */
  readonly millions: number;
  readonly run: () => void;
}

function product(kernels: Kernels, array: (size: number) => number, sizes: Sizes): Workload {
  const { rows, columns, depth, count = 1 } = sizes;
  const [a, b, c] = [count * rows * depth, count * depth * columns, count * rows * columns].map(array) as Triple;
  const flags = `${sizes.transposeA ? 't' : 'n'}${sizes.transposeB ? 't' : 'n'}`;
  return {
    name: `product ${flags} ${count > 1 ? `${count} x ` : ''}${rows} x ${columns} x ${depth}`,
    millions: (count * rows * columns * depth) / 1e6,
    run: () => {
      kernels.multiplyMatrices({ ...sizes, a, b, c, batch: count });
    },
  };
}

interface Sizes {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly count?: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}
type Triple = [number, number, number];

function lstm(kernels: Kernels, array: (size: number) => number): Workload[] {
  const [x, weights] = [array(tokens * features), array((units + features + 1) * 4 * units)];
  const [hidden, gates, cells] = [array(tokens * units), array(4 * tokens * units), array(tokens * units)];
  const [dHidden, dWeights] = [array(tokens * units), array((units + features + 1) * 4 * units)];
  const layer = { steps, batch, features, units, x, weights, hidden };
  const millions = (tokens * (units + features + 1) * 4 * units) / 1e6;
  return [
    {
      name: 'LSTM, forward',
      millions,
      run: () => {
        kernels.lstmForward({ ...layer, keep: { gates, cells } });
      },
    },
    {
      name: 'LSTM, backward',
      millions: millions + (tokens * units * 4 * units) / 1e6,
      run: () => {
        kernels.lstmBackward({ ...layer, trace: { gates, cells }, dHidden, dWeights });
      },
    },
  ];
}

function attention(kernels: Kernels, array: (size: number) => number): Workload[] {
  const [heads, size] = [4, 16];
  const [projected, output, shares] = [3 * tokens * units, tokens * units, batch * heads * steps * steps].map(array) as Triple; // prettier-ignore
  const [dOutput, dProjected] = [array(tokens * units), array(3 * tokens * units)];
  const sizes = { steps, batch, heads, size, projected, shares };
  const millions = (2 * tokens * steps * units) / 1e6;
  return [
    {
      name: 'attention, forward',
      millions,
      run: () => {
        kernels.attentionForward({ ...sizes, output });
      },
    },
    {
      name: 'attention, backward',
      millions: 2 * millions,
      run: () => {
        kernels.attentionBackward({ ...sizes, dOutput, dProjected });
      },
    },
  ];
}

function layerNorm(kernels: Kernels, array: (size: number) => number): Workload[] {
  const [x, y, dy, dx] = [0, 1, 2, 3].map(() => array(tokens * units)) as [number, number, number, number];
  const [gain, shift, dGain, dShift] = [0, 1, 2, 3].map(() => array(units)) as [number, number, number, number];
  const layer = { x, gain, moments: array(2 * tokens), rows: tokens, columns: units };
  return [
    {
      name: 'layer norm, forward',
      millions: 0,
      run: () => {
        kernels.layerNormForward({ ...layer, shift, y, epsilon: 1e-5 });
      },
    },
    {
      name: 'layer norm, backward',
      millions: 0,
      run: () => {
        kernels.layerNormBackward({ ...layer, dy, dx, dGain, dShift });
      },
    },
  ];
}

function workloads(kernels: Kernels, array: (size: number) => number): Workload[] {
  const products: Sizes[] = [
    { rows: 256, columns: 256, depth: 256 },
    { rows: tokens, columns: 192, depth: 64 },
    { rows: tokens, columns: 64, depth: 192, transposeB: true },
    { rows: 64, columns: 192, depth: tokens, transposeA: true },
    { rows: 30, columns: 30, depth: 16, count: 1024, transposeB: true },
  ];
  return [
    ...products.map((sizes) => product(kernels, array, sizes)),
    ...lstm(kernels, array),
    ...attention(kernels, array),
    ...layerNorm(kernels, array),
  ];
}

function cpuMs(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const builds = (['simd', 'fastest'] as const).map((build) => {
  const heap = createHeap(3 * 2 ** 27);
  const array = (size: number): number => {
    const pointer = heap.allocate(4 * size);
    new Float32Array(heap.memory.buffer, pointer, size).forEach((_, i, view) => (view[i] = Math.sin(i) / 4));
    return pointer;
  };
  return workloads(loadKernels(heap, build), array).map((workload) => ({ ...workload, best: Infinity }));
});
for (let round = 0; round < rounds; round++) {
  for (const build of builds) {
    for (const workload of build) workload.best = Math.min(workload.best, cpuMs(workload.run));
  }
}
console.log(`Node ${process.version}: best of ${rounds}, SIMD | fastest build`);
const [simd, fastest] = builds as [(Workload & { best: number })[], (Workload & { best: number })[]];
for (const [index, { name, millions, best }] of simd.entries()) {
  const speed = (ms: number): string => `${ms.toFixed(2)} ms` + (millions ? `, ${(millions / ms).toFixed(1)} GMAC/s` : ''); // prettier-ignore
  console.log(`${name}: ${speed(best)} | ${speed(fastest[index]!.best)}`);
}
