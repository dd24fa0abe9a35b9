"""What the help is needed for: own words or topic buttons; the bot says what it understood and can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons
from bot.dialogs.session import Told
from bot.i18n.text import Text, _, data
from bot.understanding.recognise import Recognition
from bot.vocabulary.topics import CLUSTERS

LONG: Final = 1500  # characters; above it the person is asked to check with more care
QUOTED: Final = 4  # so many of the person's words are shown beside a need


def topic_label(view: View, topic: str) -> Text:
    """Pictogram and words of a topic, as on its button."""
    known = view.know.topics[topic]
    return _("{pictogram} {topic}", pictogram=data(known.pictogram), topic=known.label)


def with_needs(view: View, told: Iterable[Told]) -> dict[str, object]:
    """Session changes that add needs to what was told before; a need told twice keeps all its words."""
    words: dict[str, tuple[str, ...]] = {one.topic: one.words for one in view.session.told}
    for one in told:
        words[one.topic] = tuple(dict.fromkeys((*words.get(one.topic, ()), *one.words)))
    return _told(view, words)


def _without(view: View, topic: str) -> dict[str, object]:
    return _told(view, {one.topic: one.words for one in view.session.told if one.topic != topic})


def _told(view: View, words: dict[str, tuple[str, ...]]) -> dict[str, object]:
    """A new picture of the needs: what was asked because of the old one may be asked again."""
    told = tuple(Told(topic, said) for topic, said in words.items())
    return {"told": told, "facts": replace(view.facts, needs=tuple(words) or None), "guesses": ()}


def hears_need(view: View, text: str, recognition: Recognition) -> Step:
    """Typed words where a need is expected: understood, or asked back."""
    if recognition.needs:
        found = [Told(need.topic, need.words) for need in recognition.needs]
        notice = (_LONG_TEXT,) if len(text) > LONG else ()
        return view.go("need.understood", *notice, **with_needs(view, found))
    return view.go("need.vague")


def _understood(view: View) -> tuple[Text, ...]:
    if not view.session.told:
        return (_("You have not named a topic yet. Please write what you need help with, or choose from the list."),)
    return (_("I understood that you need help with this:"), *(_need_line(view, one) for one in view.session.told))


def _need_line(view: View, told: Told) -> Text:
    label = topic_label(view, told.topic)
    if not told.words:
        return label
    return _("{need} (your words: “{words}”)", need=label, words=data(" … ".join(told.words[:QUOTED])))


def _corrections(view: View) -> tuple[Choice, ...]:
    removals = tuple(_removal(view, one.topic) for one in view.session.told)
    right = (Choice("right", _("✅ Yes, that is right"), "next"),) if removals else ()
    return (*right, Choice("add", _("➕ Add something"), "need.more"), *removals, _TO_TOPICS)


def _removal(view: View, topic: str) -> Choice:
    label = _("❌ Remove: {topic}", topic=view.know.topics[topic].label)
    return Choice(f"remove.{topic}", label, lambda view: view.stay(**_without(view, topic)))


def _guesses(view: View) -> tuple[Choice, ...]:
    guesses = tuple(_guess(view, topic) for topic in view.session.guesses)
    return (*guesses, Choice("again", _("I write it in other words"), "need"), _TO_TOPICS)


def _guess(view: View, topic: str) -> Choice:
    return Choice(
        topic, topic_label(view, topic), lambda view: view.go("need.understood", **with_needs(view, [Told(topic)]))
    )


def _vague(view: View) -> tuple[Text, ...]:
    if view.session.guesses:
        return (_("I am not sure that I understood you. Is it one of these?"),)
    return (
        _("I did not understand which help you need. Please write it in other words, or choose from the list."),
        _("For example: “I am looking for a flat” or “I do not understand a letter”."),
    )


def _groups(view: View) -> tuple[Choice, ...]:
    groups = tuple(Choice(cluster, label, f"need.topics.{cluster}") for cluster, label in CLUSTERS.items())
    return (*groups, *_done(view))


def _group_screen(cluster: str) -> Screen:
    return Screen(
        id=f"need.topics.{cluster}",
        says=always(_("Choose everything that fits. Tap again to take it back.")),
        choices=_topics_of(cluster),
        hears=hears_need,
        parent="need.topics",
        step=4,
    )


def _topics_of(cluster: str) -> Callable[[View], tuple[Choice, ...]]:
    def choices(view: View) -> tuple[Choice, ...]:
        topics = [topic for topic in view.know.topics.values() if topic.cluster == cluster]
        return (*(_toggle(view, topic.id) for topic in topics), _OTHER_GROUPS, *_done(view))

    return choices


def _toggle(view: View, topic: str) -> Choice:
    if topic in (view.facts.needs or ()):
        label = _("✅ {topic}", topic=topic_label(view, topic))
        return Choice(topic, label, lambda view: view.stay(**_without(view, topic)))
    return Choice(topic, topic_label(view, topic), lambda view: view.stay(**with_needs(view, [Told(topic)])))


def _done(view: View) -> tuple[Choice, ...]:
    return (Choice("done", _("✔️ Done"), "need.understood"),) if view.facts.needs else ()


_TO_TOPICS: Final = Choice("topics", _("🗂️ Choose from a list"), "need.topics")
_OTHER_GROUPS: Final = Choice("other_groups", _("Other topics"), "need.topics")
_LONG_TEXT: Final = _(
    "Thank you for telling me so much. Please check whether I have understood the most important things."
)
_ASKS: Final = (
    _("What do you need help with? Please tell me in your own words. You can name several things."),
    _("You do not have to write about illnesses, your religion, your flight or violence in detail."),
)

SCREENS: Final = (
    Screen(
        id="need",
        says=always(*_ASKS),
        choices=buttons(_TO_TOPICS),
        hears=hears_need,
        parent="place",
        step=4,
        records=True,
    ),
    Screen(
        id="need.more",
        says=always(_("What else do you need help with?")),
        choices=buttons(_TO_TOPICS, Choice("nothing", _("Nothing else"), "need.understood")),
        hears=hears_need,
        parent="need.understood",
        step=4,
        records=True,
    ),
    Screen(
        id="need.understood",
        says=_understood,
        choices=_corrections,
        hears=hears_need,
        parent="need",
        step=4,
        records=True,
    ),
    Screen(id="need.vague", says=_vague, choices=_guesses, hears=hears_need, parent="need", step=4, records=True),
    Screen(
        id="need.topics",
        says=always(_("Which of these is it about? You can choose several.")),
        choices=_groups,
        hears=hears_need,
        parent="need",
        step=4,
        records=True,
    ),
    *(_group_screen(cluster) for cluster in CLUSTERS),
)
