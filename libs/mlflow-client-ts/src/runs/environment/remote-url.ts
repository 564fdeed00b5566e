/**
 * The address of a git remote without what may be secret in it: user and password before `@`, query and fragment. `git@host:path` stays, as the
 * user there is part of the address and no secret.
 */
export function publicRemoteUrl(url: string): string {
  const withScheme = /^([a-z][a-z\d+.-]*:\/\/)(?:[^/]*@)?([^?#]*)/i.exec(url);
  if (withScheme !== null) return `${withScheme[1] ?? ''}${withScheme[2] ?? ''}`;
  const secretUser = /^[^/@]*:[^/]*@(.*)$/.exec(url);
  return secretUser?.[1] ?? url;
}
