def seek(context, claim, clock):
    return None
