"""The search: a claim is decided by points that refute it and by stages that look for a proof the kernel accepts."""
