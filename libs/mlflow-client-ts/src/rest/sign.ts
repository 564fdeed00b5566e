/** A request that is about to be sent. */
export interface RequestToSign {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` when there is none, and for one that is streamed. */
  readonly body: Uint8Array | undefined;
}

/**
 * Gives headers to add to a request, or to replace in it (AWS SigV4, a fresh token, …). Called for every try of every request to the tracking server, and for
 * no other server.
 */
export type SignRequest = (
  request: RequestToSign,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** The hook failed, for the reason that is its cause: nothing was sent. */
export class UnsignedRequest extends Error {
  override readonly name = 'UnsignedRequest';
}
