import * as z from 'zod';
import { type DataConfig, dataSchema } from './sections/data.js';
import { type DeploymentConfig, deploymentSchema } from './sections/deployment.js';
import { type MlflowConfig, mlflowSchema } from './sections/mlflow.js';
import { type MonitoringConfig, monitoringSchema } from './sections/monitoring.js';
import { type RetrainingConfig, retrainingSchema } from './sections/retraining.js';
import { type TrainingConfig, trainingSchema } from './sections/training.js';
import { type ValidationConfig, validationSchema } from './sections/validation.js';

/** The whole configuration, complete and checked, with the keys of `mlops_config.yaml`. */
export interface MlopsConfig {
  readonly training: TrainingConfig;
  readonly validation: ValidationConfig;
  readonly deployment: DeploymentConfig;
  readonly monitoring: MonitoringConfig;
  readonly retraining: RetrainingConfig;
  readonly mlflow: MlflowConfig;
  readonly data: DataConfig;
}

const sections = {
  training: trainingSchema,
  validation: validationSchema,
  deployment: deploymentSchema,
  monitoring: monitoringSchema,
  retraining: retrainingSchema,
  mlflow: mlflowSchema,
  data: dataSchema,
};

/** What a configuration must look like once overlays are merged and variables are filled in. */
export const configSchema: z.ZodType<MlopsConfig> = z.strictObject(sections);

/** One file: a configuration that may build on another. */
export const fileSchema: z.ZodType<MlopsConfig & { readonly extends?: string }> = z.strictObject({
  extends: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Configuration file this one builds on, relative to this file. Keys given here replace its keys.'),
  ...sections,
});
