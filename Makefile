ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif
BIN = .venv/bin
COMPILE = PIP_CONFIG_FILE=/dev/null $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help run test soak check bench translations migration lock python environment development

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1	\2/' | expand -t 24

run: environment ## Start everything on this machine; Ctrl-C stops it
	@exec $(BIN)/contest run

test: development ## Run every test; ARGS=… goes to pytest
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

soak: development ## Run the tests of crowds and large banks, which take minutes
	@$(BIN)/pytest -m soak $(ARGS)

check: development ## Format, lint, types, import order, templates, translations
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint contest/templates --lint --quiet
	$(BIN)/python scripts/translations.py check

bench: development ## Print what requests cost, as ratios to a bare view
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.files
	@$(BIN)/python -m tests.bench.similar

translations: development ## Bring the Vietnamese catalogue up to date with the sources
	$(BIN)/python scripts/translations.py update

migration: development ## Write a migration: make migration m="what it does"
	$(BIN)/flask --app wsgi db revision --autogenerate --rev-id \
		$$(printf '%04d' $$(($$(ls migrations/versions/*.py | wc -l) + 1))) -m "$(m)"

lock: development ## Choose the newest versions that pyproject.toml allows
	$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --extra dev pyproject.toml -o requirements-dev.lock
	printf 'setuptools\nuv\n' | $(COMPILE) --upgrade - -o requirements-setup.lock

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found on the PATH." >&2; exit 1; }

environment: python
	@$(PYTHON) scripts/setup.py run

development: python
	@$(PYTHON) scripts/setup.py dev
