import type { CommandContext } from '../context.js';
import { openService } from './service.js';

/**
 * Does work that may start a service, and stops the service at the end if this work started it. A service that ran before
 * goes on: it is somebody's.
 */
export async function withOwnService<T>(
  context: CommandContext,
  { modelName, keepServing }: { readonly modelName: string; readonly keepServing: boolean },
  work: () => Promise<T>,
): Promise<T> {
  const before = await openService(context, modelName, []).describeService();
  const isOurs = before.router?.alive !== true;
  try {
    return await work();
  } finally {
    if (isOurs && !keepServing) await stopQuietly(context, modelName);
  }
}

/** The work's own outcome counts; a service that cannot be stopped is told beside it. */
async function stopQuietly(context: CommandContext, modelName: string): Promise<void> {
  try {
    await openService(context, modelName, []).shutDown();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.output.logger.error(`The service of "${modelName}" could not be stopped: ${reason}`);
  }
}
