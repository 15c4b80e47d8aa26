# `make` alone lists the commands.

VENV ?= .venv
# The first of these that is 3.11 or newer and can make an environment is used; or say `make PYTHON=python3.12 setup`.
PYTHON ?= python3.13 python3.12 python3.11 python3
# uv installs faster where it is found; `make UV= setup` uses pip all the same.
UV ?= uv
EXTRAS := dev,export,web,policy,scale
# What weasyprint needs to write a PDF: the text layout library, and a font.
SYSTEM_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core
# What the program is timed beside.
BESIDE := policyengine-uk policyengine-uk-compiled
# More words for pytest: make test ARGS="-k taper"
ARGS ?=

BIN := $(VENV)/bin
BARE := $(VENV)/bare
ENV := PATH="$(abspath $(BIN)):$$PATH"

# $(call install,interpreter,what): held to the versions in constraints.txt.
install = { $(UV) --version >/dev/null 2>&1 && \
	$(UV) pip install --quiet --compile-bytecode --python $(1) --constraint constraints.txt $(2); } || \
	$(1) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt $(2)

.PHONY: help setup demo test check lint format docs bench bench-web wheel smoke constraints clean
.DELETE_ON_ERROR:

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.installed $(VENV)/.system  ## Make the environment in .venv and install mwp in it
	@:

demo: setup  ## Show what a job of 16 or 30 hours changes for a lone parent in Leeds
	@$(BIN)/mwp better-off lone_parent_two_children_leeds --job 16h@12.71 --job 30h@12.71 --on 2026-11-01

test: setup $(VENV)/.peer $(VENV)/.browser  ## Run every test: worked cases, Python tests and docstring examples
	@$(ENV) $(BIN)/python -m pytest -n auto $(ARGS)

check: lint test  ## Format, lint, types, layers and tests, as CI does

