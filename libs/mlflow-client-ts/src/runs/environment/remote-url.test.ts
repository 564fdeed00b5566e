import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicRemoteUrl } from './remote-url.js';

describe('publicRemoteUrl()', () => {
  it.each([
    ['https://user:token@host.org/a/b.git', 'https://host.org/a/b.git'],
    ['https://token@host.org:8443/a?private_token=x#y', 'https://host.org:8443/a'],
    ['ssh://git@host.org/a.git', 'ssh://host.org/a.git'],
    ['git@host.org:a/b.git', 'git@host.org:a/b.git'],
    ['user:secret@host.org:a/b.git', 'host.org:a/b.git'],
    ['git+https://token@host.org/a.git#v1', 'git+https://host.org/a.git'],
    ['/srv/git/a.git', '/srv/git/a.git'],
    ['^1.2.3', '^1.2.3'],
  ])('writes %s as %s', (url, shown) => {
    expect(publicRemoteUrl(url)).toBe(shown);
  });

  it('never shows a password', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9@:%]{1,12}$/);
    fc.assert(
      fc.property(word, word, (user, password) => {
        expect(publicRemoteUrl(`https://${user}:SECRET${password}@host.org/a`)).toBe('https://host.org/a');
      }),
    );
  });
});
