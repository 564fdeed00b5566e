import { assertArtifactPath } from '../checks/artifact-path.js';
import { assertAlias, assertLoggedModelName, assertModelName } from '../checks/names.js';
import { assertLength } from '../checks/text-length.js';
import { assertKey } from '../checks/keys.js';
import { invalidValue } from '../faults.js';
import type { ModelContent } from './model-content.js';

/** How a logged model is registered. */
export interface RegisterModel {
  /** Of the registered model, which is made when absent. */
  readonly name: string;
  /** Of the new version. */
  readonly description?: string;
  /** Of the new version. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Given to the new version; taken from the one that has them. */
  readonly aliases?: readonly string[];
}

/** What is said about a model of any kind when it is logged. */
export interface ModelPlacement {
  /** Name of the logged model, and folder among the artifacts of the run where there are no logged models. @default 'model' */
  readonly name?: string;
  /** The training step the model is from. @default 0 */
  readonly step?: number;
  readonly modelType?: string;
  /** `runArtifacts` is the way of MLflow 2. @default a logged model where the store has them */
  readonly layout?: 'runArtifacts';
  /** @default not registered */
  readonly register?: RegisterModel;
}

/** A model folder to be logged. */
export interface LogModelOptions extends ModelPlacement {
  /** A folder of this machine with a file `MLmodel`, or what would be in it. */
  readonly model: string | ModelContent;
}

/** Refuses names, aliases, tags and steps that a store refuses. */
export function assertPlacement({ name = 'model', step = 0, register }: ModelPlacement): void {
  assertLoggedModelName(name);
  assertArtifactPath(name);
  if (!Number.isSafeInteger(step)) throw invalidValue(`Cannot log model "${name}": step ${step} is not a whole number`);
  if (register !== undefined) assertRegister(register);
}

function assertRegister({ name, description = '', tags = {}, aliases = [] }: RegisterModel): void {
  assertModelName(name);
  assertLength('versionDescription', 'description of the model version', description);
  for (const [key, value] of Object.entries(tags)) {
    assertKey('tag', key);
    assertLength('versionTagValue', `value of tag "${key}"`, value);
  }
  aliases.forEach(assertAlias);
}

/** Refuses a model without flavours, and files that lie elsewhere or take the place of `MLmodel`. */
export function assertContent({ files, mlmodel }: ModelContent): void {
  const { flavors } = mlmodel as { readonly flavors?: unknown };
  if (typeof flavors !== 'object' || flavors === null || Object.keys(flavors).length === 0) {
    throw invalidValue('Cannot log the model: its MLmodel has no flavors, so nothing could load it');
  }
  for (const path of Object.keys(files)) {
    assertArtifactPath(path);
    if (path === 'MLmodel')
      throw invalidValue('Cannot log the model: MLmodel is made from `mlmodel`; leave it out of the files');
  }
}
