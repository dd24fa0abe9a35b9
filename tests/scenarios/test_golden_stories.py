"""The six stories of the RBK concept (seed 004 chapter 7.2), told in free text, end in the suggestion that it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.talk import Talk, new_store

STORIES = yaml.safe_load((Path(__file__).parent / "golden_cases.yaml").read_text(encoding="utf-8"))


def tells(talk: Talk, story: dict[str, Any]) -> None:
    """From the first word to an appointment, with the suggestion that the concept names."""
    facts = dict(story["facts"])
    talk.consents("de").lives_in(facts["municipality"]).types(story["told"])
    if talk.last.screen.startswith("urgent"):
        talk.taps("go_on")
    talk.sees("need.understood").taps("right").answers(**facts).taps("go_on").books()
    (case,) = talk.cases()
    assert case.suggestion == story["suggestion"]
    assert case.appointment is not None
    met = {finding.criterion for finding in case.findings if finding.outcome == "holds"}
    assert not met & set(story.get("not", ()))


@pytest.mark.parametrize("story", STORIES, ids=[story["id"] for story in STORIES])
def test_a_story_in_free_text_reaches_an_appointment_with_the_expected_suggestion(story: dict[str, Any]) -> None:
    with new_store() as store:
        tells(Talk(store), story)
