"""Models that learn: linear, logistic and softmax regression and a small dense network, trained with numeric's own functions.

They follow scikit-learn's conventions (fit, predict, score, `coef_`, get_params, pipelines) without needing scikit-learn.
What is minimised is always the mean loss of the samples plus `l2` / 2 times the sum of the squared weights; the bias is
not penalised. So `l2` = 1 / (C N) is scikit-learn's C for a classifier of N samples, and N l2 / 2 is Ridge's alpha.
"""

from .dense_network import DenseNetwork
from .estimator import NotFittedError
from .history import Epoch, History
from .linear_regression import LinearRegression
from .logistic_regression import LogisticRegression
from .softmax_regression import SoftmaxRegression
from .trainer import ConvergenceWarning, DivergenceError, SeparableWarning

__all__ = [
    "ConvergenceWarning",
    "DenseNetwork",
    "DivergenceError",
    "Epoch",
    "History",
    "LinearRegression",
    "LogisticRegression",
    "NotFittedError",
    "SeparableWarning",
    "SoftmaxRegression",
]
