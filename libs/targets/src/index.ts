export type { DescribedArm, DescribedRouter, ServiceDescription } from './describe-service.js';
export { TargetError, type TargetErrorCode } from './errors.js';
export type { ProgramCommand } from './launch-program.js';
export { createProcessTarget, type ProcessTarget } from './process-target.js';
export type { ArmRole, ServiceRole } from './service-state.js';
export type { ProcessTargetOptions } from './target-options.js';
