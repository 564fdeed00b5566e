import type { FeatureSpec } from '@i-drill/core';
import type { SequenceModel } from '@i-drill/training';
import { tensorNames } from './sequence-signature.js';

/** How to use a model, for a person who has the file and nothing else. */
export function modelDoc(model: SequenceModel): string {
  const { preprocessing, architecture, members } = model;
  const { windowLength, features, target, classes } = preprocessing;
  const networks = members.length === 1 ? 'one network' : `the mean of ${members.length} networks`;
  return [
    `Predicts ${classes ? `the class of a window (${target.name})` : named(target)} from the last ${windowLength} rows of ${features.length} sensors: ${architecture.type}, ${networks}.`,
    `Input "${tensorNames.window}": ${tensorDocs(model)[tensorNames.window]!}.`,
    'Scaling is part of the model. Where fewer rows are known, repeat the first one in front.',
    'A window that holds NaN or an infinity gives NaN.',
    'The keys that begin with "i_drill." describe the model in JSON.',
  ].join(' ');
}

/** What each tensor at the door holds, by name. */
export function tensorDocs({ preprocessing, interval }: SequenceModel): Readonly<Record<string, string>> {
  const { features, target, classes } = preprocessing;
  const share = interval ? `interval that holds ${interval.coverage} of the true values` : '';
  return {
    [tensorNames.window]: `raw values, rows from the oldest to the newest, columns ${features.map(named).join(', ')}`,
    [tensorNames.prediction]: named(target),
    [tensorNames.lower]: `${named(target)}, lower end of the ${share}`,
    [tensorNames.upper]: `${named(target)}, upper end of the ${share}`,
    [tensorNames.probabilities]: `probability of ${(classes ?? []).join(', ')}`,
  };
}

function named({ name, unit }: FeatureSpec): string {
  return unit === '-' ? name : `${name} (${unit})`;
}
