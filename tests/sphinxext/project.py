"""A teacher's project in reStructuredText and Markdown, as files by name."""

CONF = """
project = "A course"
copyright = "its author"
version = "1"
extensions = ["myst_parser", "mathcore.sphinxext"]
mathcore_documents = ["lectures/*"]
"""

INDEX = """
Lectures
========

.. toctree::

   markdown
   lectures/shift

See :card:`softmax`, :card:`the largest entry <logsumexp>`, :step:`softmax#jacobian-3`, :step:`softmax#jacobian`,
:step:`the fact itself <softmax-ratio-1>`, :card:`shift`, :step:`shift#shift-2`, :step:`sums`.

The slope of softmax
--------------------

.. derivation:: softmax#jacobian
   :expect: proved

A claim
-------

.. claim:: sum(i: softmax(z)[i]) = 1
   :given: n: size; z: real[n]; i: index[n]
   :expect: proved
   :name: sums

   Whatever the :math:`n` scores are.

.. claim:: softmax(z)[i] < 1
   :given: n: size; z: real[n];
     i: index[n]
   :expect: refuted

Evidence
--------

.. evidence:: softmax
   :expect: proved
"""

MARKDOWN = """
# In Markdown

```{derivation} data_processing
```

{card}`data_processing` and {step}`data_processing#chain` are shown on this page.
[The shift](lectures/shift.md#shift-shift-2) is not.

* in a list

  ```{derivation} softmax#ratio
  ```

```{claim} x^2 + 1 > 0
:given: x: real; y: real
Everybody's first inequality.
```
"""

SHIFT = """
# A shift of the scores

All scores grow by the same `c`. For two equal scores `softmax([0, 0]) = [1/2, 1/2]`, and `log(2) = 0.693`.

```formula
given   n: size; z: real[n]; c: real; i, k: index[n]
uses    softmax
```

## A shift changes nothing

```derivation shift
softmax(vector(k: z[k] + c))[i]
= exp(z[i] + c) / sum(k: exp(z[k] + c))
    the definition
= softmax(z)[i]
    `exp(c)` cancels
```

## A slope that somebody got wrong

```derivation slope
D(exp(2 c) + c, c)
= exp(2 c) + 1
    the exponential is its own slope
= 1 + exp(2 c)
    the order does not matter
```

## More

```claims
sum(i: softmax(z)[i]) = 1
softmax(z)[i] < 1
```

```false
softmax(z)[i] = 0
```

1. What is `1 + 1`?

   > `1 + 1 = 2`, see [softmax](softmax.md).
"""

FILES = {"conf.py": CONF, "index.rst": INDEX, "markdown.md": MARKDOWN, "lectures/shift.md": SHIFT}
