"""The same loops in PyTorch, and stable-baselines3 where it is installed: one thread, one JSON line with a rate per second.

    agent_peer.py ppo <steps> | sac <width> <updates> | sb3-ppo <steps> | sb3-sac <width> <updates>
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
rng = np.random.default_rng(1)
torch.manual_seed(1)


class CartPoles:
    """CartPole-v1, vectorised in NumPy, the next episode beginning in the same step."""

    def __init__(self, count):
        self.count, self.state, self.steps = count, rng.uniform(-0.05, 0.05, (count, 4)), np.zeros(count)

    def step(self, action):
        x, v, angle, spin = self.state.T
        force = np.where(action == 1, 10.0, -10.0)
        cos, sin = np.cos(angle), np.sin(angle)
        shared = (force + 0.05 * spin**2 * sin) / 1.1
        spin_rate = (9.8 * sin - cos * shared) / (0.5 * (4 / 3 - 0.1 * cos**2 / 1.1))
        rate = shared - 0.05 * spin_rate * cos / 1.1
        self.state = np.stack([x + 0.02 * v, v + 0.02 * rate, angle + 0.02 * spin, spin + 0.02 * spin_rate], axis=1)
        self.steps += 1
        terminated = (np.abs(self.state[:, 0]) > 2.4) | (np.abs(self.state[:, 2]) > 0.2095)
        ended = terminated | (self.steps >= 500)
        self.state[ended] = rng.uniform(-0.05, 0.05, (ended.sum(), 4))
        self.steps[ended] = 0
        return np.ones(self.count, np.float32), terminated, ended


def mlp(inputs, outputs, widths, activation):
    layers, width = [], inputs
    for next_width in widths:
        layers += [nn.Linear(width, next_width), activation()]
        width = next_width
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def ppo(steps):
    """The recipe of the benchmark: 8 places, 32 steps, one batch of 256, 20 epochs."""
    places, horizon, epochs, gamma, lam, clip = 8, 32, 20, 0.98, 0.8, 0.2
    actor, critic = mlp(4, 2, [64, 64], nn.Tanh), mlp(4, 1, [64, 64], nn.Tanh)
    parameters = [*actor.parameters(), *critic.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=1e-3, eps=1e-5)
    env = CartPoles(places)
    begun, done = time.perf_counter(), 0
    while done < steps:
        seen, acts, logs, rewards, ends, terms = [], [], [], [], [], []
        for _ in range(horizon):
            obs = torch.as_tensor(env.state, dtype=torch.float32)
            with torch.no_grad():
                chances = torch.distributions.Categorical(logits=actor(obs))
                action = chances.sample()
                logs.append(chances.log_prob(action))
            reward, terminated, ended = env.step(action.numpy())
            seen.append(obs), acts.append(action), rewards.append(reward), ends.append(ended), terms.append(terminated)
        done += places * horizon
        with torch.no_grad():
            values = critic(torch.stack(seen)).squeeze(-1).numpy()
            last = critic(torch.as_tensor(env.state, dtype=torch.float32)).squeeze(-1).numpy()
        credit, running = np.zeros_like(values), np.zeros(places)
        for t in reversed(range(horizon)):
            following = last if t == horizon - 1 else values[t + 1]
            delta = rewards[t] + gamma * following * ~terms[t] - values[t]
            running = delta + gamma * lam * ~ends[t] * running
            credit[t] = running
        obs, action, old = torch.cat(seen), torch.cat(acts), torch.cat(logs)
        advantage = torch.as_tensor(credit.reshape(-1))
        returns = torch.as_tensor((credit + values).reshape(-1))
        for _ in range(epochs):
            order = torch.randperm(places * horizon)
            chances = torch.distributions.Categorical(logits=actor(obs[order]))
            batch = advantage[order]
            batch = (batch - batch.mean()) / (batch.std() + 1e-8)
            ratio = (chances.log_prob(action[order]) - old[order]).exp()
            gain = torch.min(ratio * batch, ratio.clamp(1 - clip, 1 + clip) * batch).mean()
            loss = -gain + 0.5 * (critic(obs[order]).squeeze(-1) - returns[order]).pow(2).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 0.5)
            optimizer.step()
    return done / (time.perf_counter() - begun)


def sac(width, updates):
    """Gradient steps of all networks on batches of 256, 3 observations, 1 action."""
    batch, observed, acting = 256, 3, 1
    actor = mlp(observed, 2 * acting, [width, width], nn.ReLU)
    critics = [mlp(observed + acting, 1, [width, width], nn.ReLU) for _ in range(2)]
    targets = [mlp(observed + acting, 1, [width, width], nn.ReLU) for _ in range(2)]
    log_alpha = torch.zeros(1, requires_grad=True)
    optimizers = [torch.optim.Adam(network.parameters(), lr=1e-3) for network in (actor, *critics)]
    alpha_optimizer = torch.optim.Adam([log_alpha], lr=1e-3)
    memory = [torch.randn(10_000, size) for size in (observed, acting, 1, observed)]

    def draw(obs):
        mean, log_std = actor(obs).chunk(2, dim=-1)
        log_std = log_std.clamp(-20, 2)
        noise = torch.randn_like(mean)
        raw = mean + log_std.exp() * noise
        log_prob = (-0.5 * noise**2 - log_std - 0.9189 - 2 * (np.log(2) - raw - nn.functional.softplus(-2 * raw))).sum(-1, keepdim=True)
        return raw.tanh(), log_prob

    begun = time.perf_counter()
    for _ in range(updates):
        rows = torch.randint(0, 10_000, (batch,))
        obs, act, reward, following = (column[rows] for column in memory)
        action, log_prob = draw(obs)
        alpha = log_alpha.exp().detach()
        alpha_loss = -(log_alpha * (log_prob + -acting).detach()).mean()
        alpha_optimizer.zero_grad(), alpha_loss.backward(), alpha_optimizer.step()
        with torch.no_grad():
            next_action, next_log = draw(following)
            joined = torch.cat([following, next_action], -1)
            goal = reward + 0.99 * (torch.min(*(target(joined) for target in targets)) - alpha * next_log)
        joined = torch.cat([obs, act.tanh()], -1)
        for critic, optimizer in zip(critics, optimizers[1:]):
            loss = 0.5 * (critic(joined) - goal).pow(2).mean()
            optimizer.zero_grad(), loss.backward(), optimizer.step()
        joined = torch.cat([obs, action], -1)
        loss = (alpha * log_prob - torch.min(*(critic(joined) for critic in critics))).mean()
        optimizers[0].zero_grad(), loss.backward(), optimizers[0].step()
        with torch.no_grad():
            for critic, target in zip(critics, targets):
                for own, slow in zip(critic.parameters(), target.parameters()):
                    slow.lerp_(own, 0.005)
    return updates / (time.perf_counter() - begun)


def sb3_ppo(steps):
    import stable_baselines3 as sb3
    from stable_baselines3.common.env_util import make_vec_env

    model = sb3.PPO("MlpPolicy", make_vec_env("CartPole-v1", n_envs=8), n_steps=32, batch_size=256, n_epochs=20, gamma=0.98, gae_lambda=0.8, learning_rate=1e-3, seed=1, device="cpu")  # fmt: skip
    begun = time.perf_counter()
    model.learn(steps)
    return model.num_timesteps / (time.perf_counter() - begun)


def sb3_sac(width, updates):
    import stable_baselines3 as sb3

    model = sb3.SAC("MlpPolicy", "Pendulum-v1", learning_rate=1e-3, learning_starts=100, policy_kwargs={"net_arch": [width, width]}, seed=1, device="cpu")  # fmt: skip
    begun = time.perf_counter()
    model.learn(updates + 100)
    return updates / (time.perf_counter() - begun)


kinds = {"ppo": ppo, "sac": sac, "sb3-ppo": sb3_ppo, "sb3-sac": sb3_sac}
kind, *numbers = sys.argv[1:]
versions = {"python": sys.version.split()[0], "torch": torch.__version__}
if kind.startswith("sb3"):
    import stable_baselines3

    versions["stable-baselines3"] = stable_baselines3.__version__
print(json.dumps({"perSecond": kinds[kind](*map(int, numbers)), "versions": versions}))
