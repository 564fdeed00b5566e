import { TrainingError } from '../errors.js';
import { modelTypes, type Architecture } from '../sequence/architecture.js';
import { bad, requireWhole } from './check-settings.js';

/**
 * Refuses an architecture nobody here can build.
 *
 * @throws TrainingError `TRAINING_UNKNOWN_MODEL_TYPE`
 * @throws RangeError with key and value
 */
export function requireValidArchitecture(architecture: Architecture): void {
  requireKnownType(architecture.type);
  const { dropout } = architecture;
  if (!(dropout >= 0 && dropout < 1)) throw bad('dropout', dropout, 'a share in [0, 1)');
  for (const [key, value] of Object.entries(sizesOf(architecture))) requireWhole(key, value, 1);
  if (architecture.type === 'transformer' && architecture.modelSize % architecture.heads !== 0) {
    throw bad('modelSize', architecture.modelSize, `a multiple of the ${architecture.heads} heads`);
  }
  if (architecture.type === 'cnn-lstm' && architecture.kernelSize % 2 === 0) {
    throw bad('kernelSize', architecture.kernelSize, 'an odd number');
  }
}

function requireKnownType(type: string): void {
  if ((modelTypes as readonly string[]).includes(type)) return;
  const known = modelTypes.map((name) => `"${name}"`).join(', ');
  throw new TrainingError(`Cannot train: model type "${type}" is unknown; choose one of ${known}`, {
    code: 'TRAINING_UNKNOWN_MODEL_TYPE',
    details: { modelType: type, known: modelTypes },
  });
}

function sizesOf(architecture: Architecture): Record<string, number> {
  switch (architecture.type) {
    case 'lstm': {
      const { hiddenSize, numLayers } = architecture;
      return { hiddenSize, numLayers };
    }
    case 'transformer': {
      const { modelSize, heads, numLayers, feedForwardSize } = architecture;
      return { modelSize, heads, numLayers, feedForwardSize };
    }
    case 'cnn-lstm': {
      const { filters, kernelSize, convolutions, hiddenSize, numLayers } = architecture;
      return { filters, kernelSize, convolutions, hiddenSize, numLayers };
    }
  }
}
