import { architectureProblem } from './architecture-problem.js';
import type { ModelMetadata } from './model-metadata.js';
import { outputProblem } from './output-problem.js';
import { preprocessingProblem } from './preprocessing-problem.js';

/** What is wrong with the description of a model, in words that go on from "Cannot … the model: "; `undefined` if nothing. */
export function descriptionProblem(description: Omit<ModelMetadata, 'formatVersion'>): string | undefined {
  const { architecture, preprocessing, members } = description;
  return (
    architectureProblem(architecture) ??
    preprocessingProblem(preprocessing) ??
    outputProblem(description) ??
    (Number.isInteger(members) && members > 0 ? undefined : `it has ${members} networks`)
  );
}
