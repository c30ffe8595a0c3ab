"""Draws every paper of draw.json again; run by Python versions that have nothing installed."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from question_bank.blueprint import Blueprint, BlueprintRow, Repeats, Section
from question_bank.drawing import PreparedPool, draw_paper, set_digest
from question_bank.filling import PoolItem


def blueprint_of(case: dict) -> Blueprint:
    if isinstance(case["blueprint"], list):
        return Blueprint(tuple(BlueprintRow(*row) for row in case["blueprint"]), version=1)
    rows = [
        BlueprintRow(topic, difficulty, count, kind, points, section)
        for topic, difficulty, kind, count, points, section in case["blueprint"]["rows"]
    ]
    sections = tuple(Section(*section) for section in case["blueprint"]["sections"])
    return Blueprint(tuple(rows), sections, Repeats(case["blueprint"]["repeats"]))


def drawn(case: dict, pool: list) -> list:
    seed, person = bytes.fromhex(case["seed"]), bytes.fromhex(case["participation_id"])
    prepared = PreparedPool(PoolItem(**item) for item in pool)
    paper = draw_paper(prepared, blueprint_of(case), seed, person, case["number"], case.get("met", []))
    if isinstance(case["blueprint"], list):
        return [[slot.ref, list(slot.order)] for slot in paper]
    return [[slot.ref, list(slot.order), slot.section, slot.points] for slot in paper]


def digest(case: dict, pool: list) -> str:
    prepared = PreparedPool(PoolItem(**item) for item in pool)
    return set_digest([tuple(pair) for pair in case["questions"]], blueprint_of(case), prepared)


def wrong(vectors: dict) -> list:
    second = vectors["second"]
    cases = [(case, vectors["pool"]) for case in vectors["papers"]]
    cases += [(case, second["pool"]) for case in second["papers"]]
    names = [case["name"] for case, pool in cases if drawn(case, pool) != case["paper"]]
    sets = [(vectors["set"], vectors["pool"]), (second["set"], second["pool"])]
    return names + [case["digest"] for case, pool in sets if digest(case, pool) != case["digest"]]


if __name__ == "__main__":
    sys.exit(", ".join(wrong(json.loads(Path(__file__).with_name("draw.json").read_text("utf-8")))) or 0)
