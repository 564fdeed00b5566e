import type { MlflowError } from '../errors.js';
import { invalidValue } from '../faults.js';
import { bodyMessage, type Message } from './message.js';

/** A text that must be there, and not be empty. */
export function requiredText(message: Message, name: string): string {
  return optionalText(message, name) ?? refuse(missing(message, name));
}

/** A text; `undefined` when it is absent or empty, which MLflow does not tell apart. */
export function optionalText(message: Message, name: string): string | undefined {
  const text = anyText(message, name);
  return text === '' ? undefined : text;
}

/** A text that may be empty, as it is when it is left out. */
export function anyText(message: Message, name: string): string {
  const value = message.one(name);
  if (value === undefined) return '';
  return typeof value === 'string' ? value : refuse(wrongType(message, name, 'a text'));
}

/** A whole number that must be there. */
export function requiredInteger(message: Message, name: string): number {
  return optionalInteger(message, name) ?? refuse(missing(message, name));
}

/** A whole number, also as text; `undefined` when it is absent. */
export function optionalInteger(message: Message, name: string): number | undefined {
  const value = message.one(name);
  if (value === undefined) return undefined;
  const isWritten = typeof value === 'string' && /^-?\d{1,20}$/.test(value);
  const number = isWritten ? Number(value) : value;
  if (typeof number !== 'number') return refuse(wrongType(message, name, 'a whole number'));
  // Beyond this a number of JavaScript is not the number that was sent.
  return Number.isSafeInteger(number) ? number : refuse(wrongType(message, name, 'a whole number below 2^53'));
}

const notFinite = /^(?:NaN|-?Infinity)$/;
const decimal = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A number that must be there: also as text, and `NaN`, `Infinity`, `-Infinity`. */
export function requiredNumber(message: Message, name: string): number {
  const value = message.one(name);
  if (value === undefined || value === '') return refuse(missing(message, name));
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && (notFinite.test(value) || decimal.test(value))) return Number(value);
  return refuse(wrongType(message, name, 'a number, "NaN", "Infinity" or "-Infinity"'));
}

/** A truth value; `undefined` when it is absent. */
export function optionalFlag(message: Message, name: string): boolean | undefined {
  const value = message.one(name);
  if (value === undefined || typeof value === 'boolean') return value;
  const text = message.isQuery && typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  return refuse(wrongType(message, name, 'true or false'));
}

/** One of some names, or the number of one: protocol buffers count the names from 1. */
export function optionalChoice<T extends string>(message: Message, name: string, choices: readonly T[]): T | undefined {
  const value = message.one(name);
  if (value === undefined || value === '') return undefined;
  const position = typeof value === 'boolean' ? NaN : Number(value) - 1;
  const found = choices.find((choice) => choice === value) ?? choices[position];
  return found ?? refuse(wrongType(message, name, `one of ${choices.join(', ')}`));
}

/** A list of texts; empty when it is absent. */
export function textList(message: Message, name: string): string[] {
  const list = anyList(message, name);
  const isTexts = list.every((item): item is string => typeof item === 'string');
  return isTexts ? list : refuse(wrongType(message, name, 'a list of texts'));
}

/** A list of objects; empty when it is absent. */
export function messageList(message: Message, name: string): Message[] {
  return anyList(message, name).map((item, i) => {
    const place = `${message.place}${name}[${i}]`;
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return bodyMessage(item, `${place}.`);
    return refuse(invalidValue(`Cannot use the value of "${place}": it is not an object`, { field: place }));
  });
}

/** An object within another; an empty one when it is absent. */
export function innerMessage(message: Message, name: string): Message {
  const value = message.one(name) ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) return refuse(wrongType(message, name, 'an object'));
  return bodyMessage(value, `${message.place}${name}.`);
}

/** `[{ key, value }]` as a record; the last value of a key counts. */
export function textPairs(message: Message, name: string): Record<string, string> {
  return Object.fromEntries(
    messageList(message, name).map((pair) => [requiredText(pair, 'key'), anyText(pair, 'value')]),
  );
}

function anyList(message: Message, name: string): unknown[] {
  const value = message.many(name);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : refuse(wrongType(message, name, 'a list'));
}

function missing({ place }: Message, name: string): MlflowError {
  const field = `${place}${name}`;
  return invalidValue(`Missing value for required parameter "${field}"`, { field });
}

function wrongType(message: Message, name: string, expected: string): MlflowError {
  const field = `${message.place}${name}`;
  const shown = JSON.stringify(message.one(name)).slice(0, 100);
  return invalidValue(`Cannot use the value of "${field}": it is ${shown}, not ${expected}`, { field });
}

function refuse(error: MlflowError): never {
  throw error;
}
