"""parse_mode HTML is read as Telegram reads it."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.api.html_text import read_text
from bot.sandbox.api.refusal import Refusal
from bot.sandbox.world.entities import Entity, utf16_length


def read(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    formatted = read_text(source, "HTML")
    return formatted.text, [(e.type, e.offset, e.length) for e in formatted.entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b> <strong>b</strong>", "a b", [("bold", 0, 1), ("bold", 2, 1)]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1), ("italic", 2, 1)]),
        ("<u>a</u> <ins>b</ins>", "a b", [("underline", 0, 1), ("underline", 2, 1)]),
        ("<s>a</s> <del>b</del>", "a b", [("strikethrough", 0, 1), ("strikethrough", 2, 1)]),
        ("<strike>a</strike>", "a", [("strikethrough", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<code>a</code>", "a", [("code", 0, 1)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("<b>a <i>b</i></b>", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<b>a<b>b</b></b>", "ab", [("bold", 0, 2)]),
        ("<b>a<code>b</code></b>", "ab", [("bold", 0, 1), ("code", 1, 1)]),
        ("<b></b>a", "a", []),
        ("a<b> </b>b", "a b", []),
        ("😀<b>a</b>", "😀a", [("bold", 2, 1)]),
        ("<b>👨‍👩‍👧</b><i>é</i>", "👨‍👩‍👧é", [("bold", 0, 8), ("italic", 8, 1)]),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&#60;&#x1F600;<b>a</b>", "<😀a", [("bold", 3, 1)]),
        ("&nbsp; & &#0; a&b", "&nbsp; & &#0; a&b", []),
        ("a &lt b", "a < b", []),
        ("  a  ", "a", []),
        ("\n <b>a\n</b>\n", "a", [("bold", 0, 1)]),
        ("<b>  a</b>", "  a", [("bold", 0, 3)]),
        ("a\tb\rc", "a bc", []),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert read(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<foo>a</foo>", 'Unsupported start tag "foo" at byte offset 0'),
        ("12345 <5 kg>", 'Unsupported start tag "5" at byte offset 6'),
        ("é😀<br>", 'Unsupported start tag "br" at byte offset 6'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        (
            "<b>a</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_text(source, "HTML")
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<a href="example.org">a</a>', Entity("text_link", 0, 1, (("url", "http://example.org/"),))),
        ("<a href='https://x.org/?a&amp;b'>a</a>",
         Entity("text_link", 0, 1, (("url", "https://x.org/?a&b"),))),
        ('<pre><code class="language-toml">a</code></pre>',
         Entity("pre", 0, 1, (("language", "toml"),))),
        ('<code class="language-toml">a</code>', Entity("code", 0, 1)),
        ('<tg-emoji emoji-id="53">a</tg-emoji>',
         Entity("custom_emoji", 0, 1, (("custom_emoji_id", "53"),))),
        ('<tg-time unix="60" format="wDT">a</tg-time>',
         Entity("date_time", 0, 1, (("unix_time", 60), ("date_time_format", "wDT")))),
    ],
)  # fmt: skip
def test_attributes_become_fields_of_the_entity(source: str, entity: Entity) -> None:
    assert read_text(source, "HTML").entities == (entity,)


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    assert read('<a href="javascript:alert(1)">a</a>') == ("a", [])


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(Refusal, match="invalid Unicode characters"):
        read_text("&#xD83D;", "HTML")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("/start now", [("bot_command", 0, 6)]),
        ("😀 /help@band_coach_bot", [("bot_command", 3, 20)]),
        ("either/or </start>"[:9], []),
        ("see https://x.org/a, and @ann_b", [("url", 4, 15), ("mention", 25, 6)]),
    ],
)
def test_commands_links_and_mentions_are_found(
    source: str, found: list[tuple[str, int, int]]
) -> None:
    formatted = read_text(source, "")
    assert [(e.type, e.offset, e.length) for e in formatted.entities] == found


def test_nothing_is_found_in_code() -> None:
    assert read("<code>/start</code>")[1] == [("code", 0, 6)]


def test_without_parse_mode_tags_are_text() -> None:
    assert read_text("<b>a</b>", "").text == "<b>a</b>"


def test_an_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(Refusal, match="unsupported parse_mode"):
        read_text("a", "BBCode")


def test_lengths_count_utf16_units() -> None:
    assert utf16_length("a😀é") == 4


_VISIBLE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)


@given(_VISIBLE)
def test_an_escaped_name_is_shown_as_typed(name: str) -> None:
    formatted = read_text(f"<b>{escape(name)}</b>", "HTML")
    assert formatted.text == name
    assert Entity("bold", 0, utf16_length(name)) in formatted.entities


_PIECES = ("<b>", "</b>", "<a href='", "'>", "</a>", "&lt;", "😀", " ", "<")


@given(st.lists(st.sampled_from(_PIECES)))
def test_any_source_is_read_or_refused(pieces: list[str]) -> None:
    try:
        formatted = read_text("".join(pieces), "HTML")
    except Refusal:
        return
    end = utf16_length(formatted.text)
    assert all(0 <= e.offset < e.end <= end for e in formatted.entities)
