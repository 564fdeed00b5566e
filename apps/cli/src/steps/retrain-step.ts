import { existsSync } from 'node:fs';
import type { SensorDataset } from '@i-drill/core';
import type { MonitoringReport } from '@i-drill/monitoring';
import { readEvidence, type ModelVersion } from '@i-drill/registry';
import { checkRetraining, readRecipe, type RetrainingCheck } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { arrivalSchema, arrivedSince } from '../wiring/arrived-data.js';
import { retrainingSettings } from '../wiring/settings.js';

/** What the decision is made on. */
export interface RetrainStepOptions {
  readonly production: ModelVersion | undefined;
  readonly monitoring?: MonitoringReport;
}

/** Gathers what is known of the version in service and decides whether to train again. */
export async function retrainStep(context: CommandContext, options: RetrainStepOptions): Promise<RetrainingCheck> {
  const { production, monitoring } = options;
  const arrived = production === undefined ? undefined : await arrivedUnits(context, production);
  const lastRetrainingAt = production === undefined ? undefined : await lastRetraining(context, production.name);
  return checkRetraining(context.ports, {
    settings: retrainingSettings(context.config),
    ...(lastRetrainingAt === undefined ? {} : { lastRetrainingAt }),
    ...(production === undefined ? {} : { production }),
    ...(monitoring === undefined ? {} : { monitoring }),
    ...(arrived === undefined ? {} : { arrived }),
  });
}

/** When the newest version after the first one was made; `undefined` when the model was trained only once. */
async function lastRetraining({ store }: CommandContext, modelName: string): Promise<number | undefined> {
  const versions = await store.listModelVersions(modelName);
  const made = versions.map((version) => version.creationTimestamp).toSorted((a, b) => a - b);
  return made.length > 1 ? made.at(-1) : undefined;
}

/** The labelled units that came in since a version was trained; `undefined` when there are none. */
export async function arrivedUnits(
  context: CommandContext,
  production: ModelVersion,
): Promise<SensorDataset | undefined> {
  const path = context.config.retraining.conditions.data_availability.data_path;
  if (!existsSync(path)) return undefined;
  const recipe = await readRecipe(context.ports, production);
  const schema = arrivalSchema(production.name, readEvidence(production).preprocessing, recipe);
  return arrivedSince(path, schema, recipe);
}

/** The decision as lines for a person. */
export function retrainingLines({ decision }: RetrainingCheck): string[] {
  return [
    `${decision.decision}: ${decision.reason}`,
    ...decision.conditions.map(({ condition, status, reason }) => `  ${status.padEnd(8)} ${condition}: ${reason}`),
  ];
}
