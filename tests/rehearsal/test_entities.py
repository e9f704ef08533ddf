"""What a formatted text looks like when it has arrived."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.stage import Stage


def seen(message: dict[str, Any]) -> list[tuple[str, str]]:
    """(type, the text under it), cut out by UTF-16 offsets as clients do."""
    raw = message["text"].encode("utf-16-le")
    return [
        (e["type"], raw[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le"))
        for e in message.get("entities", [])
    ]


HTML: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("plain & simple", "plain & simple", []),
    ("a &lt;b&gt; &amp;amp; &quot;", 'a <b> &amp; "', []),
    ("&nbsp;&copy &#1178; &#x49a;", "&nbsp;&copy Қ Қ", []),
    ("&#1114112; &#0; &#xd &lt", "&#1114112; &#0;  <", []),
    ("<b>bold</b> <i>it</i>", "bold it", [("bold", "bold"), ("italic", "it")]),
    ("<strong>a</strong><em>b</em>", "ab", [("bold", "a"), ("italic", "b")]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", "ab")]),
    ("<s>a</s> <del>b</del> <strike>c</strike>", "a b c", [("strikethrough", c) for c in "abc"]),
    ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", "x")]),
    ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
    (
        "<B>Қазақстан</b> 😀<i>Түркістан</i>",
        "Қазақстан 😀Түркістан",
        [("bold", "Қазақстан"), ("italic", "Түркістан")],
    ),
    ("<b>a<i>b</i>c</b>", "abc", [("bold", "abc"), ("italic", "b")]),
    ("<b>a<b>b</b>c</b>", "abc", [("bold", "abc")]),
    ("<code>a</code> <pre>b</pre>", "a b", [("code", "a"), ("pre", "b")]),
    ("<b>a <code>b</code></b>", "a b", [("code", "b")]),
    ("<blockquote>a\nb</blockquote>", "a\nb", [("blockquote", "a\nb")]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", "a")]),
    ('<a href="https://a.kz/?x=1&amp;y=2">site</a>', "site", [("text_link", "site")]),
    ("<a>https://a.kz</a>", "https://a.kz", [("text_link", "https://a.kz")]),
    ('<a href="nonsense">site</a>', "site", []),
    ('<tg-time unix="1795365725" format="wDT">10:00</tg-time>', "10:00", [("date_time", "10:00")]),
    (" \n<b>a</b>  \n", "a", [("bold", "a")]),
    ("<b>a </b> \n", "a", [("bold", "a")]),
    (
        "read /agenda, @minber_bot!",
        "read /agenda, @minber_bot!",
        [("bot_command", "/agenda"), ("mention", "@minber_bot")],
    ),
    (
        "see https://a.kz/x(1). Or b.kz",
        "see https://a.kz/x(1). Or b.kz",
        [("url", "https://a.kz/x(1)"), ("url", "b.kz")],
    ),
    ("a/b c@d.kz #форум", "a/b c@d.kz #форум", [("email", "c@d.kz"), ("hashtag", "#форум")]),
    ("<code>/agenda</code> 10:30 т.б.", "/agenda 10:30 т.б.", [("code", "/agenda")]),
    ("a\rb\u202ec\td", "abc d", []),
]


@pytest.mark.parametrize(("source", "text", "entities"), HTML)
async def test_html(stage: Stage, source: str, text: str, entities: list[tuple[str, str]]) -> None:
    message = await stage.say(await stage.person(), source, parse_mode="HTML")
    assert message["text"] == text
    assert seen(message) == entities


async def test_details_of_entities(stage: Stage) -> None:
    person = await stage.person()
    link, code, user, emoji, when = [
        (await stage.say(person, source, parse_mode="HTML"))["entities"][0]
        for source in (
            "<a href='a.kz'>x</a>",
            '<pre><code class="language-python">x</code></pre>',
            f'<a href="tg://user?id={person.id}">x</a>',
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            '<tg-time unix="1795365725" format="r">x</tg-time>',
        )
    ]
    assert link["url"] == "http://a.kz/"
    assert (code["type"], code["language"]) == ("pre", "python")
    assert (user["type"], user["user"]["first_name"]) == ("text_mention", "Айгерім")
    assert (emoji["type"], emoji["custom_emoji_id"]) == ("custom_emoji", "5368324170671202286")
    assert (when["unix_time"], when["date_time_format"]) == (1795365725, "r")


async def test_given_entities_move_with_the_text(stage: Stage) -> None:
    person = await stage.person()
    message = await stage.say(
        person,
        "\n 😀\rab ",
        entities=[{"type": "bold", "offset": 5, "length": 3}, {"type": "url", "offset": 0, "length": 2}],
    )
    assert message["text"] == "😀ab"
    assert seen(message) == [("bold", "ab")]


async def test_what_people_write_is_read_the_same_way(stage: Stage) -> None:
    person = await stage.person()
    message = await person.send("/ask@minber_bot жарнама: https://forum.kz <b>")
    assert message.text == "/ask@minber_bot жарнама: https://forum.kz <b>"
    assert seen(message.data) == [("bot_command", "/ask@minber_bot"), ("url", "https://forum.kz")]
