import { join } from 'node:path';

/** Names that MLflow's file store gives its files and folders. */
export const metaFile = 'meta.yaml';

/** Deleted experiments lie here. */
export const trashFolder = '.trash';

/** Folders of an experiment that are not runs. */
export const notRuns: ReadonlySet<string> = new Set(['tags', 'datasets', 'traces', 'models']);

/** Folders without which MLflow does not take a folder for a run. */
export const runFolders = ['metrics', 'params', 'artifacts'] as const;

/** The folder of all registered models. */
export function modelsFolder(root: string): string {
  return join(root, 'models');
}

/** The folder of one registered model. */
export function modelFolder(root: string, name: string): string {
  return join(modelsFolder(root), name);
}

/** The folder of one logged model of an experiment. */
export function loggedModelFolder(experimentFolder: string, modelId: string): string {
  return join(experimentFolder, 'models', modelId);
}
