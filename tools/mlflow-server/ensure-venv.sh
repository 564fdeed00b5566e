#!/usr/bin/env bash
# Makes .venv/mlflow in the repository root with the pinned MLflow, once, and prints the path of its Python.
# The oldest supported MLflow, in .venv/mlflow-2: ensure-venv.sh 2.
# Another folder: MLFLOW_VENV=/path (MLFLOW_2_VENV for the oldest). Another Python: PYTHON=python3.12 ensure-venv.sh.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
case "${1:-3}" in
  3) venv="${MLFLOW_VENV:-$root/.venv/mlflow}" requirements="$here/requirements.txt" ;;
  2) venv="${MLFLOW_2_VENV:-$root/.venv/mlflow-2}" requirements="$here/requirements-2.txt" ;;
  *) echo "usage: ensure-venv.sh [2|3]" >&2 && exit 2 ;;
esac
stamp="$venv/.requirements.txt"
python="$venv/bin/python"

if [[ -x "$python" ]] && cmp -s "$requirements" "$stamp"; then
  echo "$python"
  exit 0
fi

mkdir -p "$(dirname "$venv")"
exec 9>"$venv.lock"
if command -v flock >/dev/null; then flock 9; fi

if ! { [[ -x "$python" ]] && cmp -s "$requirements" "$stamp"; }; then
  [[ -x "$python" ]] || "${PYTHON:-python3}" -m venv "$venv" >&2
  "$python" -m pip install --disable-pip-version-check --quiet -r "$requirements" >&2
  # The stamp comes last: an interrupted installation is repeated.
  cp "$requirements" "$stamp"
fi
echo "$python"
