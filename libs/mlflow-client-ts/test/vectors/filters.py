"""Writes filters.json: filters of every entity, and what MLflow's own parsers and SQL stores make of them (null: refused).

Run with the Python of .venv/mlflow; the version is in the output.
"""

import json
import logging
import random
import sys
import tempfile
from pathlib import Path

import mlflow
from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore as Registry
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore as Tracking
from mlflow.utils import search_logged_model_utils, search_utils

logging.disable(logging.CRITICAL)
rng = random.Random(20)

KEYS = [
    "a", "val_loss", "`val/loss`", '"a b"', "'x'", "mlflow.user", "`mlflow.user`", "from", "in", "values", "order",
    "1a", "12a", "1e5", "_x", "a$b", "_a$b", "é", "αβ", "name", "a-b", "a/b", "As", "end", "`a.b`", "a.1b", "`a b`",
]
TEXTS = [
    "'x'", '"x"', "'it''s'", "'C:\\\\'", "'%a_'", "''", '""', "' 5 '", "'5'", "'x\ny'", "'1'", "x", "`x`", "NULL",
]
NUMBERS = ["5", "-5", "1.5", ".5", "1.", "1e5", "1e-5", "1e+5", "0x1F", "-1.5E3", "- 1", "+1", "'5'", "x"]
LISTS = ["('a','b')", "('a')", '("a", "b",)', "()", "('a\\n')", "('x\\x27\\x5c')", "(1,2)", "'a'", "('1', '02')", "('a' , b)"]
ORDERED = ["=", "!=", ">", ">=", "<", "<=", "LIKE", "==", "<>"]
TEXTUAL = ["=", "!=", "LIKE", "ILIKE", "like", "Ilike", ">", "NOT LIKE", "RLIKE", "=="]
LISTING = ["IN", "NOT IN", "in", "not  in", "NotIn"]
NULLS = ["IS NULL", "IS NOT NULL", "is null", "is  not  null", "IS", "NOT NULL"]
NAMES = {
    "runs": {
        "text": ["run_id", "run_name", "status", "artifact_uri", "user_id", "`Run name`", '"run name"', "attr.status", "run.run_id"],
        "number": ["start_time", "end_time", "created", "attributes.Created", "attribute.`start_time`"],
        "wrong": ["lifecycle_stage", "experiment_id", "name", "Run_id", "foo.a", "Metrics.a", "datasets.size"],
    },
    "experiments": {
        "text": ["name", "attribute.name", "`name`", "experiment_id"],
        "number": ["creation_time", "last_update_time", "attribute.creation_time"],
        "wrong": ["attributes.name", "lifecycle_stage", "`tags`.a", "artifact_location"],
    },
    "registeredModels": {
        "text": ["name", "attribute.name"],
        "number": [],
        "wrong": ["`name`", "attributes.name", "timestamp", "description", "aliases"],
    },
    "modelVersions": {
        "text": ["name", "run_id", "source_path", "attribute.name"],
        "number": ["version_number", "attribute.version_number"],
        "wrong": ["`name`", "current_stage", "aliases", "creation_timestamp", "version"],
    },
    "loggedModels": {
        "text": ["name", "model_id", "model_type", "source_run_id", "attributes.name", "`name`", "status"],
        "number": ["creation_time", "creation_timestamp", "last_updated_timestamp", "attributes.creation_timestamp_ms"],
        "wrong": ["last_updated_time", "attributes.creation_time", "tag.a", "metric.a", "run_id"],
    },
}
PREFIXES = {
    "runs": {"number": ["metric", "metrics", "`metrics`"], "text": ["param", "params", "tag", "tags", "parameters"]},
    "experiments": {"number": [], "text": ["tag", "tags"]},
    "registeredModels": {"number": [], "text": ["tag", "tags"]},
    "modelVersions": {"number": [], "text": ["tag", "tags"]},
    "loggedModels": {"number": ["metrics"], "text": ["params", "tags"]},
}


def clause(entity):
    kind = rng.choice(["number", "text", "text", "list", "null", "wrong"])
    source = "number" if kind == "number" else "text"
    if kind == "wrong":
        return f"{rng.choice(NAMES[entity]['wrong'])} = {rng.choice(TEXTS[:3] + NUMBERS[:2])}"
    if kind == "text" and entity == "runs" and rng.random() < 0.2:
        name = "datasets." + rng.choice(["name", "digest", "context", "`name`"])
    elif PREFIXES[entity][source] and rng.random() < 0.5:
        name = f"{rng.choice(PREFIXES[entity][source])}.{rng.choice(KEYS)}"
    elif NAMES[entity][source]:
        name = rng.choice(NAMES[entity][source])
    else:
        name = "name"
    if kind == "null":
        return f"{name} {rng.choice(NULLS)}"
    operators, values = {"number": (ORDERED, NUMBERS), "text": (TEXTUAL, TEXTS), "list": (LISTING, LISTS)}[kind]
    space = rng.choice([" ", " ", "  ", "\n"])
    return f"{name}{space}{rng.choice(operators)}{space}{rng.choice(values)}"


def filters(entity):
    for _ in range(160):
        yield clause(entity)
    good = [text for text in (clause(entity) for _ in range(300)) if parsed(entity, text) is not None]
    for _ in range(40):
        parts = rng.choices(good, k=rng.choice([2, 3]))
        yield rng.choice(["", "", "AND "]) + rng.choice([" AND ", " and ", "\nAnd\t", " AND AND ", " "]).join(parts) + rng.choice(["", "", " AND", ";", " OR"])


UTILS = {
    "runs": search_utils.SearchUtils,
    "experiments": search_utils.SearchExperimentsUtils,
    "registeredModels": search_utils.SearchModelUtils,
    "modelVersions": search_utils.SearchModelVersionUtils,
}


def search(entity, text):
    if entity == "runs":
        tracking.search_runs(["0"], text, 1, 10)
    elif entity == "experiments":
        tracking.search_experiments(filter_string=text)
    elif entity == "registeredModels":
        registry.search_registered_models(filter_string=text)
    elif entity == "modelVersions":
        registry.search_model_versions(filter_string=text)
    else:
        tracking.search_logged_models(["0"], filter_string=text)


def parsed(entity, text):
    """The clauses as [kind, key, comparator, values]; None when any step on the way to the database refuses them."""
    try:
        search(entity, text)
        if entity == "loggedModels":
            clauses = [(c.entity.type.value, c.entity.key, c.op, c.value) for c in search_logged_model_utils.parse_filter_string(text)]
        else:
            clauses = [(c["type"], c["key"], c["comparator"], c["value"]) for c in UTILS[entity].parse_search_filter(text)]
        return [[kind, key, op.upper(), list(v) if isinstance(v, tuple) else [] if v is None else [v]] for kind, key, op, v in clauses]
    except Exception:
        return None


with tempfile.TemporaryDirectory() as folder:
    uri = f"sqlite:///{folder}/mlflow.db"
    tracking, registry = Tracking(uri, f"{folder}/artifacts"), Registry(uri)
    cases = [[entity, text, parsed(entity, text)] for entity in NAMES for text in dict.fromkeys(filters(entity))]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    output = f'{{"mlflow": "{mlflow.__version__}", "cases": [\n{lines}\n]}}\n'
    Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_suffix(".json")).write_text(output)
