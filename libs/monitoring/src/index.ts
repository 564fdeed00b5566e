export type { PredictionRecord } from './prediction-record.js';
export type { LatencySummary, MonitoringLimits, MonitoringReport, WindowQuestion } from './report.js';
