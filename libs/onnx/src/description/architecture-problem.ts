import type { Architecture } from '@i-drill/training';

/** What is wrong with an architecture; `undefined` if nothing. */
export function architectureProblem(architecture: Architecture): string | undefined {
  switch (architecture.type) {
    case 'lstm':
      return sizeProblem(architecture, ['hiddenSize', 'numLayers']);
    case 'cnn-lstm':
      return (
        sizeProblem(architecture, ['filters', 'kernelSize', 'convolutions', 'hiddenSize', 'numLayers']) ??
        (architecture.kernelSize % 2 === 1
          ? undefined
          : `its kernelSize is ${architecture.kernelSize}, expected an odd one`)
      );
    case 'transformer':
      return (
        sizeProblem(architecture, ['modelSize', 'heads', 'numLayers', 'feedForwardSize']) ??
        (architecture.modelSize % architecture.heads === 0
          ? undefined
          : `its modelSize ${architecture.modelSize} is no multiple of ${architecture.heads} heads`) ??
        positionsProblem(architecture.positions)
      );
    default:
      return `its architecture is ${JSON.stringify(architecture)}`; // read from a file, or from untyped code
  }
}

function sizeProblem<A extends object>(architecture: A, sizes: readonly (keyof A & string)[]): string | undefined {
  const wrong = sizes.find((size) => !Number.isInteger(architecture[size]) || (architecture[size] as number) < 1);
  return wrong === undefined
    ? undefined
    : `its ${wrong} is ${String(architecture[wrong])}, expected a whole number from 1`;
}

function positionsProblem(positions: string): string | undefined {
  return positions === 'learned' || positions === 'sinusoidal' ? undefined : `its positions are "${positions}"`;
}
