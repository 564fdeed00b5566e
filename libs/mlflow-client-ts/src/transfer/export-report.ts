import { isMlflowError } from '../errors.js';
import { isRefusal, isServerFault } from '../spool/refusals.js';

/** How much was exported, by kind. */
export interface ExportCounts {
  readonly experiments: number;
  readonly runs: number;
  readonly metricPoints: number;
  readonly artifacts: number;
  readonly artifactBytes: number;
  readonly loggedModels: number;
  readonly registeredModels: number;
  readonly modelVersions: number;
}

/** Something that could not be exported, or not as it was. */
export interface ExportProblem {
  /** E.g. `run "a1"`. */
  readonly what: string;
  readonly reason: string;
}

/** What came of an export. */
export interface ExportReport {
  /** What was brought to the store now. */
  readonly exported: ExportCounts;
  /** What an earlier export had brought there. */
  readonly present: Pick<ExportCounts, 'runs' | 'loggedModels' | 'modelVersions'>;
  readonly problems: readonly ExportProblem[];
}

/** How far an export is. */
export interface ExportProgress {
  readonly kind: 'experiment' | 'run' | 'loggedModel' | 'modelVersion';
  readonly name: string;
  readonly exported: ExportCounts;
}

/** Counts what is exported, and tells of it. */
export interface Recorder {
  add(counts: Partial<ExportCounts>): void;
  addPresent(counts: Partial<ExportReport['present']>): void;
  tell(kind: ExportProgress['kind'], name: string): void;
  problem(what: string, reason: string): void;
  /** Does something; what the store refuses for good becomes a problem. Any other failure ends the export. */
  attempt(what: string, work: () => Promise<void>): Promise<void>;
  report(): ExportReport;
}

const nothing: ExportCounts = {
  experiments: 0,
  runs: 0,
  metricPoints: 0,
  artifacts: 0,
  artifactBytes: 0,
  loggedModels: 0,
  registeredModels: 0,
  modelVersions: 0,
};

/** Starts to count. */
export function createRecorder(onProgress: ((progress: ExportProgress) => void) | undefined): Recorder {
  let exported = nothing;
  let present: ExportReport['present'] = { runs: 0, loggedModels: 0, modelVersions: 0 };
  const problems: ExportProblem[] = [];
  return {
    add(counts) {
      exported = sum(exported, counts);
    },
    addPresent(counts) {
      present = sum(present, counts);
    },
    tell(kind, name) {
      onProgress?.({ kind, name, exported });
    },
    problem(what, reason) {
      problems.push({ what, reason });
    },
    async attempt(what, work) {
      try {
        await work();
      } catch (error) {
        if (!isMlflowError(error) || !(isRefusal(error) || isServerFault(error))) throw error;
        problems.push({ what, reason: error.message });
      }
    },
    report: () => ({ exported, present, problems }),
  };
}

function sum<T extends Readonly<Record<keyof T, number>>>(a: T, b: Partial<T>): T {
  const keys = Object.keys(a) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + (b[key] ?? 0)])) as T;
}
