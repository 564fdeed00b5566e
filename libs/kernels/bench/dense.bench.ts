/**
 * Dense networks of the sizes of actors and critics, microseconds of processor time, best of 12:
 *
 *   npx nx run @i-drill/kernels:bench-dense
 */
import { createDenseNetwork, type DenseLayer, type DenseNetwork } from '../src/index.js';

function perceptron(widths: readonly [number, number, number], activation: 'tanh' | 'relu'): DenseLayer[] {
  const [inputs, hidden, outputs] = widths;
  return [
    { inputs, outputs: hidden, activation },
    { inputs: hidden, outputs: hidden, activation },
    { inputs: hidden, outputs, activation: 'linear' },
  ];
}

function network(layers: readonly DenseLayer[], maxRows: number): DenseNetwork {
  const made = createDenseNetwork(layers, { maxRows });
  made.parameters.forEach((_, i) => (made.parameters[i] = Math.sin(i) / 8));
  return made;
}

function microseconds(run: () => void): number {
  const repeats = 20;
  for (let i = 0; i < 50; i++) run();
  const times = Array.from({ length: 12 }, () => {
    const before = process.cpuUsage().user;
    for (let i = 0; i < repeats; i++) run();
    return (process.cpuUsage().user - before) / repeats;
  });
  return Math.min(...times);
}

function report(name: string, networks: readonly DenseNetwork[], rows: number): void {
  const inputs = new Float32Array(rows * networks[0]!.layers[0]!.inputs).fill(0.3);
  const slope = new Float32Array(rows * 4).fill(1e-3);
  const forward = microseconds(() => {
    for (const one of networks) one.forward(inputs, rows);
  });
  const learning = microseconds(() => {
    for (const one of networks) {
      one.forward(inputs, rows);
      one.backward(slope, rows);
      one.step({ learningRate: 1e-5 });
    }
  });
  console.log(
    `${name}, ${rows} rows: forward ${forward.toFixed(0)} us, with gradient and Adam ${learning.toFixed(0)} us`,
  );
}

const actor = perceptron([12, 64, 3], 'tanh');
const critic = perceptron([12, 64, 1], 'tanh');
for (const rows of [1, 8, 64, 256]) {
  report('actor 12-64-64-3 and critic 12-64-64-1, tanh', [network(actor, rows), network(critic, rows)], rows);
}
report('critic 15-256-256-1, relu', [network(perceptron([15, 256, 1], 'relu'), 256)], 256);
