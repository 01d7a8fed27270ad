"""Certificates of proofs, checked again: `check` says what is asked, `forms` is the replayer's own normal form."""

from mathcore.proof.replay.check import INSIDE, NOT_REPLAYED, POINTS, PROVED, REJECTED, Replayed, Step, replay
from mathcore.proof.replay.letters import Bad

__all__ = ["INSIDE", "NOT_REPLAYED", "POINTS", "PROVED", "REJECTED", "Bad", "Replayed", "Step", "replay"]
