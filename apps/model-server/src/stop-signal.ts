/**
 * Resolves when the process is asked to stop: SIGTERM, Ctrl-C, or the launcher that started it is gone. Asking again
 * changes nothing.
 */
export function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
    process.once('disconnect', () => {
      resolve('the launcher is gone');
    });
    // Listening must not keep a process alive that has nothing else to do.
    process.channel?.unref();
  });
}
