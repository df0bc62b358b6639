"""What was heard: evidence and who may be shown, contradictions, AI usage, voices."""

from datetime import date

from tests.model.engagement_rows import Tables, add_label, add_task
from tests.model_matrix_impact.conftest import Marts, Project
from tests.model_matrix_impact.interview_rows import answer, fact, heard_engagement, interview

MARTS = [
    "fct_evidence", "fct_contradictions", "fct_alignment", "fct_voices", "fct_ai_usage",
    "fct_flows", "fct_tools", "fct_documents", "fct_wishes", "fct_champions", "fct_workflow_steps",
]  # fmt: skip


def build(project: Project, tables: Tables, as_of_on: date = date(2026, 3, 31)) -> Marts:
    """The marts of what was heard."""
    return project.run(tables, as_of_on, MARTS)


def test_quotes_show_team_and_role_only_where_enough_share_them_or_consented(
    project: Project,
) -> None:
    tables = heard_engagement()
    interview(tables, "i1", team_id="studio", role="maker")
    interview(tables, "d1", team_id="studio", role="lead")
    interview(tables, "d2", team_id="media", role="lead", has_quote_consent=True)
    for number in range(5):
        answer(tables, f"studio-{number}")
        answer(tables, f"media-{number}")
    for document in ("i1", "d1", "d2"):
        fact(tables, document, "pain_point", topic=f"topic_{document}")
    built = build(project, tables)
    shown = {
        row["subject_id"]: (row["phase"], row["team_id"], row["role"])
        for row in built.rows("from marts.fct_evidence where subject_type = 'pain_point'")
    }
    assert shown == {
        "topic_i1": ("immersion", "studio", "maker"),
        "topic_d1": ("deep_dive", None, None),
        "topic_d2": ("deep_dive", "media", "lead"),
    }
    teams = built.rows("from marts.fct_evidence where subject_type = 'team' and quote like 'q%'")
    assert {row["quote"] for row in teams} == {"quote 1", "quote 3"}


def test_no_published_table_holds_a_pseudonym(project: Project) -> None:
    tables = heard_engagement()
    people = [row["person_id"] for row in tables["people"]]
    for person in people:
        answer(tables, person, wish="Trier", ai_works="Traduire", ai_frequency="daily",
               is_champion_candidate=True)  # fmt: skip
    tables["people"][0] |= {"champion_consent": True, "consented_name": "Ada Granit"}
    tables["people"][1] |= {"champion_consent": False, "consented_name": None}
    interview(tables, "i1", team_id="studio", role="maker")
    tables["turns"].append({"document_id": "i1", "turn_index": 1, "person_id": "studio-1"})
    fact(tables, "i1", "wish", detail="Trier")
    built = build(project, tables)
    published = " ".join(str(built.rows(f"from marts.{mart}")) for mart in MARTS)
    assert not [person for person in people if person in published]
    names = {r["team_id"]: r["names"] for r in built.rows("from marts.fct_champions")}
    assert names == {"studio": "Ada Granit", "media": None}


def test_committee_belief_against_what_the_form_says(project: Project) -> None:
    tables = heard_engagement()
    interview(tables, "c1")
    fact(tables, "c1", "ai_usage", polarity="works", detail="everybody, daily")
    for number in range(5):
        answer(tables, f"studio-{number}", ai_frequency="never" if number else "daily")
        answer(tables, f"media-{number}", ai_frequency="monthly")
    built = build(project, tables)
    row = built.row("from marts.fct_contradictions")
    assert (row["topic"], row["committee_says"], row["directors_say"], row["teams_say"]) == (
        "ai_usage", "works", None, "missing",
    )  # fmt: skip
    quote = built.row("from marts.fct_evidence where subject_type = 'contradiction'")
    assert row["evidence_ids"] == quote["evidence_id"]
    assert quote["quote"] == "quote 1"
    usage = {r["team_id"]: r["users_share"] for r in built.rows("from marts.fct_ai_usage")}
    assert usage == {"studio": 0.2, "media": 1.0}


def test_voices_agreeing_make_no_contradiction(project: Project) -> None:
    tables = heard_engagement()
    for document in ("c1", "d1"):
        interview(tables, document)
        fact(tables, document, "priority_vote", topic="margin")
        fact(tables, document, "document", document_name="Brief", document_status="oral")
    assert build(project, tables).rows("from marts.fct_contradictions") == []


def test_an_interview_after_the_month_says_nothing_yet(project: Project) -> None:
    tables = heard_engagement()
    interview(tables, "c1", interviewed_on=date(2026, 4, 1))
    fact(tables, "c1", "priority_vote", topic="margin")
    march = build(project, tables)
    assert {r["votes_count"] for r in march.rows("from marts.fct_alignment")} == {0}
    assert march.rows("from marts.fct_evidence where source_kind = 'interview'") == []
    april = build(project, tables, date(2026, 4, 30))
    assert {r["votes_count"] for r in april.rows("from marts.fct_alignment")} == {0, 1}


def test_teams_below_min_group_are_merged_everywhere(project: Project) -> None:
    tables = heard_engagement()
    for number in range(4):
        answer(tables, f"studio-{number}", ai_frequency="daily", ai_familiarity=5)
    for number in range(5):
        answer(tables, f"media-{number}", ai_frequency="never", ai_familiarity=1)
    interview(tables, "i1", team_id="studio", role="maker")
    fact(tables, "i1", "blockage", waiting_team_id="studio", providing_team_id="media",
         object="Brief", severity=2)  # fmt: skip
    built = build(project, tables)
    usage = built.row("from marts.fct_ai_usage")
    assert usage["respondents_count"] == 9
    assert usage["users_share"] == 4 / 9
    flow = built.row("from marts.fct_flows")
    assert flow["waiting_team_id"] == flow["providing_team_id"] == usage["team_id"]
    voices = built.rows("from marts.fct_voices where phase = 'immersion'")
    assert [(r["team_id"], r["invited_count"], r["heard_count"]) for r in voices] == [
        (usage["team_id"], 12.0, 9)
    ]


def test_wishes_for_one_task_are_one_wish(project: Project) -> None:
    tables = heard_engagement()
    add_task(tables, "minutes")
    add_label(tables, "form", "Comptes rendus", "minutes")
    answer(tables, "studio-1", wish="Les comptes  rendus")
    answer(tables, "studio-2", wish="La météo")
    interview(tables, "d1")
    fact(tables, "d1", "wish", task_id="minutes", detail="ne plus en écrire")
    built = build(project, tables)
    wishes = {r["wish_id"]: (r["task_id"], r["votes_count"], r["hours"])
              for r in built.rows("from marts.fct_wishes")}  # fmt: skip
    assert wishes == {"minutes": ("minutes", 2, None), "la meteo": (None, 1, None)}
    quotes = built.rows(
        "from marts.fct_evidence where subject_type = 'task' and subject_id = 'minutes'"
    )
    assert {(r["source_kind"], r["phase"]) for r in quotes} == {
        ("form", "immersion"), ("interview", "deep_dive"),
    }  # fmt: skip
