import type { DenseLayer } from '@i-drill/kernels';

/** Widths of a network: what goes in, hidden layers, what comes out. */
export interface DenseShape {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: 'tanh' | 'relu';
}

/** Hidden layers with the activation, the last one linear. */
export function denseLayers({ inputs, hidden, outputs, activation }: DenseShape): DenseLayer[] {
  const widths = [inputs, ...hidden, outputs];
  return widths.slice(1).map((width, i) => ({
    inputs: widths[i]!,
    outputs: width,
    activation: i < hidden.length ? activation : 'linear',
  }));
}
