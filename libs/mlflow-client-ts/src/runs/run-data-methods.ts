import type { Metric } from '../api/metrics.js';
import { assertKey } from '../checks/keys.js';
import { assertModelId } from '../checks/names.js';
import { assertBatch, assertDatasets } from '../checks/run-data.js';
import type { ActiveRun, MetricOptions } from './active-run.js';
import { assertParamsUnchanged } from './known-params.js';
import { countMetricSteps } from './metric-steps.js';
import { paramTexts, type ParamValue } from './param-text.js';
import type { RunContext } from './run-context.js';

type DataMethods = Pick<
  ActiveRun,
  'logMetric' | 'logMetrics' | 'logParam' | 'logParams' | 'setTag' | 'setTags' | 'deleteTag' | 'logInput' | 'logInputs'
>;

/** Metrics, params, tags and inputs of a run. */
export function runDataMethods(context: RunContext): DataMethods {
  const { writer } = context;
  const logMetrics = metricLogging(context);
  const logParams = paramLogging(context);
  const setTags = (tags: Readonly<Record<string, string>>): void => {
    assertBatch({ tags });
    writer.add({ tags });
  };
  const logInputs: ActiveRun['logInputs'] = (datasets, modelIds = []) => {
    assertDatasets(datasets);
    modelIds.forEach(assertModelId);
    writer.append({ type: 'logInputs', datasets, modelIds });
  };
  return {
    logMetric: (key, value, options) => {
      logMetrics({ [key]: value }, options);
    },
    logMetrics,
    logParam: (key, value) => {
      logParams({ [key]: value });
    },
    logParams,
    setTag: (key, value) => {
      setTags({ [key]: value });
    },
    setTags,
    deleteTag(key) {
      assertKey('tag', key);
      writer.append({ type: 'deleteTag', key });
    },
    logInput: (dataset) => {
      logInputs([dataset]);
    },
    logInputs,
  };
}

function metricLogging({ writer, ports, resumed }: RunContext): ActiveRun['logMetrics'] {
  const steps = countMetricSteps(new Set(Object.keys(resumed?.metrics ?? {})));
  return (values, options = {}) => {
    const timestamp = options.timestamp ?? ports.now();
    const points = Object.entries(values).map(([key, value]) => point(key, value, timestamp, options));
    // Checked before any step is counted: a refused call changes nothing.
    assertBatch({ metrics: points });
    writer.add({ metrics: points.map((each) => ({ ...each, step: steps.next(each.key, options.step) })) });
  };
}

function point(key: string, value: number, timestamp: number, options: MetricOptions): Metric {
  const { step = 0, dataset, modelId } = options;
  if (modelId !== undefined) assertModelId(modelId);
  return {
    key,
    value,
    timestamp,
    step,
    ...(modelId !== undefined && { modelId }),
    ...(dataset !== undefined && { datasetName: dataset.name, datasetDigest: dataset.digest }),
  };
}

function paramLogging({ writer, resumed }: RunContext): ActiveRun['logParams'] {
  const known = new Map(Object.entries(resumed?.params ?? {}));
  return (values: Readonly<Record<string, ParamValue>>) => {
    const params = paramTexts(values);
    assertBatch({ params });
    assertParamsUnchanged(known, params);
    writer.add({ params });
    for (const [key, text] of Object.entries(params)) known.set(key, text);
  };
}