lint: setup  ## Format, lint, types and layers, without the tests
	@$(BIN)/ruff format --check --quiet . || { echo "Run 'make format'." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@rm -rf $(VENV)/layout && mkdir $(VENV)/layout
	@cp -R mwp $(VENV)/layout/mwp && cp -R cli $(VENV)/layout/mwp/cli
	@cd $(VENV)/layout && PYTHONPATH=. $(abspath $(BIN))/lint-imports --no-logo --no-cache --config $(CURDIR)/pyproject.toml

format: setup  ## Format the code and mend what ruff can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

docs: setup  ## Write the programme reference, the page of METRs and the charts from the rules and parameters
	@$(BIN)/python -m mwp.report.reference docs/programmes
	@$(BIN)/mwp sweep --summary --output docs/metr.md
	@$(BIN)/python -m mwp.report.population_tables docs/population.md
	@$(BIN)/mwp population describe --targets --output docs/population-synthetic.md
	@$(BIN)/mwp population guarantee --on 2026-11-01 --output docs/population-guarantee.md
	@$(BIN)/python docs/figures.py

bench: setup $(BESIDE:%=$(VENV)/bench/%/.tried)  ## Time the program beside other models, and write docs/performance.md
	@$(BIN)/python -m benchmarks.compare --output docs/performance.md \
	  $(foreach name,$(BESIDE),--$(name) $(abspath $(VENV))/bench/$(name)/bin/python)

bench-web: setup $(VENV)/load/bin/locust  ## Time the web pages and the API under load, and write the figures into docs/web.md
	@PATH="$(abspath $(BIN)):$(abspath $(VENV))/load/bin:$$PATH" $(BIN)/python -m benchmarks.web_load --output docs/web.md

wheel: setup  ## Build the wheel in dist/
	@rm -rf build dist/*.whl
	@$(BIN)/python -m build --wheel --no-isolation . >$(VENV)/build.log 2>&1 || { cat $(VENV)/build.log >&2; exit 1; }
	@rm -rf build
	@ls dist/*.whl

smoke: wheel  ## Install the wheel alone in a bare environment and run mwp from another folder
	@rm -rf $(BARE) && $(MAKE) --no-print-directory VENV=$(BARE) $(BARE)/bin/python
	@$(call install,$(BARE)/bin/python,dist/*.whl)
	@mkdir $(BARE)/elsewhere
	cd $(BARE)/elsewhere && ../bin/mwp households
	cd $(BARE)/elsewhere && ../bin/mwp better-off lone_parent_two_children_leeds --job 16h@12.71 --on 2026-11-01 --json >answer.json
	@$(BARE)/bin/python -m json.tool $(BARE)/elsewhere/answer.json >/dev/null && echo "The wheel works on its own."

constraints:  ## Renew constraints.txt from a fresh install of the newest versions
	@rm -rf $(VENV)/fresh && $(MAKE) --no-print-directory VENV=$(VENV)/fresh $(VENV)/fresh/bin/python
	@$(VENV)/fresh/bin/python -m pip install --quiet --disable-pip-version-check '.[web,export,policy,scale,docs,dev,peer]'
	@grep '^#' constraints.txt >$(VENV)/constraints
	@$(VENV)/fresh/bin/python -m pip freeze --exclude mwp >>$(VENV)/constraints
	@mv $(VENV)/constraints constraints.txt && rm -rf $(VENV)/fresh build

clean:  ## Remove the environment and everything built
	@rm -rf $(VENV) build dist mwp.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks

$(VENV)/bin/python:
	@for python in $(PYTHON); do \
	  $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  echo "Making $(VENV) with $$($$python --version)."; \
	  exec $$python -m venv --clear $(VENV); \
	done; \
	if $(UV) --version >/dev/null 2>&1; then \
	  echo "Making $(VENV) with uv."; \
	  exec $(UV) venv --quiet --clear --seed --python '>=3.11' $(VENV); \
	fi; \
	echo "mwp needs Python 3.11 or newer, with the venv module that makes environments." >&2; \
	echo "On Debian or Ubuntu: sudo apt-get install python3-venv. Then run this again." >&2; \
	exit 1

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing mwp and what it needs (some minutes the first time)."
	@$(call install,$(BIN)/python,-e '.[$(EXTRAS)]')
	@touch $@
	@echo "Installed. Try: $(BIN)/mwp --help"

# Another model of the same law, to compare results with. Only tests use it.
$(VENV)/.peer: $(VENV)/.installed
	@echo "Installing the model that tests compare with."
	@$(call install,$(BIN)/python,-e '.[peer]')
	@touch $@

# A browser looks at the pages in tests, where apt-get can bring one; elsewhere those tests say why they are left out.
$(VENV)/.browser: | $(VENV)/.installed
	@if ! command -v chromium >/dev/null && command -v apt-get >/dev/null; then \
	  as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	  if $$as_root true 2>/dev/null; then \
	    echo "Installing chromium for the tests of pages."; \
	    { $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends chromium; } </dev/null >$(VENV)/browser.log 2>&1; \
	  fi; \
	fi; \
	if command -v chromium >/dev/null; then touch $@; else \
	  echo "There is no chromium: tests that look at pages are left out." >&2; \
	fi

# Models to time the program beside have environments of their own. One that cannot be installed is left out of the page.
$(VENV)/bench/%/.tried: | $(VENV)/.installed
	@echo "Installing $*, to time the program beside it."
	@rm -rf $(@D) && mkdir -p $(VENV)/bench
	@$(BIN)/python -m venv $(@D)
	@$(UV) pip install --quiet --compile-bytecode --python $(@D)/bin/python $* 2>/dev/null || \
	  $(@D)/bin/python -m pip install --quiet --disable-pip-version-check $* || \
	  echo "$* cannot be installed here: it is left out." >&2
	@touch $@

# The load tool has an environment of its own: what it needs is no business of ours.
$(VENV)/load/bin/locust: | $(VENV)/.installed
	@echo "Installing locust, which asks."
	@$(BIN)/python -m venv $(VENV)/load
	@$(VENV)/load/bin/python -m pip install --quiet --disable-pip-version-check 'locust>=2.40'

# Without these only PDF files suffer, so what cannot be installed is said, and is not fatal.
$(VENV)/.system: | $(VENV)/.installed
	@lacking() { \
	  if command -v apt-get >/dev/null; then \
	    for name in $(SYSTEM_PACKAGES); do \
	      dpkg-query -W -f '$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || echo $$name; \
	    done; \
	  else $(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 || echo Pango; fi; }; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	if [ -n "$$(lacking)" ] && command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	  echo "Installing" $$(lacking) "for PDF files."; \
	  { $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$(lacking); } </dev/null >$(VENV)/system.log 2>&1; \
	fi; \
	if [ -z "$$(lacking)" ]; then touch $@; else \
	  echo "PDF files cannot be written properly yet, for want of:" $$(lacking)". Everything else works." >&2; \
	  echo "On Debian or Ubuntu: sudo apt-get install $(SYSTEM_PACKAGES)" >&2; \
	fi
