export { checkDataQuality } from './data/check-data-quality.js';
export type { DataQualityRules, DataRule, ValueRange } from './data/data-quality-rules.js';
export { checkMetrics, type CheckMetricsOptions, type MetricThresholds } from './metrics/check-metrics.js';
export {
  classificationMetrics,
  type ClassificationMetrics,
  type ClassMetrics,
} from './metrics/classification-metrics.js';
export { metricSpecs, type MetricName, type MetricSpec, type MetricTask } from './metrics/metric-specs.js';
export { phmScore } from './metrics/phm-score.js';
export { regressionMetrics, type RegressionMetrics } from './metrics/regression-metrics.js';
export { checkBaseline, type BaselineComparison } from './model/check-baseline.js';
export { checkConsistency, type ConsistencyComparison } from './model/check-consistency.js';
export { checkDrift } from './model/check-drift.js';
export { checkExport } from './model/check-export.js';
export { verdictToHtml } from './report/verdict-to-html.js';
export { giveVerdict, type Verdict, type VerdictInput } from './verdict/give-verdict.js';
export { checkActions, checkViolations, type ActionRecord, type ViolationRecord } from './agent/check-agent.js';
