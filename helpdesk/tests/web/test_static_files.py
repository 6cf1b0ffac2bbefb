"""What a page loads stays what it was when the page was made, and is fetched once: every file under a hashed name."""

import json
import posixpath
import re

import pytest
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

from helpdesk.tests.processes import ROOT

STORAGE = "helpdesk.web.static_files.StaticFilesStorage"
# Comments and what else names a file in passing are no imports.
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
IMPORTS = re.compile(
    r"""(?:\b(?:import|export)\b[^;"'()]*?\bfrom\s*|\bimport\s*|\bimport\s*\(\s*)["'`]([^"'`]+)["'`]"""
)


def names_in(folder):
    """The names that files have in a folder of collected ones."""
    return json.loads((folder / "staticfiles.json").read_text())["paths"]


def entries():
    """The modules that templates load."""
    texts = [file.read_text() for file in (ROOT / "templates").rglob("*.html")]
    return {
        name for text in texts for name in re.findall(r"<script[^>]*\{% static \"(js/[^\"]+)\" %\}", text)
    }


def imported(text):
    """The names that a module asks its server for."""
    return IMPORTS.findall(COMMENTS.sub("", text))


@pytest.fixture
def closing_leaves_connections():
    """As Django's own test client does: an answer that is closed would look at what tests before have opened."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("closing_leaves_connections")
def test_every_module_is_reached_from_a_page_under_a_hashed_name_and_kept_for_ever(collected, settings, rf):
    folder = settings.STATIC_ROOT = collected / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": STORAGE}}
    paths = names_in(folder)
    served = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    waiting = [paths[name] for name in entries()]
    reached = set()

    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        answer = served(rf.get(f"/static/{name}"))
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable", name
        assert answer.headers["Content-Type"].startswith("text/javascript"), name
        answer.close()
        waiting += [
            posixpath.normpath(posixpath.join(posixpath.dirname(name), there))
            for there in imported((folder / name).read_text())
        ]

    ours = {file.relative_to(ROOT / "static").as_posix() for file in (ROOT / "static/js").rglob("*.js")}
    assert reached == {paths[name] for name in ours}


def test_pages_load_nothing_but_modules():
    scripts = [
        tag
        for file in (ROOT / "templates").rglob("*.html")
        for tag in re.findall(r"<script[^>]*>", file.read_text())
    ]

    # Django's own, with the sentences of scripts in another language; what it sets is there before they start.
    scripts.remove('<script src="{% url "language" %}">')
    scripts.remove('<script src="{% url "language" %}">')
    assert scripts
    assert all('type="module"' in tag for tag in scripts)


@pytest.fixture
def collect_ours(settings, tmp_path):
    """Collect the given files, name -> text, as an installation does; answers the folder and their names there."""

    def run(files):
        settings.STATICFILES_DIRS = [tmp_path / "source"]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        settings.STATIC_ROOT = tmp_path / "static"
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": STORAGE}}
        for name, text in files.items():
            file = tmp_path / "source" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        call_command("collectstatic", interactive=False, verbosity=0)
        return settings.STATIC_ROOT, names_in(settings.STATIC_ROOT)

    return run


@pytest.mark.parametrize(
    "written",
    [
        'import { one } from "./rooms/other.js";',
        "import { one } from './rooms/other.js';",
        'import {\n  one,\n  two as three,\n} from "./rooms/other.js";',
        'import * as other from "./rooms/other.js";',
        'import other, { one } from "./rooms/other.js";',
        'import "./rooms/other.js";',
        'const other = await import("./rooms/other.js");',
        'export { one } from "./rooms/other.js";',
        'export * from "./rooms/other.js";',
        '// What we import, and from where\nimport { one } from "./rooms/other.js";',
        '/** @import { One } from "./rooms/other.js" */\nimport { one } from "./rooms/other.js";',
        'import "./rooms/third.js";\nimport { one } from "./rooms/other.js"; // from "./here";',
    ],
)
def test_an_import_is_hashed_however_it_is_written(collect_ours, written):
    others = {"rooms/other.js": "export const one = 1;\n", "rooms/third.js": "export const three = 3;\n"}

    folder, paths = collect_ours({"entry.js": written, **others})

    names = [paths[posixpath.normpath(name)] for name in imported(written)]
    assert names
    assert imported((folder / paths["entry.js"]).read_text()) == [f"./{name}" for name in names]


def test_a_module_that_is_missing_stops_the_installation(collect_ours):
    with pytest.raises(ValueError, match=re.escape("gone.js")):
        collect_ours({"entry.js": 'import { one } from "./gone.js";\n'})
