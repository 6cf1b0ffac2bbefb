# Two commands: `make run` and `make test`. Both work from a fresh clone with Python 3.11 and a package index.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := HELPDESK_MODE=demo $(BIN)/python manage.py

# A virtual environment whose Python is gone, or that was moved here, is made anew.
ifneq ($(wildcard .venv),)
ifneq ($(shell $(BIN)/python -c 'import sys; print(sys.prefix)' 2>/dev/null),$(abspath .venv))
$(shell rm -rf .venv)
endif
endif

# Where it is set, each of the dozens of Pythons of a test run compiles every module anew: twice the time.
unexport PYTHONDONTWRITEBYTECODE

# What checks and tests static/js/, where Node is. Nothing of it is shipped, and `make run` needs none of it.
NODE_MODULES := $(if $(shell command -v npm 2>/dev/null),node_modules/.package-lock.json)

.PHONY: run port test soak lint lock clean

run: port .venv/.run
	@$(MANAGE) prepare_demo --port '$(PORT)'
	@HELPDESK_MODE=demo HELPDESK_URL="$${HELPDESK_URL:-http://127.0.0.1:$(PORT)}" exec $(BIN)/python manage.py serve --port '$(PORT)'

# Asked first, before anything that takes time.
port:
	@$(PYTHON) -m helpdesk.server.port '$(PORT)'

test: .venv/.dev $(NODE_MODULES)
	@$(BIN)/python -m helpdesk.tests.run $(TESTS)

# What finds more the longer it looks: some half an hour, on the databases that `make test` has.
soak: .venv/.dev
	@HELPDESK_TEST_EXAMPLES=$(EXAMPLES) HELPDESK_TEST_KILLS=$(KILLS) $(BIN)/python -m helpdesk.tests.run $(SOAK)
EXAMPLES ?= 2000
KILLS ?= 300
SOAK := helpdesk/tests/server/test_kills.py helpdesk/tests/test_any_parameters.py \
	tickets/tests/text/test_markdown.py tickets/tests/domain/test_any_history.py \
	tickets/tests/search/test_search.py helpdesk/tests/text/test_folding.py helpdesk/tests/mail/test_addresses.py \
	helpdesk/tests/browser/test_looks.py

lint: .venv/.dev $(NODE_MODULES)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	HELPDESK_MODE=demo $(BIN)/python -m mypy .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m djlint --check --lint --quiet templates
	$(MANAGE) makemigrations --check --dry-run
	$(if $(NODE_MODULES),npm run --silent lint,@echo "JavaScript: not checked, there is no npm on the PATH")

# Pins with hashes and without any download address, so that they hold on every mirror.
lock: .venv/.uv
	$(BIN)/uv pip compile pyproject.toml -o requirements.txt $(LOCK)
	$(BIN)/uv pip compile --group dev -c requirements.txt -o requirements-dev.txt $(LOCK)
	$(if $(NODE_MODULES),npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved)
LOCK := -q --universal --python-version 3.11 --generate-hashes --strip-extras --no-emit-index-url --no-annotate --no-header

# The installer itself is pinned; --no-deps because it has none.
.venv/.uv: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 run")'
	@$(PYTHON) -m venv .venv || { echo "Python cannot make virtual environments here; on Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-uv.txt
	@touch $@

.venv/.run: .venv/.uv requirements.txt
	@echo "Installing packages ..."
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: .venv/.uv requirements.txt requirements-dev.txt
	@echo "Installing packages for tests ..."
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements.txt requirements-dev.txt
	@touch $@ .venv/.run

node_modules/.package-lock.json: package.json package-lock.json
	@echo "Installing tools for JavaScript ..."
	@npm ci --silent --ignore-scripts --no-audit --no-fund

clean:
	rm -rf .venv .data node_modules
