"""Wrong one-hot rows."""

import numpy as np


@np.errstate(all="ignore")
def counts_from_one(labels, classes=None):
    """Takes label 1 for the first class: the 1 stands one place too early, and label 0 lands in the last."""
    labels = np.asarray(labels)
    classes = int(labels.max()) + 1 if classes is None else classes
    return np.eye(classes)[labels - 1]


@np.errstate(all="ignore")
def twice(labels, classes=None):
    """Encodes rows that are one-hot already: every 0 and 1 becomes a row of its own, and n classes give an n by n table."""
    labels = np.asarray(labels)
    classes = int(labels.max()) + 1 if classes is None else classes
    return np.eye(2)[np.eye(classes)[labels].astype(int)]


@np.errstate(all="ignore")
def wraps_negative_labels(labels, classes=None):
    """Lets a label of -1 mean the last class: a marker for missing labels becomes a class."""
    labels = np.asarray(labels)
    classes = int(labels.max()) + 1 if classes is None else classes
    return np.eye(classes)[labels % classes]


@np.errstate(all="ignore")
def one_cold(labels, classes=None):
    """Puts the 0 where the 1 belongs, and 1 everywhere else: the label 1 of three classes becomes [1, 0, 1]."""
    labels = np.asarray(labels)
    classes = int(labels.max()) + 1 if classes is None else classes
    return 1 - np.eye(classes)[labels]
