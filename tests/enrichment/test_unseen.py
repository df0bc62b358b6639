"""The offline tagger on tasks and orders that took no part in making it.

`unseen_tasks.csv` was written and labelled by the rubric before any prediction was looked at. Parts
A, C and D were looked at afterwards; of part B a handful of texts was seen once, no label and no
error: whoever mends the tagger shall not read them. `orders_as_typed.tsv` holds tasks, each beside
a text with the task and an attack, by hands that saw neither the code nor other orders.
`orders.txt` and `orders_in_place.txt` hold orders that were looked at while the tagger learnt to
tell orders from work; most of the latter stand within the task's own sentence.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from llm_enrichment.offline.evaluate import calibration_error
from llm_enrichment.offline.tagger import tag_texts
from llm_enrichment.offline.train import SEED
from llm_enrichment.tags import Tag

HERE = Path(__file__).parent
UNSEEN_ORDERS = (HERE / "unseen_orders.txt").read_text(encoding="utf-8").splitlines()
IN_PLACE = (HERE / "orders_in_place.txt").read_text(encoding="utf-8").splitlines()
ORDERS = (HERE / "orders.txt").read_text(encoding="utf-8").splitlines()
PLAIN = (
    "Saisir les notes de frais",
    "Trouver une idée de campagne pour une banque",
    "Rédiger une synthèse de la veille",
    "Export the weekly figures into the sheet",
    "Défendre une idée devant un client",
)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def unseen() -> list[tuple[dict[str, str], Tag]]:
    rows = _rows(HERE / "unseen_tasks.csv")
    return list(zip(rows, tag_texts([row["task_text"] for row in rows]), strict=True))


def test_no_unseen_task_is_in_the_seed(unseen):
    seed = {row["task_text"].casefold() for row in _rows(SEED)}
    assert not seed & {row["task_text"].casefold() for row, _ in unseen}


@pytest.mark.parametrize("part", ["A", "B", "C", "D"])
def test_floors_hold_on_tasks_never_seen(unseen, part):
    mine = [(row, tag) for row, tag in unseen if row["part"] == part]
    labels = np.array([row["nature"] for row, _ in mine])
    given = np.array([tag.nature.value for _, tag in mine])
    confidence = np.array([tag.confidence for _, tag in mine])
    is_task, abstained = labels != "undetermined", given == "undetermined"
    three = is_task & ~abstained
    two = three & (labels != "mixed")
    assert is_task.sum() >= 100 and (~is_task).sum() >= 20
    assert cohen_kappa_score(labels[three], given[three]) >= 0.55
    assert cohen_kappa_score(labels[two], given[two]) >= 0.75
    assert calibration_error(confidence[three], (labels == given)[three]) <= 0.10
    assert abstained[~is_task].mean() >= 0.90
    assert abstained[is_task].mean() < 0.03


@pytest.mark.parametrize(
    ("orders", "most"), [(UNSEEN_ORDERS, 0), (ORDERS, 0), (IN_PLACE, 0.01)],
    ids=["unseen", "looked at", "in place"],
)  # fmt: skip
def test_no_order_changes_a_label(orders: list[str], most: float):
    plain = tag_texts(PLAIN)
    texts = [order.replace("TASK", text) for order in orders for text in PLAIN]
    ordered = tag_texts([text.replace("\\n", "\n").replace("\\t", "\t") for text in texts])
    natures = [tag.nature for tag in plain] * len(orders)
    changed = [
        text for text, tag, nature in zip(texts, ordered, natures, strict=True)
        if tag.nature != nature
    ]  # fmt: skip
    assert len(changed) <= most * len(texts), changed


def test_no_attack_as_people_type_them_changes_a_label():
    lines = (HERE / "orders_as_typed.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.replace("\\n", "\n").split("\t") for line in lines]
    tags = zip(
        tag_texts([task for task, _ in pairs]), tag_texts([t for _, t in pairs]), strict=True
    )
    other = {
        text: ordered.nature
        for (_, text), (plain, ordered) in zip(pairs, tags, strict=True)
        if plain.nature != ordered.nature
    }
    assert set(other.values()) <= {"undetermined"}, other
    assert len(other) <= 1, other


def test_an_order_alone_is_no_task():
    alone = [line.replace("TASK", "").strip(" .,:()") for line in IN_PLACE]
    labelled = [
        order
        for order, tag in zip(alone, tag_texts(alone), strict=True)
        if tag.nature != "undetermined"
    ]
    assert len(labelled) <= 0.1 * len(alone), labelled
