# What one types in a checkout; `make help` lists it. Needs GNU make 3.81 or later, a POSIX shell
# and Python 3.11 or later. Everything is installed into .venv, from the lock files.

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/ready-to-run
DEV := $(VENV)/ready-to-test
UNFINISHED := $(VENV)/unfinished

# Options that are passed on: make map ARGS="--on 2020-02-06", make test ARGS="-k dates".
ARGS =

# The commit that `make same` compares with.
REF = HEAD

# The interpreter that .venv is made with; the first of CANDIDATES that will do, unless given.
PYTHON =
CANDIDATES = python3.14 python3.13 python3.12 python3.11 python3 python
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: benchmark benchmark-commands benchmark-war check-truth fuzz help kills map test lint lint-page format lock build clean chromium postgis pages pictures same site \
	benchmark-control benchmark-extract benchmark-front benchmark-front-speed benchmark-gazetteer benchmark-names \
	benchmark-page benchmark-processes benchmark-postgis benchmark-rules benchmark-scan benchmark-whole-war

unexport PYTHONHOME PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0

ifneq ($(PYTHON),)
# Another interpreter than the one of .venv was asked for: set up again.
identity = $(shell { '$(1)' -c 'import sys; print(sys.version)'; } 2> /dev/null)
ifneq ($(call identity,$(PYTHON)),$(call identity,$(BIN)/python))
CHANGED := yes
.PHONY: $(RUN) $(DEV)
endif
endif

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' Makefile

map: $(RUN) ## set up, and draw the map of the bundled theatre
	@$(BIN)/python -m geoline map $(ARGS)

test: chromium postgis lint ## set up, and run what `make lint` does and all tests
	$(BIN)/python -m pytest -n auto $(ARGS)
	@$(BIN)/python tests/conftest.py > /dev/null || echo 'The browser tests were NOT run.' >&2
	@$(BIN)/python tests/postgis/server.py > /dev/null || echo 'The PostGIS tests were NOT run.' >&2

lint: $(DEV) ## check format, lint, types, layout, locks and docs; change nothing
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff check --preview --select PLR0916
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -q -n auto tests/house/test_package.py tests/cli/test_cli_page.py tests/users/test_docs.py \
		-k 'not wheel'

lint-page: $(RUN) ## lint the page's scripts with ESLint; needs npm and its registry
	@$(BIN)/python -c 'from geoline.page import html_page as page; \
		print(*(page.read_part(f"scripts/{name}") for name in (*page.LOADER_OF_FILES, *page.SCRIPTS)), sep="\n")' \
		> $(VENV)/page.js
	@$(BIN)/python -c 'from geoline.review import desk_parts; \
		print(desk_parts()[0], "openDesk(document.body, {});", sep="\n")' > $(VENV)/desk.js
	npx --yes eslint@9.39.5 --config tests/eslint.config.mjs $(VENV)/page.js $(VENV)/desk.js

format: $(DEV) ## put the code into the project's format, and mend what the linter can
	$(BIN)/python -m ruff check --fix-only
	$(BIN)/python -m ruff format

# Pins that still fit are kept; make lock ARGS=--upgrade takes the newest. One resolution holds for
# every supported Python and system; the second file has all pins of the first.
LOCK = $(BIN)/python -m uv pip compile pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --system-certs --quiet \
	$(ARGS)

lock: $(RUN) ## write the lock files anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet 'uv>=0.13'
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group build --group dev --group docs --constraint requirements.lock \
		--output-file requirements-dev.lock

benchmark: chromium postgis ## run all benchmarks, short; docs/performance.md has the figures of long runs
	$(BIN)/python tests/benchmarks/commands.py --runs 1
	$(BIN)/python tests/benchmarks/large_war.py --places 500 1000 2000 --days 60 120 --shown 5
	$(BIN)/python tests/benchmarks/whole_war.py --places 1000 --days 20
	$(BIN)/python tests/benchmarks/many_processes.py --reports 300 --claims 50000 --places 1000 --shown 20
	$(BIN)/python tests/benchmarks/control.py --claims 100000 --places 3000
	$(BIN)/python tests/benchmarks/postgis.py --places 2000 --days 50
	$(BIN)/python tests/benchmarks/front_speed.py --places 1000
	$(BIN)/python tests/benchmarks/gazetteer.py --sample 100
	$(BIN)/python tests/benchmarks/names.py
	$(BIN)/python tests/benchmarks/scan.py --sample 100 --megabytes 1
	$(BIN)/python tests/benchmarks/extract.py --megabytes 0.2
	$(BIN)/python tests/benchmarks/rules.py
	$(BIN)/python tests/benchmarks/page.py --places 600 --days 30 --changes 300 --windows 1 --builds 1 \
		--only geoline

