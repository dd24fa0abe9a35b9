"""An invitation works once, for one person, until it expires or is taken back; its token is stored nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.handoff.invitations import MOST_OPEN, VALID_FOR, Invitation, Known, token_digest
from bot.storage.store import Store
from tests.storage.builders import NOW, at_once, later
from tests.storage.test_persons import everything

MAKER = "volunteer"
GUEST = "guest-7f3a"


def an_invitation(store: Store, maker: str = MAKER) -> tuple[Invitation, str]:
    with store.transaction() as tx:
        made = tx.invitations.make(maker, "ar", NOW)
    assert made is not None
    return made


def redeemed(store: Store, token: str, guest: str = GUEST, **after: float) -> Invitation | None:
    with store.transaction() as tx:
        return tx.invitations.redeem(token_digest(token), guest, later(**after))


def open_of(store: Store, **after: float) -> list[Invitation]:
    with store.transaction() as tx:
        return tx.invitations.open_of(MAKER, later(**after))


def test_a_token_has_more_than_128_bits_and_only_its_digest_is_stored(store: Store) -> None:
    _, token = an_invitation(store)
    assert len(token) * 4 >= 128
    assert token not in everything(store)
    assert token_digest(token) in everything(store)


def test_an_invitation_works_once(store: Store) -> None:
    made, token = an_invitation(store)
    assert redeemed(store, token) == made
    assert redeemed(store, token) is None
    assert redeemed(store, token, "somebody-else") is None


def test_of_many_who_open_it_at_the_same_moment_one_comes_in(store: Store) -> None:
    _, token = an_invitation(store)
    guests: list[Callable[[], Invitation | None]] = [partial(redeemed, store, token, f"guest-{n}") for n in range(12)]
    assert sum(one is not None for one in at_once(guests, threads=6)) == 1


def test_nobody_comes_in_after_it_expired_or_was_taken_back_or_with_a_made_up_token(store: Store) -> None:
    _, token = an_invitation(store)
    assert redeemed(store, token, days=14) is None
    assert redeemed(store, "x" * 32) is None
    taken_back, other = an_invitation(store)
    with store.transaction() as tx:
        tx.invitations.revoke(MAKER, taken_back.id, NOW)
    assert redeemed(store, other) is None
    assert redeemed(store, token, days=13.9) is not None


def test_its_maker_cannot_use_it_and_does_not_use_it_up(store: Store) -> None:
    _, token = an_invitation(store)
    assert redeemed(store, token, MAKER) is None
    assert redeemed(store, token) is not None


def test_only_its_maker_can_take_it_back(store: Store) -> None:
    made, token = an_invitation(store)
    with store.transaction() as tx:
        tx.invitations.revoke("somebody-else", made.id, NOW)
    assert redeemed(store, token) is not None


def test_the_maker_cannot_see_whether_it_was_opened_unless_they_may(store: Store) -> None:
    made, token = an_invitation(store)
    redeemed(store, token)
    assert open_of(store) == [made]
    with store.transaction() as tx:
        assert tx.invitations.of_token(MAKER, token, NOW) == made
        assert tx.invitations.allow(made.id, Known.OPENED) == MAKER
    assert [one.known for one in open_of(store)] == [Known.OPENED]


def test_an_appointment_is_known_only_when_there_is_one_and_told_once(store: Store) -> None:
    made, token = an_invitation(store)
    redeemed(store, token)
    with store.transaction() as tx:
        assert tx.invitations.booked(made.id, NOW) is None
        tx.invitations.allow(made.id, Known.BOOKED)
    assert [one.known for one in open_of(store)] == [Known.OPENED]
    with store.transaction() as tx:
        told = tx.invitations.booked(made.id, NOW)
        assert told is not None
        assert told[0] == MAKER
        assert tx.invitations.booked(made.id, NOW) is None
    assert [one.known for one in open_of(store)] == [Known.BOOKED]


def test_what_may_be_known_can_be_taken_back(store: Store) -> None:
    made, token = an_invitation(store)
    redeemed(store, token)
    with store.transaction() as tx:
        tx.invitations.allow(made.id, Known.BOOKED)
        tx.invitations.allow(made.id, Known.NOTHING)
        assert tx.invitations.booked(made.id, NOW) is None
    assert open_of(store) == [made]


def test_of_the_guest_nothing_is_kept_with_the_invitation(store: Store) -> None:
    made, token = an_invitation(store)
    redeemed(store, token)
    with store.transaction() as tx:
        tx.invitations.allow(made.id, Known.BOOKED)
        tx.invitations.booked(made.id, NOW)
    assert GUEST not in everything(store)


def test_the_file_of_an_invitation_is_its_makers_and_only_while_it_works(store: Store) -> None:
    made, token = an_invitation(store)
    with store.transaction() as tx:
        assert tx.invitations.of_token("somebody-else", token, NOW) is None
        assert tx.invitations.of_token(MAKER, token, later(days=14)) is None
        tx.invitations.revoke(MAKER, made.id, NOW)
        assert tx.invitations.of_token(MAKER, token, NOW) is None


def test_nobody_has_more_open_ones_than_that(store: Store) -> None:
    for _ in range(MOST_OPEN):
        an_invitation(store)
    with store.transaction() as tx:
        assert tx.invitations.make(MAKER, "ar", NOW) is None
        assert tx.invitations.make("somebody-else", "ar", NOW) is not None
        tx.invitations.revoke(MAKER, tx.invitations.open_of(MAKER, NOW)[0].id, NOW)
        assert tx.invitations.make(MAKER, "ar", NOW) is not None


def test_old_invitations_are_forgotten_and_others_are_not(store: Store) -> None:
    an_invitation(store)
    with store.transaction() as tx:
        assert tx.invitations.prune(NOW + VALID_FOR) == 0
        assert tx.invitations.prune(NOW + VALID_FOR + timedelta(seconds=1)) == 1


def test_erasing_the_maker_ends_their_invitations(store: Store) -> None:
    made, token = an_invitation(store)
    with store.transaction() as tx:
        tx.erase(MAKER)
    assert redeemed(store, token) is None
    with store.transaction() as tx:
        assert tx.invitations.allow(made.id, Known.OPENED) is None


def test_how_a_consent_was_given_is_on_record(store: Store) -> None:
    with store.transaction() as tx:
        tx.consents.give("p1", "contact", "sha", "ar", "web", NOW, "spoken, typed by a helper")
        tx.consents.give("p1", "contact", "sha", "ar", "web", later(days=1))
        (spoken, own) = tx.export("p1")["consent"]
    assert (spoken["how"], own["how"]) == ("spoken, typed by a helper", "")
