/** A signal that is aborted by the first Ctrl-C or SIGTERM; the second one ends the process as usual. */
export function onInterruption(say: (line: string) => void): AbortController {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    say(`${signal}: finishing what must be saved; again to stop at once`);
    controller.abort(signal);
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller;
}
