export { metricDefinitions, type MetricDefinition, type MetricLabel, type MetricName } from './metric-definitions.js';
export { monitoringMetrics } from './monitoring-metrics.js';
export type { PredictionRecord } from './prediction-record.js';
export type { LatencySummary, MonitoringLimits, MonitoringReport, WindowQuestion } from './report.js';
export { summariseWindow } from './summarise-window.js';
