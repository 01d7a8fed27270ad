"""The formulas in torch's words, on the CPU. Gradients come from its autograd, as its users get them."""

import torch
from torch.nn import functional as F

array = torch.from_numpy  # shares the memory of what it is given


def softmax(z, axis=-1):
    return torch.softmax(z, axis)


def log_softmax(z, axis=-1):
    return torch.log_softmax(z, axis)


def logsumexp(z, axis=-1):
    return torch.logsumexp(z, axis)


def _crossentropy(target, z, axis):
    # classes stand along axis 1 of a batch, as torch wants them: a view, nothing is copied
    if z.ndim == 2 and axis == 0:
        return F.cross_entropy(z.T, target if target.ndim == 1 else target.T, reduction="none")
    return F.cross_entropy(z, target, reduction="none")


def _crossentropy_value_and_grad(target, z, axis):
    z = z.detach().requires_grad_()
    loss = _crossentropy(target, z, axis)
    (gradient,) = torch.autograd.grad(loss, z, torch.ones_like(loss))
    return loss.detach(), gradient


def sparse_categorical_crossentropy(labels, z, axis=-1):
    return _crossentropy(labels, z, axis)


def sparse_categorical_crossentropy_value_and_grad(labels, z, axis=-1):
    return _crossentropy_value_and_grad(labels, z, axis)


def categorical_crossentropy(t, z, axis=-1):
    return _crossentropy(t, z, axis)


def categorical_crossentropy_value_and_grad(t, z, axis=-1):
    return _crossentropy_value_and_grad(t, z, axis)


def entropy(p, axis=-1):
    return torch.special.entr(p).sum(axis)


def kl_divergence(p, q, axis=-1):
    return F.kl_div(q.log(), p, reduction="none").sum(axis)


def mean_squared_error(t, y, axis=None):
    return F.mse_loss(y, t)


def mean_squared_error_value_and_grad(t, y, axis=None):
    y = y.detach().requires_grad_()
    loss = F.mse_loss(y, t)
    (gradient,) = torch.autograd.grad(loss, y)
    return loss.detach(), gradient


def sigmoid(x):
    return torch.sigmoid(x)


def softplus(x):
    return F.softplus(x)
