import type { Value } from '../graph/graph-writer.js';
import type { NetworkWriter } from '../graph/network-writer.js';

/** What an attention works on. */
export interface AttentionLayer {
  readonly name: string;
  readonly steps: number;
  /** Width of a token, D. */
  readonly width: number;
  readonly heads: number;
}

/**
 * Self-attention between the steps of each window, softmax(Q · Kᵀ / √d) · V per head, after the projections.
 *
 * @param projected Q, K and V side by side, shape [N · T, 3D]; each is its heads side by side, d = D / heads columns wide
 * @returns shape [N · T, D]
 */
export function attention({ graph }: NetworkWriter, projected: Value, layer: AttentionLayer): Value {
  const { name, steps, width, heads } = layer;
  const size = width / heads;
  const named = (part: string): string => `${name}.${part}`;
  const apart = graph.add('Reshape', [projected, graph.integers(-1, steps, 3 * heads, size)], named('apart'));
  const headsFirst = graph.add('Transpose', [apart], named('heads'), { perm: [0, 2, 1, 3] }); // [N, 3 · heads, T, d]
  const lengths = graph.integers(heads, heads, heads);
  const parts = graph.addWithOutputs('Split', [headsFirst, lengths], ['q', 'k', 'v'].map(named), { axis: 1 });
  const [q, k, v] = parts as [Value, Value, Value]; // [N, heads, T, d] each
  const scale = graph.constant(named('scale'), Float32Array.of(1 / Math.sqrt(size)), []);
  const scaled = graph.add('Mul', [q, scale], named('scaled'));
  const columns = graph.add('Transpose', [k], named('columns'), { perm: [0, 1, 3, 2] });
  const scores = graph.add('MatMul', [scaled, columns], named('scores')); // [N, heads, T, T]
  const shares = graph.add('Softmax', [scores], named('shares'), { axis: -1 });
  const attended = graph.add('MatMul', [shares, v], named('attended'));
  const stepsFirst = graph.add('Transpose', [attended], named('steps'), { perm: [0, 2, 1, 3] });
  return graph.add('Reshape', [stepsFirst, graph.integers(-1, width)], named('output'));
}
