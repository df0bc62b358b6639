"""What `jalon tag` sends to a configured endpoint: tasks, and nobody's name or number."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from orchestration.cli import app
from tests.enrichment_llm.fake_endpoint import Model, completion, reply, serving

ROSTER = (
    ("Élodie Granit", "elodie.granit@pierre.example"),
    ("Jean-Paul Basalte", "jp.basalte@pierre.example"),
    ("Anne-Sophie de la Marne", "as.delamarne@pierre.example"),
    ("Zoë Oschiste", "zoe.oschiste@pierre.example"),
    ("Maël Legrès", "mael.legres@pierre.example"),
)
SECRETS = ("granit", "basalte", "marne", "oschiste", "legres", "legrès", "@", "pierre.example")
PHONES = (
    "06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78",
    "+33612345678", "0033 6 12 34 56 78", "+33 (0)6 12 34 56 78", "01 42 68 53 00",
    "+44 20 7946 0958", "+1 202-555-0143", "+49 30 901820",
)  # fmt: skip
NUMBERS = (
    "FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189",
    "DE89 3704 0044 0532 0130 00", "GB29 NWBK 6016 1331 9268 19", "BE68 5390 0754 7034",
    "2 85 05 78 006 084 91", "285057800608491", "1 85 05 78 006 084 36",
)  # fmt: skip
MAILS = (
    "sabine@silex.example", "SABINE@SILEX.EXAMPLE", "sabine.b+jalon@mail.silex.example",
    "<sabine@silex.example>", "mailto:sabine@silex.example", "sabine_b@silex-craie.example",
)  # fmt: skip


def _spellings(name: str) -> list[str]:
    first, last = name.split(" ", 1)
    return [
        name, name.upper(), name.lower(), f"{last} {first}", f"{last.upper()} {first}",
        f"{last}, {first}", f"{first}\u00a0{last}", f"{first}  {last}", f"{name}'s",
        f"l'avis de {name}",
        f"{first[0]}. {last}", f"M. {last}", f"«{name}»", f"{first} {last.upper()}",
    ]  # fmt: skip


def _planted() -> list[str]:
    names = [spelling for name, _ in ROSTER for spelling in _spellings(name)]
    mails = [spelt for _, mail in ROSTER for spelt in (mail, mail.upper(), f"<{mail}>")]
    return [*names, *mails, *MAILS, *PHONES, *NUMBERS]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    assert CliRunner().invoke(app, ["new", "les-galets"]).exit_code == 0
    people = "".join(f"{name},{mail},creation,Graphiste\n" for name, mail in ROSTER)
    folder = tmp_path / "engagements" / "les-galets"
    (folder / "roster.csv").write_text(f"name,email,team,role\n{people}", "utf-8")
    return tmp_path


def _tagged(home: Path, model: Model, source: Path, target: Path) -> Result:
    with serving(model) as settings:
        config = home / "engagements" / "les-galets" / "engagement.yaml"
        llm = f"llm: {{model: m, base_url: '{settings.base_url}'}}\n"
        config.write_text(config.read_text("utf-8") + llm, "utf-8")
        options = ["--engagement", "les-galets", "--out", str(target)]
        result = CliRunner().invoke(app, ["tag", str(source), *options])
    assert result.exit_code == 0, result.output
    return result


def test_rows_that_the_model_does_not_answer_are_counted(home: Path) -> None:
    source, target = home / "tasks.csv", home / "tagged.csv"
    source.write_text("task_text\nSaisir les factures\nTrouver une idée\n", "utf-8")
    model = Model()
    model.faults = [lambda body: reply(completion("no"))] * 50
    result = _tagged(home, model, source, target)
    assert "2 of 2 rows were tagged offline" in result.stderr
    assert target.read_text("utf-8").count("the model gave no tag") == 2


def test_none_of_a_hundred_identities_leaves(home: Path) -> None:
    planted = _planted()
    assert len(planted) >= 100
    source, target = home / "tasks.csv", home / "tagged.csv"
    texts = [f"Relire le devis avec {who} avant envoi" for who in planted]
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["task_text"], *([text] for text in texts)])
    model = Model()
    result = _tagged(home, model, source, target)
    assert "offline" not in result.stderr
    sent = json.dumps([call["messages"] for call in model.asked], ensure_ascii=False).casefold()
    assert "relire le devis" in sent
    assert not [secret for secret in SECRETS if secret in sent]
    assert not [who for who in (*PHONES, *NUMBERS) if who.casefold() in sent]
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["task_text"] for row in rows] == texts
