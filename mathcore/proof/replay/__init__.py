"""Certificates of proofs, checked again: see `check` for what is asked, `forms` for the normal form that is the replayer's own."""

from mathcore.proof.replay.check import INSIDE, NOT_REPLAYED, POINTS, PROVED, REJECTED, Bad, Replayed, Step, replay

__all__ = ["INSIDE", "NOT_REPLAYED", "POINTS", "PROVED", "REJECTED", "Bad", "Replayed", "Step", "replay"]
