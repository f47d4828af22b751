from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playbook.chart.layout import READABLE, Layout, fits, layout, layouts, rows, shown
from playbook.chart.sheet import Ending, Person, Sheet, sheet
from playbook.words import words
from tests.picture_world import PICTURED
from tests.shelf import loaded

HEADINGS = ("a", "b", "c", "d", "e", "f")
SMALL = sheet(loaded(PICTURED), "parcel", "en", words("en"))


def lined(own: int, company: int = 0, endings: int = 0) -> Sheet:
    """A chart of so many red lines and outcomes, some lines of text each."""
    text = "palabra " * 25
    ends = tuple(Ending("A", text, 1, ("rutina", "contesta", f"actúan: {text}")) for _ in range(endings))
    people = (Person("Ana", "", ""),)
    return Sheet("es", "T", "a", "x", HEADINGS, people, (text,) * company, (), (), ends, (text,) * own)


def test_the_best_layout_is_large_and_whole_on_a_page_that_stands() -> None:
    assert layout(SMALL) == Layout(12.0)


def test_type_becomes_smaller_before_anything_is_left_out() -> None:
    chosen = layout(lined(24))
    assert READABLE <= chosen.size < 12
    assert (chosen.acting, chosen.company) == (True, True)


def test_who_acts_is_left_out_first_then_the_lines_of_the_company_then_type_is_small() -> None:
    assert layout(lined(6, 8, 10))[2:4] == (False, True)
    assert layout(lined(6, 40, 5))[3:] == (False, True)
    small = layout(lined(40))
    assert (small.size < READABLE, small.fits) == (True, True)


def test_what_fits_in_no_way_is_said_and_not_cut() -> None:
    chosen = layout(lined(150))
    assert not chosen.fits
    assert chosen.size == 6


def test_a_block_that_is_longer_than_a_page_does_not_fit() -> None:
    assert not fits(lined(0)._replace(red_lines=("palabra " * 9000,)), Layout(6.0))


def test_a_page_that_lies_has_three_columns_of_much_the_same_width() -> None:
    standing, lying = Layout(9), Layout(9, landscape=True)
    assert (standing.columns, lying.columns) == (2, 3)
    assert abs(standing.width - lying.width) < 5
    assert standing.height > lying.height


def test_layouts_go_from_good_to_bad_and_never_repeat() -> None:
    every = list(layouts())
    assert len(set(every)) == len(every)
    assert [each.size < READABLE for each in every] == sorted(each.size < READABLE for each in every)


def test_who_acts_is_not_shown_where_there_is_no_room_for_it() -> None:
    ending = Ending("A", "T", 1, ("level", "when", "who"))
    assert shown(ending, Layout(9)) == ("when", "who")
    assert shown(ending, Layout(9, acting=False)) == ("when",)
    assert shown(ending._replace(lines=("level",)), Layout(9, acting=False)) == ()


@given(st.text(max_size=60), st.text(max_size=60), st.floats(20, 90), st.floats(6, 12))
def test_more_text_narrower_columns_and_larger_type_never_take_fewer_lines(
    text: str, more: str, width: float, size: float
) -> None:
    assert rows(f"{text} {more}", width, size) >= rows(text, width, size)
    assert rows(text, width, size) >= rows(text, width * 1.5, size)
    assert rows(text, width, size, bold=True) >= rows(text, width, size)


def test_a_word_that_is_longer_than_a_line_takes_several() -> None:
    assert rows("w" * 100, 50, 10) > 5
    assert rows("漢" * 40, 50, 10) >= rows("A" * 40, 50, 10) > rows("i" * 40, 50, 10)
