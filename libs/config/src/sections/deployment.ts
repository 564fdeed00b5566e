import * as z from 'zod';
import { count, positive, section, share, text } from './fields.js';

/** How traffic moves to a candidate. */
export interface CanaryConfig {
  readonly initial_traffic_percentage: number;
  readonly increment_percentage: number;
  readonly evaluation_duration_minutes: number;
  readonly min_requests: number;
  readonly max_inconclusive: number;
}

/** How a started server is found healthy. */
export interface HealthChecksConfig {
  readonly endpoint: string;
  /** Seconds. */
  readonly timeout: number;
  /** Seconds. */
  readonly interval: number;
  readonly max_retries: number;
}

/** Section `deployment`. */
export interface DeploymentConfig {
  readonly environment: string;
  readonly state_directory: string;
  readonly strategies: { readonly canary: CanaryConfig };
  readonly health_checks: HealthChecksConfig;
  readonly limits: { readonly error_rate: number; readonly latency_p95_ms: number };
  readonly server: { readonly port: number; readonly host: string };
}

function percentage(value: number, description: string): z.ZodDefault<z.ZodNumber> {
  return z.number().positive().max(100).default(value).describe(description);
}

const canary: z.ZodType<CanaryConfig> = section(
  {
    initial_traffic_percentage: percentage(10, 'Share of requests in the first step, in percent.'),
    increment_percentage: percentage(30, 'What each further step adds, in percent.'),
    evaluation_duration_minutes: positive(0.1, 'How long each step is watched, in minutes.'),
    min_requests: count(60, 'Fewest requests the candidate must have answered for a step to be judged.'),
    max_inconclusive: count(3, 'Extra watches of a step that cannot be judged, before the rollout is taken back.', 0),
  },
  'Traffic moves in steps; each must hold before the next.',
);

const healthChecks: z.ZodType<HealthChecksConfig> = section(
  {
    endpoint: z.string().startsWith('/').default('/health').describe('Path that answers 200 when the server is ready.'),
    timeout: positive(5, 'Longest wait for one answer, in seconds.'),
    interval: positive(1, 'Time between two probes, in seconds.'),
    max_retries: count(3, 'Failed probes in a row that are borne.', 0),
  },
  'How a started model server is found healthy.',
);

/** Schema of section `deployment`. */
export const deploymentSchema: z.ZodType<DeploymentConfig> = section(
  {
    environment: text('staging', 'Name of the environment; a label of every metric and prediction record.'),
    state_directory: text('.i-drill', 'Folder of running services, rollouts and prediction logs.'),
    strategies: section({ canary }, 'Settings per strategy.'),
    health_checks: healthChecks,
    limits: section(
      {
        error_rate: share(0.05, 'Largest share of failed requests of a candidate.'),
        latency_p95_ms: positive(1000, 'Largest 95th percentile of the latency of a candidate, in milliseconds.'),
      },
      'A candidate beyond them is taken back.',
    ),
    server: section(
      {
        port: z.int().min(0).max(65_535).default(0).describe('Port of the router. 0: any free port.'),
        host: text('127.0.0.1', 'Address the router listens on.'),
      },
      'Where the service listens.',
    ),
  },
  'How a version is put into service.',
);
