import { crc32 } from 'node:zlib';
import type { Metric } from '../api/metrics.js';
import type { RunOperation } from './operation.js';

const linePattern = /^\{"seq":(\d+),"crc":"([0-9a-f]{8})","op":(.*)\}$/s;

/** The line of an operation, with its number in the journal and a checksum over both. */
export function encodeLine(seq: number, operation: RunOperation): string {
  const text = encodeOperation(operation);
  return `{"seq":${seq},"crc":"${checksum(seq, text)}","op":${text}}\n`;
}

/** An operation as JSON text. */
export function encodeOperation(operation: RunOperation): string {
  return JSON.stringify(operation, encodeNumber);
}

/** The number and the JSON text of an operation; `undefined` when the line is not what was written. */
export function splitLine(line: string): { readonly seq: number; readonly text: string } | undefined {
  const [, number = '', crc, text = ''] = linePattern.exec(line) ?? [];
  const seq = Number(number);
  return crc !== undefined && crc === checksum(seq, text) ? { seq, text } : undefined;
}

/** The operation of a JSON text. */
export function decodeOperation(text: string): RunOperation {
  const operation = JSON.parse(text) as RunOperation;
  if (operation.type !== 'logBatch' || operation.batch.metrics === undefined) return operation;
  const metrics = operation.batch.metrics.map(decodeMetric);
  return { ...operation, batch: { ...operation.batch, metrics } };
}

function decodeMetric(metric: Omit<Metric, 'value'> & { readonly value: number | string }): Metric {
  return { ...metric, value: Number(metric.value) };
}

// JSON has no NaN and no infinities, and would lose the sign of zero.
function encodeNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function checksum(seq: number, text: string): string {
  return crc32(`${seq} ${text}`).toString(16).padStart(8, '0');
}
