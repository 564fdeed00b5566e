export { CapturingLogger, type LogLine } from './capturing-logger.js';
export { FakeClock } from './fake-clock.js';
