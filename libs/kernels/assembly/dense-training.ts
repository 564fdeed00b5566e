/** Derivative of a loss for what went into tanh or the rectifier, from y that came out: dy · (1 − y²), or dy where y > 0. */
export function activationGradient(y: usize, dy: usize, dz: usize, size: u32, isTanh: bool): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let i: u32 = 0;
  for (; i + 4 <= size; i += 4) {
    const at = i << 2;
    const out = v128.load(y + at);
    const slope = v128.load(dy + at);
    const passed = isTanh
      ? f32x4.mul(slope, f32x4.sub(one, f32x4.mul(out, out)))
      : v128.and(slope, f32x4.gt(out, zero));
    v128.store(dz + at, passed);
  }
  for (; i < size; i++) {
    const at = i << 2;
    const out = load<f32>(y + at);
    const slope = load<f32>(dy + at);
    store<f32>(dz + at, isTanh ? slope * (1 - out * out) : out > 0 ? slope : 0);
  }
}

/**
 * One step of Adam (Kingma & Ba 2015) on `size` parameters, with the gradient times `scale`:
 *
 *   m = β1·m + (1 − β1)·g,  v = β2·v + (1 − β2)·g²,  p = p − rate·m / (√v · root + ε)
 *
 * The corrections of the bias are in `rate`, the learning rate over 1 − β1^t, and in `root`, 1 / √(1 − β2^t). `rest1` is 1 − β1, `rest2`
 * 1 − β2: taken in single precision here, the latter would be off by 1e-5 of itself.
 */
export function adamStep(
  parameters: usize,
  gradients: usize,
  m: usize,
  v: usize,
  size: u32,
  scale: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  rate: f32,
  root: f32,
  epsilon: f32,
): void {
  let i: u32 = 0;
  for (; i + 4 <= size; i += 4) {
    const at = i << 2;
    const g = f32x4.mul(v128.load(gradients + at), f32x4.splat(scale));
    const mean = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m + at)), f32x4.mul(f32x4.splat(rest1), g));
    const square = f32x4.mul(f32x4.splat(rest2), f32x4.mul(g, g));
    const variance = f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(v + at)), square);
    const divisor = f32x4.add(f32x4.mul(f32x4.sqrt(variance), f32x4.splat(root)), f32x4.splat(epsilon));
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), mean), divisor);
    v128.store(m + at, mean);
    v128.store(v + at, variance);
    v128.store(parameters + at, f32x4.sub(v128.load(parameters + at), step));
  }
  for (; i < size; i++) {
    const at = i << 2;
    const g = load<f32>(gradients + at) * scale;
    const mean = beta1 * load<f32>(m + at) + rest1 * g;
    const variance = beta2 * load<f32>(v + at) + rest2 * (g * g);
    store<f32>(m + at, mean);
    store<f32>(v + at, variance);
    store<f32>(parameters + at, load<f32>(parameters + at) - (rate * mean) / (sqrt<f32>(variance) * root + epsilon));
  }
}
