const accepted = 'application/json, text/csv, application/vnd.apache.parquet';
const tabularTypes = ['text/csv', 'application/vnd.apache.parquet'];

/** Why a body cannot be read, as MLflow's scoring server would answer. */
export interface ContentTypeProblem {
  readonly statusCode: 400 | 415;
  readonly message: string;
}

/**
 * Checks the content type of a scoring request: JSON in UTF-8. Another charset, or any other parameter, is refused as
 * MLflow refuses it. The tabular types of the protocol are known but carry no tensor.
 *
 * @example
 * ```ts
 * import { contentTypeProblem } from '@i-drill/serving';
 * contentTypeProblem('application/json; charset=UTF-8'); // => undefined
 * contentTypeProblem('application/json; charset=latin-1')?.statusCode; // => 415
 * contentTypeProblem('text/csv')?.statusCode; // => 400
 * ```
 */
export function contentTypeProblem(contentType: string | undefined): ContentTypeProblem | undefined {
  const [type = '', ...rest] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const parameters = rest.filter((part) => part !== '');
  if (parameters.some((parameter) => !/^charset="?utf-8"?$/.test(parameter))) {
    return unsupported(`only the parameter charset=utf-8 is allowed, got "${parameters.join('; ')}"`);
  }
  if (type === 'application/json') return undefined;
  if (tabularTypes.includes(type)) {
    const message = `"${type}" is for models with columns; this model has a tensor signature: send application/json`;
    return { statusCode: 400, message };
  }
  return unsupported(`the content type must be one of ${accepted}; got "${type}"`);
}

function unsupported(message: string): ContentTypeProblem {
  return { statusCode: 415, message };
}
