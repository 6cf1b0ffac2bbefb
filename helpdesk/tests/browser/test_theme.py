"""The theme that somebody chose is there before anything is drawn, and the colours of their system are kept."""

from .conftest import PASSWORD, sign_in

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


def test_forced_colours_leave_a_mark_on_what_is_chosen_and_what_is_unread(
    open_browser, taken, requester, admin
):
    requester.set_password(PASSWORD)
    requester.save()
    taken.reply("Which one?", by=admin)
    page = open_browser(forced_colors="active")
    sign_in(page, requester.email)
    page.goto("/tickets/")

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    here = page.locator(".pt-nav a[aria-current]").first
    assert here.evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"
    ground = (
        "(row) => [getComputedStyle(row, '::before').backgroundColor, getComputedStyle(row).backgroundColor]"
    )
    mark, around = page.locator(".pt-list > .is-new").first.evaluate(ground)
    assert mark != around
