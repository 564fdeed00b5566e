import * as z from 'zod';
import { enabled, section, text } from './fields.js';

/** Section `mlflow`. */
export interface MlflowConfig {
  readonly tracking_uri: string;
  readonly experiment_name: string;
  readonly spool_dir: string;
  readonly promotion: { readonly auto_promote: boolean };
}

/** Schema of section `mlflow`. */
export const mlflowSchema: z.ZodType<MlflowConfig> = section(
  {
    tracking_uri: z
      .string()
      .regex(/^(https?:\/\/|file:)\S+$/, { error: 'http://…, https://… or file:…' })
      .default('file:./mlruns')
      .describe('MLflow server (http://…, https://…) or folder (file:…, relative to the working directory).'),
    experiment_name: text('i-drill-training', 'Experiment of the training runs.'),
    spool_dir: text(
      '.i-drill/spool',
      'Folder that keeps what was logged while the MLflow server was down, until `i-drill mlflow sync`.',
    ),
    promotion: section(
      {
        auto_promote: enabled(
          'true: the pipeline puts what passed into service by canary and moves it to Production. false: it stops with the version in Staging, until somebody runs `i-drill deploy`.',
        ),
      },
      'How versions change stage. A passed validation is always required.',
    ),
  },
  'Tracking and model registry.',
);
