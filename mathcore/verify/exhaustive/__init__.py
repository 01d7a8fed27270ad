"""Every value of a format through a function of one number: `exhaust("sigmoid", ["float32"])` judges 2^32 results.

`functions` says which functions there are, `taylor` gives the reference, `judge` counts, `shards` keeps what is finished,
`run` hands it to processes or a cluster.
"""
