#!/usr/bin/env bash
# Makes .venv/mlflow in the repository root with the pinned MLflow, once, and prints the path of its Python.
# Another folder: MLFLOW_VENV=/path ensure-venv.sh. Another Python: PYTHON=python3.12 ensure-venv.sh.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
venv="${MLFLOW_VENV:-$root/.venv/mlflow}"
stamp="$venv/.requirements.txt"
python="$venv/bin/python"

if [[ -x "$python" ]] && cmp -s "$here/requirements.txt" "$stamp"; then
  echo "$python"
  exit 0
fi

mkdir -p "$(dirname "$venv")"
exec 9>"$venv.lock"
if command -v flock >/dev/null; then flock 9; fi

if ! { [[ -x "$python" ]] && cmp -s "$here/requirements.txt" "$stamp"; }; then
  [[ -x "$python" ]] || "${PYTHON:-python3}" -m venv "$venv" >&2
  "$python" -m pip install --disable-pip-version-check --quiet -r "$here/requirements.txt" >&2
  # The stamp comes last: an interrupted installation is repeated.
  cp "$here/requirements.txt" "$stamp"
fi
echo "$python"
