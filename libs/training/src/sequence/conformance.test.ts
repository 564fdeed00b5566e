import { describe } from 'vitest';
import { architectureTitle, exampleArchitectures } from '../testing/example-architectures.js';
import { gradientConformance } from '../testing/gradient-conformance.js';
import { modelConformance } from '../testing/model-conformance.js';

for (const architecture of exampleArchitectures) {
  describe(architectureTitle(architecture), () => {
    gradientConformance(architecture);
    modelConformance(architecture);
  });
}
