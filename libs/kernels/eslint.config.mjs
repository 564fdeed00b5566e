import { projectConfig } from '../../config/eslint/project.mjs';

// `assembly` is AssemblyScript: its own compiler checks it.
export default [{ ignores: ['**/assembly'] }, ...projectConfig('pure', import.meta.dirname)];
