import { describe, expect, it } from 'vitest';
import type { Architecture } from '../sequence/architecture.js';
import { classedSet, smallSet, tinyLstm, tinySettings } from '../testing/small-training.js';
import { requireValidArchitecture } from './check-architecture.js';
import { requireValidSettings } from './check-settings.js';
import { fitPreprocessing } from './fit-preprocessing.js';
import type { LossTerm } from './losses.js';
import type { TrainingSettings } from './training-types.js';

const numbers = fitPreprocessing(smallSet, { windowLength: 4 });
const classes = fitPreprocessing(classedSet('a', 1), { windowLength: 4 });

function problemOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return (error as Error).message.replace('Cannot train: ', '');
  }
  return '';
}

describe('requireValidSettings()', () => {
  const problem = (changed: Partial<TrainingSettings>, preprocessing = numbers): string =>
    problemOf(() => {
      requireValidSettings({ ...tinySettings, ...changed }, preprocessing);
    });
  const ofLoss = (...loss: LossTerm[]): string => problem({ loss });
  const ofClassLoss = (...loss: LossTerm[]): string => problem({ loss }, classes);

  it('accepts what a training can follow', () => {
    expect(problem({})).toBe('');
    expect(problem({ weightDecay: 0.01, schedule: { type: 'cosine', warmupEpochs: 11 }, seed: -4 })).toBe('');
    expect(ofLoss({ type: 'huber', delta: 1 }, { type: 'pinball', levels: [0.05, 0.95], weight: 0.5 })).toBe('');
    expect(ofLoss({ type: 'pinball', levels: [0.05, 0.5, 0.95] })).toBe('');
    expect(ofClassLoss({ type: 'cross-entropy', classWeights: [1, 0, 2.5] })).toBe('');
  });

  it('names key and value of a number out of range', () => {
    for (const key of ['batchSize', 'epochs', 'patience'] as const) {
      for (const value of [0, -1, 1.5, NaN])
        expect(problem({ [key]: value })).toMatch(`${key} is ${value}; give a whole`);
    }
    for (const key of ['learningRate', 'gradientClip'] as const) {
      for (const value of [0, -1, Infinity, NaN])
        expect(problem({ [key]: value })).toMatch(`${key} is ${value}; give a positive`);
    }
    for (const value of [-0.1, Infinity, NaN])
      expect(problem({ weightDecay: value })).toMatch(`weightDecay is ${value}`);
    for (const value of [0.5, NaN, 2 ** 60]) expect(problem({ seed: value })).toMatch(`seed is ${value}`);
  });

  it('wants fewer epochs of warm-up than epochs', () => {
    expect(problem({ schedule: { type: 'cosine', warmupEpochs: -1 } })).toMatch('schedule.warmupEpochs is -1');
    expect(problem({ schedule: { type: 'cosine', warmupEpochs: 12 } })).toBe('schedule.warmupEpochs is 12; give fewer than the 12 epochs'); // prettier-ignore
  });

  it('wants terms that make sense', () => {
    expect(problem({ loss: [] })).toMatch('loss is []');
    expect(ofLoss({ type: 'mse', weight: 0 })).toMatch('loss[0].weight is 0');
    expect(ofLoss({ type: 'mse' }, { type: 'huber', delta: NaN })).toMatch('loss[1].delta is NaN');
    expect(ofLoss({ type: 'mse' }, { type: 'pinball', levels: [] })).toMatch('loss[1].levels is []');
    for (const level of [0, 1, NaN]) expect(ofLoss({ type: 'mse' }, { type: 'pinball', levels: [level] })).toMatch(`loss[1].levels is ${level}`); // prettier-ignore
  });

  it('wants a column that is the prediction, and each quantile once', () => {
    expect(ofLoss({ type: 'pinball', levels: [0.1, 0.9] })).toMatch('give level 0.5 too, or a term of mse or huber');
    const twice: LossTerm = { type: 'pinball', levels: [0.1, 0.9] };
    expect(ofLoss({ type: 'mse' }, twice, twice)).toMatch('give each level once');
  });

  it('wants cross-entropy for classes and for nothing else, with a weight per class', () => {
    const balanced: LossTerm = { type: 'cross-entropy', classWeights: [1, 1, 1] };
    expect(ofLoss(balanced)).not.toBe('');
    expect(ofClassLoss({ type: 'mse' })).toMatch('give one term of cross-entropy for classes');
    expect(ofClassLoss(balanced, balanced)).toMatch('loss is cross-entropy, cross-entropy');
    expect(ofClassLoss({ type: 'cross-entropy', classWeights: [1, 1] })).toMatch('classWeights is 2 numbers; give one for each of the 3 classes'); // prettier-ignore
    expect(ofClassLoss({ type: 'cross-entropy', classWeights: [1, -1, 1] })).toMatch('classWeights is -1');
  });
});

describe('requireValidArchitecture()', () => {
  const problem = (architecture: Architecture): string =>
    problemOf(() => {
      requireValidArchitecture(architecture);
    });
  const transformer: Architecture = { type: 'transformer', modelSize: 8, heads: 2, numLayers: 1, feedForwardSize: 16, positions: 'learned', dropout: 0 }; // prettier-ignore
  const cnnLstm: Architecture = { type: 'cnn-lstm', filters: 4, kernelSize: 3, convolutions: 1, hiddenSize: 4, numLayers: 1, dropout: 0.5 }; // prettier-ignore

  it('accepts each architecture', () => {
    for (const architecture of [tinyLstm, transformer, cnnLstm]) expect(problem(architecture)).toBe('');
  });

  it('names key and value of a size that is no whole number above 0', () => {
    expect(problem({ ...tinyLstm, hiddenSize: 0 })).toBe('hiddenSize is 0; give a whole number of at least 1');
    expect(problem({ ...tinyLstm, numLayers: 1.5 })).toMatch('numLayers is 1.5');
    for (const key of ['modelSize', 'heads', 'numLayers', 'feedForwardSize']) expect(problem({ ...transformer, [key]: 0 })).toMatch(`${key} is 0`); // prettier-ignore
    for (const key of ['filters', 'kernelSize', 'convolutions', 'hiddenSize', 'numLayers']) expect(problem({ ...cnnLstm, [key]: 0 })).toMatch(`${key} is 0`); // prettier-ignore
  });

  it('wants a share below 1 dropped, heads that divide the width, and an odd kernel', () => {
    for (const dropout of [-0.1, 1, NaN]) expect(problem({ ...tinyLstm, dropout })).toMatch(`dropout is ${dropout}`);
    expect(problem({ ...transformer, heads: 3 })).toBe('modelSize is 8; give a multiple of the 3 heads');
    expect(problem({ ...cnnLstm, kernelSize: 4 })).toBe('kernelSize is 4; give an odd number');
  });
});
