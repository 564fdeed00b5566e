"""Writes classification-metrics.json: what scikit-learn 1.9.1 gives for random classes.

    pip install scikit-learn==1.9.1 && python classification-metrics.py
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore", "y_pred contains classes not in y_true")
generator = np.random.default_rng(20260101)


def case(actual, predicted, classes):
    labels = sorted(set(actual) | set(predicted))
    precision, recall, f1, count = metrics.precision_recall_fscore_support(
        actual, predicted, labels=labels, zero_division=0
    )
    per_class = [None] * classes
    for i, label in enumerate(labels):
        per_class[label] = {
            "precision": precision[i],
            "recall": recall[i],
            "f1": f1[i],
            "count": int(count[i]),
        }
    return {
        "classes": classes,
        "actual": actual,
        "predicted": predicted,
        "accuracy": metrics.accuracy_score(actual, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(actual, predicted),
        "f1": metrics.f1_score(actual, predicted, average="macro", zero_division=0),
        "mcc": metrics.matthews_corrcoef(actual, predicted),
        "perClass": per_class,
    }


def random_case(classes, pairs, agreement):
    actual = generator.integers(classes, size=pairs)
    other = generator.integers(classes, size=pairs)
    predicted = np.where(generator.random(pairs) < agreement, actual, other)
    return case(actual.tolist(), predicted.tolist(), classes)


cases = [
    random_case(2, 40, 0.7),
    random_case(3, 60, 0.5),
    random_case(5, 30, 0.2),
    case([0, 0, 1, 1], [0, 0, 0, 0], 2),  # a class that is never predicted
    case([0, 0, 0, 0], [0, 1, 1, 0], 3),  # one that never occurs, one that is not there at all
    case([1, 1], [1, 1], 2),
    case([0, 1, 2], [1, 2, 0], 3),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases, indent=1) + "\n")
