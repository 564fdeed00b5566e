#!/usr/bin/env bash
# Makes .venv/torch in the repository root with the pinned PyTorch, once, and prints the path of its Python.
# For benchmarks only. PyPI's wheel for Linux x86-64 is the CUDA build and does not load without CUDA's libraries: 3 GB to
# download, 5 GB on disk. It computes on the processor all the same.
# Another folder: TORCH_VENV=/path. Another Python: PYTHON=python3.12 ensure-venv.sh.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
venv="${TORCH_VENV:-$root/.venv/torch}"
requirements="$here/requirements.txt"
stamp="$venv/.requirements.txt"
python="$venv/bin/python"

if [[ -x "$python" ]] && cmp -s "$requirements" "$stamp"; then
  echo "$python"
  exit 0
fi

[[ -x "$python" ]] || "${PYTHON:-python3}" -m venv "$venv" >&2
"$python" -m pip install --disable-pip-version-check --quiet -r "$requirements" >&2
# The stamp comes last: an interrupted installation is repeated.
cp "$requirements" "$stamp"
echo "$python"