benchmark-commands: $(DEV) ## measure commands the first time, again, and with one claim more
	$(BIN)/python tests/benchmarks/commands.py $(ARGS)

benchmark-war: $(DEV) ## measure wars from claims to page, by places: ARGS="--places 1000 4000"
	$(BIN)/python tests/benchmarks/large_war.py $(ARGS)

benchmark-whole-war: $(DEV) ## measure a whole war through the commands: ARGS="--places 30000 --days 1000"
	$(BIN)/python tests/benchmarks/whole_war.py $(ARGS)

benchmark-processes: $(DEV) ## measure reports, fold and lines over one worker of Dask and two, lines by processes
	$(BIN)/python tests/benchmarks/many_processes.py $(ARGS)

benchmark-names: $(DEV) ## measure how names are found with one query a place: ARGS="--half chosen"
	$(BIN)/python tests/benchmarks/names.py $(ARGS)

benchmark-gazetteer: $(DEV) ## measure how names are found, beside four other ways
	$(BIN)/python tests/benchmarks/gazetteer.py $(ARGS)

benchmark-scan: $(DEV) ## measure how names are found in running text
	$(BIN)/python tests/benchmarks/scan.py $(ARGS)

benchmark-extract: $(DEV) ## measure how well and how fast reports are read
	$(BIN)/python tests/benchmarks/extract.py $(ARGS)

benchmark-rules: $(DEV) ## measure how often each rule of the grammar reads, and reads right
	$(BIN)/python tests/benchmarks/rules.py $(ARGS)

benchmark-control: $(DEV) ## measure how fast claims fold into who held what, beside DuckDB
	$(BIN)/python tests/benchmarks/control.py $(ARGS)

benchmark-postgis: postgis ## measure places and days to PostGIS and back
	$(BIN)/python tests/benchmarks/postgis.py $(ARGS)

benchmark-front: $(DEV) ## measure the line on daily polygons: ARGS=FOLDER
	$(BIN)/python tests/benchmarks/front.py $(ARGS)

benchmark-front-speed: $(DEV) ## measure how long a line takes, beside Voronoi cells
	$(BIN)/python tests/benchmarks/front_speed.py $(ARGS)

benchmark-page: chromium ## measure how heavy and fast the page is, beside other ways
	$(BIN)/python tests/benchmarks/page.py $(ARGS)

check-truth: $(DEV) ## hold the bundled map against what others published
	$(BIN)/python -m tests.benchmarks.place_days

same: $(DEV) ## hold what is written now against an earlier commit, byte for byte: REF=COMMIT
	$(BIN)/python tests/benchmarks/same_outputs.py $(REF) $(ARGS)

fuzz: $(DEV) ## try every way in with inputs that go wrong: ARGS="--inputs 200000"
	$(BIN)/python tests/fuzz/fuzz.py $(ARGS)

kills: $(DEV) ## end commands at random moments, fill the disk, run two at once: ARGS="--kills 200"
	$(BIN)/python tests/fuzz/kills.py $(ARGS)

pages: $(DEV) ## write docs/cli.md from the program
	$(BIN)/python tests/cli/test_cli_page.py

site: $(DEV) ## build the site of the docs into build/site, with the maps of its gallery
	$(BIN)/python tests/users/test_site.py

pictures: $(DEV) ## run the notebooks and draw their pictures anew
	$(BIN)/python tests/users/test_notebooks.py

build: $(DEV) ## build source archive and wheel into dist
	$(BIN)/python -m build --no-isolation

clean: ## remove .venv, builds and caches
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find geoline tests notebooks -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements.lock pyproject.toml
	@$(call set_up,requirements.lock,$(RUN))

