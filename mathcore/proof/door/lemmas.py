"""Lemmas on which automatic certificates rest: derivations like those of a card, proved by the same checkers."""

from __future__ import annotations

from mathcore.card import Card

LEMMAS = Card(name="lemmas", title="Lemmas", summary="", given="v_: real", define="same_(v_) = v_")
