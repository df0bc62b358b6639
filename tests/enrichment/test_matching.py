import csv
from pathlib import Path

import pytest

from llm_enrichment.canonical import CanonicalTask, decided_tasks, proposed_tasks
from llm_enrichment.matching import TaskMatcher

TASKS = {
    "format_adaptation": "Déclinaison de formats",
    "photo_retouching": "Retouche et détourage photo",
    "meeting_notes": "Comptes rendus de réunion",
    "client_meetings": "Réunions client",
    "internal_meetings": "Réunions internes",
    "campaign_reporting": "Reporting de campagnes",
    "campaign_setup": "Paramétrage de campagnes",
    "media_plan": "Plan média",
    "competitor_watch": "Veille concurrentielle",
    "study_synthesis": "Synthèse d'études",
    "strategic_recommendation": "Recommandation stratégique",
    "tender_answers": "Réponse aux appels d'offres",
    "chasing_approvals": "Attente et relance de validations",
    "quotes_and_orders": "Devis et bons de commande",
    "time_entry": "Saisie des temps",
    "moderation": "Modération et réponses aux commentaires",
    "editorial_calendar": "Calendrier éditorial",
    "subtitling": "Sous-titrage de vidéos",
    "file_archiving": "Nommage et archivage de fichiers",
    "proofreading": "Relecture et correction",
    "content_writing": "Rédaction de contenus",
    "influencer_search": "Recherche d'influenceurs",
    "project_planning": "Planning et suivi de projet",
    "coaching": "Encadrement et formation",
}


@pytest.fixture(scope="module")
def tasks() -> list[CanonicalTask]:
    return [CanonicalTask(i, name, None, "decided") for i, name in TASKS.items()]


def test_labels_go_to_the_right_task_or_to_none(tasks):
    with Path(__file__).with_name("matching_pairs.csv").open(encoding="utf-8") as file:
        wanted = {row["label"]: row["task_id"] for row in csv.DictReader(file)}
    found = TaskMatcher(tasks, []).match("form", list(wanted))
    wrong = {
        label: match.task_id
        for label, match in found.items()
        if match.task_id not in {wanted[label], "unmapped"}
    }
    assert wrong == {}
    mapped = [label for label, task_id in wanted.items() if task_id != "unmapped"]
    assert sum(found[label].task_id != "unmapped" for label in mapped) / len(mapped) >= 0.65
    assert all(
        match.proposed_task_id is None or match.task_id == "unmapped" for match in found.values()
    )


def test_decisions_win_for_their_source_only(tasks):
    decisions = [
        {"source": "form", "label": "RÉUNION  CLIENT", "task_id": "meeting_notes"},
        {"source": "form", "label": "Congés", "task_id": "unmapped"},
    ]
    matcher = TaskMatcher(tasks, decisions)
    assert matcher.match("form", ["réunion-client"])["réunion-client"].task_id == "meeting_notes"
    assert matcher.match("form", ["congés"])["congés"].task_id == "unmapped"
    assert matcher.match("timesheet", ["congés"])["congés"].task_id == "absence"
    assert matcher.match("timesheet", ["Réunions client"])["Réunions client"].matched_by == "exact"


