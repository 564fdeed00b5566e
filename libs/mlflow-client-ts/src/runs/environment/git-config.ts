/** The address of remote `origin`, else of the first remote, as a `.git/config` has it. */
export function remoteUrlOf(config: string): string | undefined {
  const urls = new Map<string, string>();
  let remote: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) remote = /^remote\s+"(.*)"$/.exec(section)?.[1];
    const url = /^\s*url\s*=\s*(.*?)\s*$/.exec(line)?.[1];
    if (remote !== undefined && url !== undefined && !urls.has(remote)) urls.set(remote, url.replace(/^"(.*)"$/, '$1'));
  }
  return urls.get('origin') ?? [...urls.values()][0];
}

/** The commit that a `packed-refs` file has for a ref. */
export function packedRef(packedRefs: string, ref: string): string | undefined {
  const line = packedRefs.split(/\r?\n/).find((text) => text.endsWith(` ${ref}`));
  return line?.slice(0, line.indexOf(' '));
}
