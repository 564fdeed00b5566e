import type { ModelStage } from '../api/model-versions.js';
import { invalidValue } from '../faults.js';
import { assertLength } from './text-length.js';

const stages: readonly string[] = ['None', 'Staging', 'Production', 'Archived'] satisfies ModelStage[];
const runIdPattern = /^[a-zA-Z0-9][\w-]{0,255}$/;
const experimentIdPattern = /^[a-zA-Z0-9][\w-]{0,63}$/;
const versionPattern = /^(?:0|[1-9]\d{0,9})$/;
const aliasPattern = /^[\w-]+$/;

/** Refuses an empty or over-long experiment name. */
export function assertExperimentName(name: string): void {
  if (name.trim() === '') throw invalidValue('Cannot use an empty text as experiment name: name the experiment');
  assertLength('experimentName', `experiment name "${name.slice(0, 40)}…"`, name);
}

/** Refuses a text that cannot be the id of an experiment. */
export function assertExperimentId(id: string): void {
  if (!experimentIdPattern.test(id)) throw invalidValue(`Cannot use ${JSON.stringify(id)} as experiment id`, { id });
}

/** Refuses a text that cannot be the id of a run; ids are parts of paths. */
export function assertRunId(id: string): void {
  if (!runIdPattern.test(id)) throw invalidValue(`Cannot use ${JSON.stringify(id)} as run id`, { id });
}

/** Refuses a text that cannot be the id of a logged model; ids are parts of paths. */
export function assertModelId(id: string): void {
  if (!runIdPattern.test(id)) throw invalidValue(`Cannot use ${JSON.stringify(id)} as id of a logged model`, { id });
}

/** Refuses a name that a server refuses for a logged model. */
export function assertLoggedModelName(name: string): void {
  if (name !== '' && !/[/:.%"']/.test(name)) return;
  throw invalidValue(
    `Cannot use ${JSON.stringify(name)} as name of a logged model: it is empty or has one of / : . % " '`,
    { name },
  );
}

/** Refuses a name that a server or a file system cannot keep. */
export function assertModelName(name: string): void {
  const problem = modelNameProblem(name);
  if (problem !== undefined) {
    throw invalidValue(`Cannot use ${JSON.stringify(name)} as name of a registered model: ${problem}`, { name });
  }
  assertLength('modelName', `name of a registered model "${name.slice(0, 40)}…"`, name);
}

function modelNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'it is empty';
  if (/[/:\\]/.test(name)) return '"/", "\\" and ":" are not allowed';
  if (name.startsWith('.')) return 'it starts with a dot';
  // A filter can quote with ' or with ", and has no escape.
  if (name.includes("'") && name.includes('"')) return 'it contains both kinds of quotes';
  return undefined;
}

/** Refuses anything but a decimal number as text. */
export function assertVersion(version: string): void {
  if (!versionPattern.test(version)) {
    throw invalidValue(`Cannot use ${JSON.stringify(version)} as model version: versions are whole numbers, as text`, {
      version,
    });
  }
}

/** Refuses the reserved aliases `latest` and `v1`, and those with other characters than letters, digits, `_` and `-`. */
export function assertAlias(alias: string): void {
  if (!aliasPattern.test(alias)) {
    throw invalidValue(
      `Cannot use ${JSON.stringify(alias)} as alias: only letters, digits, _ and - are allowed, at least one`,
      { alias },
    );
  }
  if (alias.toLowerCase() === 'latest' || /^v\d+$/i.test(alias)) {
    throw invalidValue(`Cannot use "${alias}" as alias: it is reserved; choose another`, { alias });
  }
  assertLength('alias', `alias "${alias.slice(0, 40)}…"`, alias);
}

/** Refuses a stage that MLflow does not know, and archiving for a stage that many versions may hold. */
export function assertStage(stage: string, archiveExisting: boolean): void {
  if (!stages.includes(stage)) {
    throw invalidValue(`Cannot use ${JSON.stringify(stage)} as stage: it is one of ${stages.join(', ')}`, { stage });
  }
  if (archiveExisting && (stage === 'None' || stage === 'Archived')) {
    throw invalidValue(
      `Cannot archive the versions in stage "${stage}": only Staging and Production can be emptied this way`,
      { stage },
    );
  }
}
