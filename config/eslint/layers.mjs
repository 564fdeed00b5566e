// Imports go downwards only; see DESIGN: foundation <- algorithm <- domain <- workflow, adapters implement domain ports.
const foundation = ['layer:foundation'];
const algorithm = [...foundation, 'layer:algorithm'];
// Domain libraries never import one another: no 'layer:domain' here.
const domain = algorithm;
const workflow = [...algorithm, 'layer:domain'];
const adapter = [...algorithm, 'layer:domain', 'layer:adapter'];
const app = [...workflow, 'layer:workflow', 'layer:adapter', 'layer:app'];

/** What each layer may import, for `@nx/enforce-module-boundaries`. */
export const layerConstraints = [
  { sourceTag: 'layer:foundation', onlyDependOnLibsWithTags: foundation },
  { sourceTag: 'layer:algorithm', onlyDependOnLibsWithTags: algorithm },
  { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: domain },
  { sourceTag: 'layer:workflow', onlyDependOnLibsWithTags: workflow },
  { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: adapter },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: app },
  { sourceTag: 'layer:testkit', onlyDependOnLibsWithTags: foundation },
];

/** Test files may also import the testkit, and contract suites of the libraries whose ports they implement. */
export const testConstraints = [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }];
