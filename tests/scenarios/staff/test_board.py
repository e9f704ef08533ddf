from tests.conftest import Forum
async def test_smoke(forum: Forum) -> None:
    organizer = await forum.organizer("ru")
    await organizer.send("/board")
    message = await organizer.sees("Табло")
    print(await organizer.screen())
    await organizer.press("go:entrance", message)
    print(await organizer.screen())
    await organizer.press("ob", message)
    author = await forum.delegate()
    from tests.scenarios.steps import ask, sessions
    await ask(author, sessions(forum)[0].code, "Когда обед?")
    await organizer.sees("Вопросы на проверку", timeout=12)
    print(await organizer.screen())
