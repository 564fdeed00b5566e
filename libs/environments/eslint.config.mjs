import { projectConfig } from '../../config/eslint/project.mjs';

export default projectConfig('pure', import.meta.dirname);
