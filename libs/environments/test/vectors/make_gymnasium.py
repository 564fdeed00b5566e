"""Episodes of Gymnasium for src/reference/reference-environments.test.ts: a start, actions, and what came of them."""

import json
import pathlib

import gymnasium
import numpy as np

rng = np.random.default_rng(7)


def mountain_car_pushes(velocity):
    """Push along, which reaches the flag."""
    return 1.0 if velocity >= 0 else -1.0


def episode(name, start, steps):
    env = gymnasium.make(name).unwrapped
    env.reset(seed=0)
    env.state = np.array(start, dtype=np.float64)
    if name == "CartPole-v1":
        env.steps_beyond_terminated = None
    out = {"start": list(start), "actions": [], "states": [], "observations": [], "rewards": [], "terminated": []}
    for i in range(steps):
        if name == "CartPole-v1":
            action = int(rng.integers(2)) if i % 2 else int(env.state[2] > 0)
            given = action
        elif name == "MountainCarContinuous-v0" and start[0] > -0.55:
            action = mountain_car_pushes(env.state[1])
            given = np.array([action])
        else:
            high = float(env.action_space.high[0])
            action = float(np.float32(rng.uniform(-high, high)))
            given = np.array([action])
        seen, reward, terminated, _, _ = env.step(given)
        out["actions"].append(action)
        out["states"].append([float(x) for x in env.state])
        out["observations"].append([float(x) for x in seen])
        out["rewards"].append(float(reward))
        out["terminated"].append(bool(terminated))
        if terminated:
            break
    return out


result = {"made_by": f"make_gymnasium.py, Gymnasium {gymnasium.__version__}, NumPy {np.__version__}"}
result["CartPole-v1"] = [episode("CartPole-v1", rng.uniform(-0.05, 0.05, 4), 120) for _ in range(5)]
result["Pendulum-v1"] = [episode("Pendulum-v1", [rng.uniform(-3, 3), rng.uniform(-1, 1)], 40) for _ in range(5)]
result["MountainCarContinuous-v0"] = [
    episode("MountainCarContinuous-v0", [x, 0.0], 130) for x in (-0.6, -0.58, -0.52, -0.5, -0.4)
]
pathlib.Path(__file__).with_name("gymnasium.json").write_text(json.dumps(result) + "\n")
