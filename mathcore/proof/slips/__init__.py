def named(context, before, op, after, clock):
    return None, ""
