/** The whole of a body, or what has arrived of it once that is `limitBytes`. */
export async function readBytes(body: AsyncIterable<Uint8Array>, limitBytes?: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (limitBytes !== undefined && size >= limitBytes) break;
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