@pytest.mark.parametrize(
    ("agency", "clients"),
    [("press", ["Orsay", "Bastide"]), ("digital", ["Vasco", "Rivage", "Marelle"])],
)
def test_labels_of_other_agencies(agency, clients):
    with Path(__file__).with_name("matching_agencies.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["agency"] == agency]
    canonical = [
        CanonicalTask(row["task_id"], row["label"], None, "decided")
        for row in rows
        if row["source"] == "task"
    ]
    matcher = TaskMatcher(canonical, [], clients)
    found = {"form": [], "timesheet": [], "interview": []}
    wrong = []
    for source in found:
        wanted = {row["label"]: row["task_id"] for row in rows if row["source"] == source}
        for label, match in matcher.match(source, list(wanted)).items():
            if match.task_id not in {wanted[label], "unmapped"}:
                wrong.append(label)
            if wanted[label] != "unmapped":
                found[source].append(match.task_id == wanted[label])
    assert set(wrong) <= {"bilan annuel comptable"}  # differs in one word alone
    shares = {source: sum(hits) / len(hits) for source, hits in found.items()}
    assert shares["form"] >= 0.9 and shares["interview"] >= 0.8 and shares["timesheet"] >= 0.6


def test_a_decision_holds_for_its_spelling_and_for_others_unless_they_differ(tasks):
    decisions = [
        {"source": "timesheet", "label": "Déclis", "task_id": "format_adaptation"},
        {"source": "timesheet", "label": "declis", "task_id": "proofreading"},
        {"source": "timesheet", "label": "???", "task_id": "coaching"},
        {"source": "timesheet", "label": "Plan media", "task_id": "unmapped"},
    ]
    labels = ["déclis", "DECLIS", "Décli-s", "???", "—", "plan-média"]
    found = TaskMatcher(tasks, decisions).match("timesheet", labels)
    assert [found[label].task_id for label in labels] == [
        "format_adaptation", "proofreading", "unmapped", "coaching", "unmapped", "unmapped",
    ]  # fmt: skip
    assert found["plan-média"].matched_by == "decision"


def test_codes_dates_and_clients_hide_no_task(tasks):
    labels = {
        "[GRA-042] comptes rendus réunion": "meeting_notes",
        "BAS_33 déclinaison formats v3": "format_adaptation",
        "2026 - plan média Basalte T1": "media_plan",
        "réponse appels d'offres Granit Bleu avril": "tender_answers",
        "GRA recherche influenceurs": "influencer_search",
        # Words that say whose work it is, or are half a client's name, stay.
        "RH-12 plan de formation": "unmapped",
        "plan bleu": "unmapped",
        "RSE - réunion": "unmapped",
    }
    found = TaskMatcher(tasks, [], ["Granit Bleu", "Basalte", "Interne"]).match(
        "timesheet", list(labels)
    )
    assert {label: match.task_id for label, match in found.items()} == labels


def test_a_client_named_like_work_takes_no_word_of_a_task(tasks):
    label = "veille concurrentielle"
    found = TaskMatcher(tasks, [], ["Veille", "Concurrentielle"]).match("form", [label])
    assert found[label].task_id == "competitor_watch"


def test_an_absence_that_may_be_short_for_a_task_is_left_to_people(tasks):
    found = TaskMatcher(tasks, []).match("timesheet", ["CP", "RTT"])
    assert {match.task_id for match in found.values()} == {"absence"}
    press = [*tasks, CanonicalTask("releases", "Rédaction de communiqués", None, "decided")]
    found = TaskMatcher(press, []).match("timesheet", ["CP", "CP 2 jours", "RTT"])
    assert (found["CP"].task_id, found["CP"].proposed_task_id) == ("unmapped", "absence")
    assert found["CP 2 jours"].task_id == found["RTT"].task_id == "absence"


def test_ids_match_exactly(tasks):
    found = TaskMatcher(tasks, []).match("deliverable", ["format_adaptation", "Format adaptation"])
    assert {match.task_id for match in found.values()} == {"format_adaptation"}


def test_work_about_absences_is_no_absence(tasks):
    labels = ["Suivi des congés et absences", "Holiday campaign", "Planning des congés"]
    found = TaskMatcher(tasks, []).match("form", labels)
    assert all(match.task_id != "absence" for match in found.values())


def test_without_tasks_nothing_matches():
    assert TaskMatcher([], []).match("form", ["Devis"])["Devis"].task_id == "unmapped"


def test_proposed_tasks_merge_near_identical_spellings():
    labels = [
        ("Reporting campagnes", "media"),
        ("reporting  campagne", "media"),
        ("Reporting des campagnes", None),
        ("Retouche photo", "creation"),
        ("RAS", None),
        ("Congés payés", None),
        ("Réunion ?", None),
        ("Absence", None),
    ]
    tasks = proposed_tasks(labels)
    assert [task.task_id for task in tasks] == ["reporting_campagnes", "retouche_photo"]
    assert {task.origin for task in tasks} == {"proposed"}
    assert tasks[0].category == "media"
    assert proposed_tasks(list(reversed(labels))) == tasks


def test_ids_named_by_the_task_map_alone_are_tasks():
    rows = [{"task_id": "a", "task_name": "Alpha", "category": None}]
    tasks = decided_tasks(rows, ["b_c", "absence", "unmapped", "a"])
    assert [(t.task_id, t.task_name) for t in tasks] == [("a", "Alpha"), ("b_c", "b c")]
