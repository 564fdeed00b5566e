import { randomUUID } from 'node:crypto';
import { isNotFound } from '../error-guards.js';
import { callApi, callForObject, type ApiCall, type Recover, type RestContext } from './api.js';
import { requestTag, toRequestId } from './wire/request-tag.js';
import { toPairs, type Wire } from './wire/values.js';

/** A create whose body can carry tags. */
export interface CreateCall {
  readonly call: Omit<ApiCall, 'body' | 'isIdempotent' | 'recover'>;
  /** The object in the answer. @default the answer itself */
  readonly part?: string;
  readonly body: object;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Finds what a call with that id made, in the form of that object. */
  readonly find: (requestId: string) => Promise<Wire | undefined>;
}

/**
 * Makes something on a server exactly once: it carries a tag of this client's making, by which an earlier try that had its effect, though its
 * answer was lost, is found before the next one.
 */
export function createOnce(context: RestContext, { call, part, body, tags = {}, find }: CreateCall): Promise<Wire> {
  const requestId = randomUUID();
  const guarded = {
    ...call,
    body: { ...body, tags: toPairs({ ...tags, [requestTag]: requestId }) },
    isIdempotent: false,
    recover: async (): Promise<Wire | undefined> => {
      const made = await find(requestId);
      return made === undefined || part === undefined ? made : { [part]: made };
    },
  };
  return part === undefined ? callApi(context, guarded) : callForObject(context, guarded, part);
}

/** The filter that finds what a call with that id made. */
export function byRequestId(requestId: string): string {
  return `tags.\`${requestTag}\` = '${requestId}'`;
}

/** The one with a name, when a call with that id made it. */
export async function madeBy(
  requestId: string,
  get: () => Promise<Wire>,
  tagsOf: (found: Wire) => unknown,
): Promise<Wire | undefined> {
  const found = await absentWhen(isNotFound, get);
  return found !== undefined && toRequestId(tagsOf(found)) === requestId ? found : undefined;
}

/** For a delete whose answer was lost: it was done when what it deletes cannot be found, or is marked as deleted. */
export function recoverDelete<T>(get: () => Promise<T>, isDeleted: (found: T) => boolean = () => false): Recover {
  return async () => {
    const found = await absentWhen(isNotFound, get);
    return found === undefined || isDeleted(found) ? {} : undefined;
  };
}

/** For a change whose answer was lost: it was done when the state is the wanted one. */
export function recoverChange(isDone: () => Promise<boolean>): Recover {
  return async () => ((await isDone()) ? {} : undefined);
}

/** What `get` gives; `undefined` when it fails with an error that means absence. */
export async function absentWhen<T>(
  isAbsence: (error: unknown) => boolean,
  get: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}
