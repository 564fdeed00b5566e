import { onAbort } from './on-abort.js';
import type { RestSettings } from './settings.js';

const longestTimerMs = 2 ** 31 - 1;

/** Ends one try of a call: when the caller wants it, or when nothing has happened for too long. */
export interface Watch {
  /** For the transport. */
  readonly signal: AbortSignal;
  /** Something happened: the wait begins anew. */
  restart(): void;
  /** The other side is not to blame for what follows: no wait until `restart`. */
  pause(): void;
  /** The try is over. */
  end(): void;
  /** Whether the wait was too long. */
  hasTimedOut(): boolean;
}

/** Watches over a try that begins now. */
export function watchTry({ signal, timeoutMs }: Pick<RestSettings, 'signal' | 'timeoutMs'>): Watch {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isSlow = false;
  const pause = (): void => {
    clearTimeout(timer);
  };
  const restart = (): void => {
    pause();
    timer = setTimeout(giveUp, Math.min(timeoutMs, longestTimerMs));
  };
  const giveUp = (): void => {
    isSlow = true;
    controller.abort();
  };
  const obey = (): void => {
    controller.abort(signal?.reason);
  };
  const forget = signal && onAbort(signal, obey);
  restart();
  return {
    signal: controller.signal,
    restart,
    pause,
    end() {
      pause();
      forget?.();
    },
    hasTimedOut: () => isSlow,
  };
}
