"""Writes every endpoint that the installed MLflow server answers: python mlflow_endpoints.py <folder>

The result is mlflow-endpoints-<version>.json: one entry per path with its methods, as the routers of the running application have
them (Flask's url_map, and FastAPI's routes where the server has them). Parameters are written `{name}`. Endpoints that only
`mlflow server --app-name basic-auth` has are marked `"app": "basic-auth"`.
"""

import json
import os
import re
import secrets
import sys
import tempfile
import types
import warnings

warnings.filterwarnings("ignore")
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
# The basic-auth application does not start without them.
os.environ["MLFLOW_FLASK_SERVER_SECRET_KEY"] = secrets.token_hex(16)
os.environ["MLFLOW_AUTH_ADMIN_PASSWORD"] = secrets.token_hex(16)
target = os.path.abspath(sys.argv[1])
os.chdir(tempfile.mkdtemp())  # where the basic-auth application makes its database

try:
    import flask_wtf  # noqa: F401
except ImportError:
    # An extra of the basic-auth application, which guards forms; it has no endpoints.
    csrf = types.ModuleType("flask_wtf.csrf")
    csrf.CSRFProtect = type("CSRFProtect", (), {"init_app": lambda *_: None, "exempt": lambda _, view: view})
    sys.modules["flask_wtf"], sys.modules["flask_wtf.csrf"] = types.ModuleType("flask_wtf"), csrf

import mlflow  # noqa: E402
from mlflow.server import app as flask_app  # noqa: E402

IMPLIED = {"HEAD", "OPTIONS"}


def endpoints_of(fastapi_app):
    endpoints = {}

    def add(path, methods):
        plain = re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", path)  # Flask
        plain = re.sub(r"\{([a-z_]+):[a-z]+\}", r"{\1}", plain)  # Starlette
        endpoints.setdefault(plain, set()).update(set(methods) - IMPLIED)

    def walk(routes, prefix=""):
        for route in routes:
            if included := getattr(route, "original_router", None):
                walk(included.routes, prefix + route.include_context.prefix)
            elif methods := getattr(route, "methods", None):
                add(prefix + route.path, methods)
            elif route.path != "":  # the mount of the Flask application
                raise NotImplementedError(f"a route of an unknown kind: {route!r}")

    for rule in flask_app.url_map.iter_rules():
        add(rule.rule, rule.methods)
    if fastapi_app is not None:
        walk(fastapi_app.routes)
    return endpoints


try:
    from mlflow.server.fastapi_app import create_fastapi_app
except ImportError:
    create_fastapi_app = None  # before 3.3 there was Flask only

plain = endpoints_of(create_fastapi_app and create_fastapi_app(flask_app))

from mlflow.server.auth import create_app  # noqa: E402

secured_app = create_app(flask_app)
secured = endpoints_of(secured_app if secured_app is not flask_app else None)

entries = [
    {"path": path, "methods": sorted(methods), **({} if path in plain else {"app": "basic-auth"})}
    for path, methods in sorted((plain | secured).items())
]
with open(os.path.join(target, f"mlflow-endpoints-{mlflow.__version__}.json"), "w", encoding="utf-8") as file:
    lines = ",\n".join("  " + json.dumps(entry) for entry in entries)
    file.write(f'{{\n "script": "mlflow_endpoints.py",\n "mlflow": "{mlflow.__version__}",\n "endpoints": [\n{lines}\n ]\n}}\n')
