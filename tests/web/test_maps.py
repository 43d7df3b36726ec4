"""Maps: places stand where they are, nothing lies on anything else, and what is off the map is said to be so."""

from __future__ import annotations

import math

import pytest

from clavet.web import maps

pytestmark = pytest.mark.once
TURIN, ATHENS, ZAGREB, NICOSIA = (45.07, 7.69), (37.98, 23.73), (45.81, 15.98), (35.17, 33.36)


def test_areas_and_short_ways_keep_their_size() -> None:
    assert maps.project(*maps.CENTRE) == pytest.approx((0, 0), abs=1e-6)
    # Turin to Zagreb is 650 km on the globe.
    assert math.dist(maps.project(*TURIN), maps.project(*ZAGREB)) == pytest.approx(650, rel=0.03)


@pytest.mark.parametrize("place", [TURIN, ATHENS, ZAGREB, NICOSIA, (38.72, -9.14), (39.9, 32.86), (70.0, 25.0)])
def test_every_place_of_the_network_is_on_the_map_and_in_its_frame(place: tuple[float, float]) -> None:
    point = maps.where(*place, "")
    assert point is not None
    for others in ([], [maps.project(*TURIN)], [maps.project(*NICOSIA)]):
        x, y = maps.Frame.around([point, *others]).place(point)
        assert 0 <= x <= maps.WIDTH
        assert 0 <= y <= maps.HEIGHT


def test_a_place_that_is_not_known_stands_in_its_country_and_one_far_away_is_left_out() -> None:
    middle = maps.where(None, None, "IT")
    assert middle is not None
    assert math.dist(middle, maps.project(42.8, 12.5)) < 150
    assert maps.where(None, None, "MT") is None
    assert maps.where(-21.1, 55.5, "FR") is None


def test_places_on_each_other_are_moved_apart_and_the_first_one_stays() -> None:
    points = maps.spread([(100.0, 100.0)] * 12)
    assert points[0] == (100.0, 100.0)
    assert min(math.dist(a, b) for n, a in enumerate(points) for b in points[:n]) >= maps.APART - 1e-9


def test_an_arc_leads_to_each_place_and_none_to_where_it_begins() -> None:
    here, there = maps.project(*TURIN), [maps.project(*ATHENS), maps.project(*ZAGREB)]
    places = [maps.Place(point, "achieved", number) for number, point in enumerate(there, start=1)]
    drawn = maps.map_from("Who learned from whom", maps.Place(here, "origin"), places, {"IT", "GR"})
    assert [place.number for place in drawn.places] == [1, 2, 0]
    assert len([arc for arc in drawn.arcs if arc.startswith("M")]) == 2
    assert {land.code for land in drawn.lands if land.marked} == {"IT", "GR"}
    assert not maps.map_from("Nobody knows where", None, places, ()).arcs
    assert maps.arc((5.0, 5.0), (6.0, 5.0), short=13.0) == ""
