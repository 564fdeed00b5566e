const reason = 'a pure library takes time, randomness and output as arguments (a clock, an rng, a logger)';

/** Rules for libraries tagged `env:pure`: nothing that reads the world. The compiler (`types: []`) bans the rest. */
export const purityRules = {
  'no-restricted-syntax': [
    'error',
    {
      selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
      message: `Math.random(): ${reason}`,
    },
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: `Date.now(): ${reason}`,
    },
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `new Date(): ${reason}` },
    { selector: 'ImportDeclaration[source.value=/^node:/]', message: `node modules: ${reason}` },
    { selector: 'TSEnumDeclaration', message: 'closed sets are unions of strings' },
  ],
};

/** The same style rule for libraries that may read the world. */
export const styleRules = {
  'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'closed sets are unions of strings' }],
};