$(DEV): requirements-dev.lock pyproject.toml
	@$(call set_up,requirements-dev.lock,$(RUN) $(DEV))

# Shell functions for the recipes below -----------------------------------------------------------

say = say() { echo "geoline: $$*" >&2; }

# as_root COMMAND…: fails, without asking for a password, for whoever may not.
as_root = as_root() { \
	if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@"; fi < /dev/null; }

# apt PACKAGE: install it from the distribution, where there is apt-get and we may.
apt = apt() { \
	command -v apt-get > /dev/null && as_root true 2> /dev/null || return 1; \
	say "installing $$1 (apt-get install $$1) …"; \
	as_root apt-get -qq update > /dev/null || :; \
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$$1" > /dev/null; }

# find_python: sets $python to an interpreter that is new enough, with the means to make a venv if
# there is one.
find_python = find_python() { \
	python=; \
	for name in $(if $(PYTHON),'$(PYTHON)',$(CANDIDATES)); do \
		"$$name" -c '$(NEW_ENOUGH)' 2> /dev/null || continue; \
		[ -n "$$python" ] || python=$$name; \
		if "$$name" -c 'import ensurepip, venv' 2> /dev/null; then python=$$name; return; fi; \
	done; \
	[ -n "$$python" ] || { \
		say "$(if $(PYTHON),$(PYTHON) is not,found no) Python 3.11 or later: install one" \
			"(https://www.python.org/downloads/) or name it, make PYTHON=/path/to/python3"; \
		return 1; }; }

# make_venv: a new, empty .venv.
make_venv = make_venv() { \
	find_python || return 1; \
	version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	"$$python" -c 'import ensurepip, venv' 2> /dev/null || apt "python$$version-venv" || { \
		say "$$python cannot make virtual environments: install its venv module" \
			"(Debian, Ubuntu: sudo apt-get install python$$version-venv) and run make again"; \
		return 1; }; \
	say "setting up $(VENV) with Python $$version …"; \
	rm -rf $(VENV) && mkdir $(VENV) && : > $(UNFINISHED) && "$$python" -m venv $(VENV); }

# Install lock file $1 and geoline, then touch stamps $2. A .venv that an earlier attempt left half
# done, or whose interpreter is gone, is made anew. Without stamps no .venv counts as ready.
define set_up
set -eu; $(say); $(as_root); $(apt); $(find_python); $(make_venv); \
if [ -n "$(CHANGED)" ] || [ -e $(UNFINISHED) ] || ! $(BIN)/python -c '$(NEW_ENOUGH)' 2> /dev/null \
	|| ! $(BIN)/python -m pip --version > /dev/null 2>&1; then make_venv; fi; \
rm -f $(RUN) $(DEV); : > $(UNFINISHED); \
say 'installing what $(1) lists …'; \
$(BIN)/python -m pip install --quiet --require-hashes --requirement $(1); \
$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
rm -f $(UNFINISHED); touch $(2)
endef

# The browser tests drive a Chromium. Without one the other tests still run, except in CI.
chromium: $(DEV)
	@$(say); $(as_root); $(apt); \
	if $(BIN)/python tests/conftest.py > /dev/null 2>&1; then exit; fi; \
	[ -n "$${GEOLINE_CHROMIUM-}" ] || apt chromium || :; \
	if $(BIN)/python tests/conftest.py > /dev/null; then exit; fi; \
	if [ "$${CI-}" = true ]; then say 'in CI the browser tests have to run'; exit 1; fi; \
	say 'the browser tests will NOT be run'

# Tests of `export -o postgresql://` start a server of their own; else as with the Chromium.
postgis: $(DEV)
	@$(say); $(as_root); $(apt); \
	if $(BIN)/python tests/postgis/server.py > /dev/null 2>&1; then exit; fi; \
	[ -n "$${GEOLINE_POSTGRES-}" ] || { apt postgresql && apt postgis; } || :; \
	if $(BIN)/python tests/postgis/server.py > /dev/null; then exit; fi; \
	if [ "$${CI-}" = true ]; then say 'in CI the PostGIS tests have to run'; exit 1; fi; \
	say 'the PostGIS tests will NOT be run'
