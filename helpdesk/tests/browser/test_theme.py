"""The theme that somebody chose is there before anything is drawn."""

DRAWN = (
    "new Promise((done) => { requestAnimationFrame(() => done(true)); setTimeout(() => done(false), 500); })"
)


def test_a_dark_page_is_never_light_first(open_browser):
    page = open_browser(color_scheme="light")
    page.add_init_script("localStorage.setItem('theme', 'dark')")
    held = []
    page.route("**/js/theme*.js", lambda route: held.append(route))

    page.goto("/auth/login/", wait_until="domcontentloaded")
    assert page.evaluate(DRAWN) is False

    held.pop().continue_()
    page.wait_for_load_state()
    assert page.evaluate(DRAWN) is True
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
