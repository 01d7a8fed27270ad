"""What all models share: parameters, the checks of X and y, and what scikit-learn asks of an estimator."""

from __future__ import annotations

import inspect
import sys
import warnings
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class NotFittedError(ValueError, AttributeError):
    """The model was asked before it was fitted."""


class DataConversionWarning(Warning):
    """y came as a column and is read as one label a sample."""


def in_terms_of_scikit_learn(kind: type[Any]) -> type[Any]:
    """The class itself; where scikit-learn is in use, a subclass that its own class of that name catches as well."""
    theirs = getattr(sys.modules.get("sklearn.exceptions"), kind.__name__, None)  # looked up, never imported
    return kind if theirs is None else type(kind.__name__, (kind, theirs), {"__module__": kind.__module__})


class Estimator:
    """Parameters are the arguments of the constructor, kept as they came and checked by fit."""

    n_features_in_: int
    feature_names_in_: NDArray[Any]

    @classmethod
    def _names(cls) -> list[str]:
        return [name for name in inspect.signature(cls).parameters if name != "self"]

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The arguments of the constructor by name; `deep` is there for scikit-learn, the models hold no others."""
        return {name: getattr(self, name) for name in self._names()}

    def set_params(self, **parameters: Any) -> Self:
        """Change parameters by name; takes effect with the next fit.

        Raises
        ------
        ValueError
            If a name is none of the constructor's.
        """
        names = self._names()
        for name in parameters:
            if name not in names:
                raise ValueError(f"{type(self).__name__}.set_params: there is no parameter {name!r}. It has {', '.join(names)}.")
        for name, value in parameters.items():
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = {name: p.default for name, p in inspect.signature(type(self)).parameters.items()}
        given = [
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if not (value is defaults[name] or (type(value) is type(defaults[name]) and value == defaults[name]))
        ]
        return f"{type(self).__name__}({', '.join(given)})"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "history_")

    def _check_fitted(self, method: str) -> None:
        if not self.__sklearn_is_fitted__():
            name = type(self).__name__
            raise in_terms_of_scikit_learn(NotFittedError)(
                f"{name}.{method}: this model is not fitted yet. Call fit(X, y) first."
            )

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Learn from samples X (rows) and what belongs to them, y.

        A fit that fails, or is interrupted (Ctrl-C), leaves the model as it was.

        Raises
        ------
        ValueError, TypeError
            If X or y is not as it should be, or a parameter is out of its range.
        DivergenceError
            If the loss grows without bound.

        Warns
        -----
        SeparableWarning
            If without `l2` the weights of a regression separate the classes, so that there is no finite optimum.
        ConvergenceWarning
            If the epochs were over before the tolerance was reached.
        """
        return self._learn(X, y)

    def _learn(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        name = f"{type(self).__name__}.fit"
        if y is None:
            raise ValueError(f"{name}: {type(self).__name__} requires y to be passed, but the target y is None. Call fit(X, y).")
        known = {key: value for key, value in vars(self).items() if key.endswith("_in_")}
        try:
            with np.errstate(all="ignore"):  # what overflows is found where it matters
                return self._fit(name, X, y, sample_weight)
        except BaseException:
            for key in [key for key in vars(self) if key.endswith("_in_")]:
                delattr(self, key)
            vars(self).update(known)
            raise

    def _fit(self, name: str, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None) -> Self:
        raise NotImplementedError  # abstract: the linear models and the network train differently

    def _targets(self, y: Any, samples: int) -> tuple[NDArray[Any], dict[str, Any]]:
        """What the loss learns from, and what fit will set beside the weights."""
        raise NotImplementedError  # abstract: numbers and classes differ

    # what goes in ------------------------------------------------------------------------------------------------

    def _features(self, method: str, X: Any, *, first: bool = False) -> Floats:
        """X as a float64 array of shape (samples, features); `first` learns names and number of the features."""
        name = f"{type(self).__name__}.{method}"
        names = _column_names(X)
        x = numbers(name, X)
        if x.ndim != 2:
            shape = "a scalar" if x.ndim == 0 else f"an array of shape {x.shape}"
            raise ValueError(
                f"{name}: X must be 2-dimensional, samples in rows and features in columns, got {shape}. Reshape your data: "
                "X.reshape(-1, 1) for one feature, X.reshape(1, -1) for one sample."
            )
        for count, what, axis in ((x.shape[0], "sample", 0), (x.shape[1], "feature", 1)):
            if not count:
                raise ValueError(
                    f"{name}: Found array with 0 {what}(s) (shape={x.shape}) while a minimum of 1 is required. "
                    f"Pass X with at least one {'row' if axis == 0 else 'column'}."
                )
        if not np.isfinite(x).all():
            row, column = (int(i) for i in np.argwhere(~np.isfinite(x))[0])
            raise ValueError(
                f"{name}: X contains NaN or infinity; X[{row}, {column}] is {x[row, column]}. Remove those samples, or fill "
                "the gaps, for example with the mean of the feature."
            )
        if first:
            self._learn_features(x.shape[1], names)
        else:
            self._same_features(name, x.shape[1], names)
        return x

    def _learn_features(self, count: int, names: NDArray[Any] | None) -> None:
        self.n_features_in_ = count
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_

    def _same_features(self, name: str, count: int, names: NDArray[Any] | None) -> None:
        if count != self.n_features_in_:
            raise ValueError(
                f"{name}: X has {count} features, but {type(self).__name__} is expecting {self.n_features_in_} features as "
                "input. Pass the columns that fit saw, in that order."
            )
        known = getattr(self, "feature_names_in_", None)
        if known is not None and names is not None and list(known) != list(names):
            raise ValueError(
                f"{name}: The feature names should match those that were passed during fit: {list(known)}, got {list(names)}. "
                f"Pass X[{list(known)}]."
            )

    def _one_per_sample(self, y: Any, samples: int, method: str = "fit") -> NDArray[Any]:
        """y as an array with one entry a sample; a column is read as that, with a warning."""
        name = f"{type(self).__name__}.{method}"
        array = as_array(name, y, "y")
        if array.ndim == 2 and array.shape[1] == 1:
            text = "A column-vector y was passed when a 1d array was expected: y.ravel() has the shape that fits."
            warnings.warn(in_terms_of_scikit_learn(DataConversionWarning)(text), stacklevel=6)  # where fit was called
            array = array.ravel()
        if array.ndim != 1:
            got = f"shape {array.shape}" if array.ndim else f"{type(y).__name__}"
            remedy = "One-hot rows become labels by y.argmax(axis=1)." if array.ndim else "Pass a list or an array."
            raise ValueError(f"{name}: y must have one entry a sample, got {got}. {remedy}")
        if len(array) != samples:
            raise ValueError(f"{name}: X has {samples} samples, y has {len(array)}. Pass one label a sample.")
        return array

    # scikit-learn ------------------------------------------------------------------------------------------------

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import Tags, TargetTags

        return Tags(estimator_type=None, target_tags=TargetTags(required=True))


class Regressor(Estimator):
    """A model of numbers: its score is R^2."""

    def predict(self, X: ArrayLike) -> Floats:
        raise NotImplementedError  # abstract: as the model predicts

    def score(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """R^2 = 1 - (sum of squared errors) / (sum of squared distances from the mean of y), at most 1.

        Raises
        ------
        ValueError
            If y has not one entry a sample, or fewer than two: R^2 needs a spread.
        """
        prediction = self.predict(X)
        truth, _ = self._targets(y, len(prediction), "score")
        if len(truth) < 2:
            raise ValueError(f"{type(self).__name__}.score: R^2 needs at least two samples, got {len(truth)}.")
        weight = sample_weights(f"{type(self).__name__}.score", sample_weight, len(truth))
        left = np.average((truth - prediction) ** 2, weights=weight)
        spread = np.average((truth - np.average(truth, weights=weight)) ** 2, weights=weight)
        if spread == 0:  # scikit-learn's convention for a constant y
            return float(left == 0)
        return float(1 - left / spread)

    def _targets(self, y: Any, samples: int, method: str = "fit") -> tuple[NDArray[Any], dict[str, Any]]:
        """y as finite numbers; beside the weights nothing is learned."""
        array = numbers(f"{type(self).__name__}.{method}", self._one_per_sample(y, samples, method), "y")
        if not np.isfinite(array).all():
            row = int(np.flatnonzero(~np.isfinite(array))[0])
            raise ValueError(
                f"{type(self).__name__}.{method}: y contains NaN or infinity; y[{row}] is {array[row]}. Remove those samples."
            )
        return array, {}

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import RegressorTags

        tags = super().__sklearn_tags__()
        tags.estimator_type = "regressor"
        tags.regressor_tags = RegressorTags()
        return tags


class Classifier(Estimator):
    """A model of classes: it learns their names, and its score is the accuracy."""

    most = 0  # how many classes it can tell apart; 0 for any number
    classes_: NDArray[Any]

    def predict_proba(self, X: ArrayLike) -> Floats:
        raise NotImplementedError  # abstract: two classes or many

    def decision_function(self, X: ArrayLike) -> Floats:
        raise NotImplementedError  # abstract: the scores of the model

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The most probable class of each sample, as it was named in y; of equals the first in `classes_`."""
        self._check_fitted("predict")
        scores = self.decision_function(X)
        chosen = (scores > 0).astype(np.intp) if scores.ndim == 1 else scores.argmax(axis=1)
        names: NDArray[Any] = self.classes_[chosen]
        return names

    def predict_log_proba(self, X: ArrayLike) -> Floats:
        """The natural logarithms of `predict_proba`; -inf where a probability is 0."""
        self._check_fitted("predict_log_proba")
        with np.errstate(divide="ignore"):
            logarithms: Floats = np.log(self.predict_proba(X))
        return logarithms

    def score(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> float:
        """The accuracy: the share of samples whose most probable class is their own."""
        prediction = self.predict(X)
        truth = self._one_per_sample(y, len(prediction), "score")
        words = [labels.dtype.kind in "US" for labels in (prediction, truth)]
        if words[0] != words[1] and "O" not in (prediction.dtype.kind, truth.dtype.kind):
            raise ValueError(
                f"{type(self).__name__}.score: y holds {truth.dtype}, the classes are {prediction.dtype}: no label is that of a "
                "class. Name the classes as in fit."
            )
        weight = sample_weights(f"{type(self).__name__}.score", sample_weight, len(truth))
        return float(np.average(prediction == truth, weights=weight))

    def _targets(self, y: Any, samples: int) -> tuple[NDArray[Any], dict[str, Any]]:
        """The number of its class for each sample, and the classes in order."""
        name = f"{type(self).__name__}.fit"
        array = self._one_per_sample(y, samples)
        if array.dtype.kind == "f":
            bad = ~np.isfinite(array)
            if bad.any():
                row = int(np.flatnonzero(bad)[0])
                raise ValueError(f"{name}: y contains NaN or infinity; y[{row}] is {array[row]}. Remove those samples.")
            if (array != np.rint(array)).any():
                number = float(array[array != np.rint(array)][0])
                raise ValueError(
                    f"{name}: Unknown label type: continuous. y holds {number!r}, which names no class. Numbers to be "
                    "predicted go to LinearRegression."
                )
        elif array.dtype.kind == "c":
            raise ValueError(f"{name}: Unknown label type: complex. Name the classes by integers or words.")
        try:
            classes, labels = np.unique(array, return_inverse=True)
        except TypeError as error:
            raise TypeError(f"{name}: y mixes kinds of labels that have no order. Name all classes by words.") from error
        if len(classes) < 2:
            raise ValueError(
                f"{name}: y holds one class only, {classes[0].item()!r}: there is nothing to tell apart. Pass samples of at "
                "least two classes."
            )
        if self.most and len(classes) > self.most:
            raise ValueError(
                f"{name}: Only binary classification is supported. The type of the target is multiclass: y holds "
                f"{len(classes)} classes. Use SoftmaxRegression."
            )
        return labels, {"classes_": classes}

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import ClassifierTags

        tags = super().__sklearn_tags__()
        tags.estimator_type = "classifier"
        tags.classifier_tags = ClassifierTags(multi_class=self.most != 2)
        return tags


def numbers(name: str, values: Any, argument: str = "X") -> Floats:
    """The values as float64; what holds no real numbers is an error that says so."""
    array = as_array(name, values, argument)
    if array.dtype.kind == "c":
        raise ValueError(f"{name}: Complex data not supported: {argument} is {array.dtype}. Pass its real part, or its size.")
    if array.dtype.kind in "mM":
        raise TypeError(f"{name}: {argument} holds dates or durations. Pass numbers, for example days since the first one.")
    try:
        return array.astype(np.float64, copy=False)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {argument} must hold real numbers: {error}. Encode words as numbers or one-hot.") from error


def as_array(name: str, values: Any, argument: str) -> NDArray[Any]:
    """The values as an array; what is none, or hides some of them, is an error that says so."""
    if hasattr(values, "toarray") and not isinstance(values, np.ndarray):
        raise TypeError(f"{name}: {argument} is a sparse matrix; dense data is required. Pass {argument}.toarray().")
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        raise ValueError(f"{name}: {argument} has masked entries. Fill them, or remove those samples.")
    try:
        return np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name}: {argument} has rows of different lengths. Pass rows of one length.") from error
    except (TypeError, RuntimeError) as error:  # as of a tensor that records its gradient, or of a format that NumPy lacks
        raise TypeError(f"{name}: {argument} cannot be read as a NumPy array: {error}") from error


def sample_weights(name: str, sample_weight: Any, samples: int) -> Floats | None:
    """Weights of samples, >= 0 and not all 0, or None."""
    if sample_weight is None:
        return None
    array = numbers(name, sample_weight, "sample_weight")
    if array.shape != (samples,):
        raise ValueError(f"{name}: sample_weight must have one entry a sample, shape ({samples},), got shape {array.shape}.")
    bad = ~((array >= 0) & (array < np.inf))
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise ValueError(f"{name}: weights must be finite and >= 0; sample_weight[{row}] is {array[row]}. Use 0 to leave it out.")
    if not array.any():
        raise ValueError(f"{name}: all weights in sample_weight are zero: no sample is left. Pass a positive one.")
    scaled: Floats = array / array.max()  # so that no sum overflows
    return scaled


def _column_names(X: Any) -> NDArray[Any] | None:
    """The names of the columns of a data frame, if they are all strings."""
    columns = getattr(X, "columns", None)
    if columns is None or isinstance(X, np.ndarray):
        return None
    names = np.asarray(list(columns), dtype=object)
    return names if len(names) and all(isinstance(n, str) for n in names) else None
