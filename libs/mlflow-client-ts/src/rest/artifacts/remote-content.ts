import { MlflowError } from '../../errors.js';
import type { ContentSource, OpenedContent, WantedRange } from '../../artifacts/content-source.js';
import type { HttpCall } from '../http-call.js';
import type { StreamingHttp } from '../http.js';
import { readBytes } from '../read-body.js';
import { retryDelay } from '../retry-delay.js';
import { pause } from '../send-repeatedly.js';
import { withoutCredentials, type RestSettings } from '../settings.js';
import type { TransportResponse } from '../transport/transport.js';

const repeatableCodes = new Set(['MLFLOW_UNREACHABLE', 'MLFLOW_TIMEOUT']);

/** An artifact that is fetched over HTTP, from where an earlier try ended when the server honours Range. */
export function remoteContent(settings: RestSettings, http: StreamingHttp, call: HttpCall): ContentSource {
  return {
    address: withoutCredentials(call.path),
    action: call.action,
    async open(wanted) {
      if (wanted === undefined) return openWhole(http, call);
      return (await openRest(http, call, wanted)) ?? openWhole(http, call);
    },
    async waitToRepeat(error, attempt) {
      if (!(error instanceof MlflowError) || !repeatableCodes.has(error.code)) return false;
      const delayMs = retryDelay(settings, { attempt, isIdempotent: true });
      if (delayMs === undefined) return false;
      await pause(settings, call, delayMs);
      return true;
    },
  };
}

async function openWhole(http: StreamingHttp, call: HttpCall): Promise<OpenedContent> {
  return wholeOf(await http.stream(call));
}

/** The rest of the same version; `undefined` when the server gives something else. */
async function openRest(http: StreamingHttp, call: HttpCall, wanted: WantedRange): Promise<OpenedContent | undefined> {
  const { offset, validator } = wanted;
  const isStrong = validator !== undefined && !validator.startsWith('W/');
  const headers = { ...call.headers, range: `bytes=${offset}-`, ...(isStrong && { 'if-range': validator }) };
  const answer = await http.stream({ ...call, headers }).catch((error: unknown) => {
    if (error instanceof MlflowError && error.httpStatus === 416) return undefined; // it is not that long any more
    throw error;
  });
  if (answer === undefined) return undefined;
  if (answer.status !== 206) return wholeOf(answer);
  if (isContinuation(answer, wanted)) return restOf(answer, offset);
  await readBytes(answer.body, 0);
  return undefined;
}

const contentRange = /^bytes (\d+)-\d+\/(\d+|\*)$/;

/** Whether it begins where it should, and is of the same version as far as anything tells. */
function isContinuation({ headers }: TransportResponse, { offset, validator }: WantedRange): boolean {
  if (headers['content-encoding'] !== undefined) return false; // the range would be one of what is compressed
  const start = Number(contentRange.exec(headers['content-range'] ?? '')?.[1]);
  return start === offset && (validator === undefined || validatorOf(headers) === validator);
}

function restOf({ headers, body }: TransportResponse, offset: number): OpenedContent {
  const total = Number(contentRange.exec(headers['content-range'] ?? '')?.[2]);
  return { offset, sizeBytes: Number.isNaN(total) ? undefined : total, validator: validatorOf(headers), body };
}

function wholeOf({ headers, body }: TransportResponse): OpenedContent {
  const length = headers['content-length'];
  return {
    offset: 0,
    sizeBytes: length === undefined ? undefined : Number(length),
    validator: validatorOf(headers),
    body,
  };
}

/** The ETag, else the time of the last change. */
function validatorOf(headers: Readonly<Record<string, string>>): string | undefined {
  return headers['etag'] ?? headers['last-modified'];
}
