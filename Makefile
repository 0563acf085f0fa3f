# `make help` lists what can be done.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi

# Another port is another address, and the address is signed.
ifneq ($(PORT),8000)
export PUBLIC_URL := http://127.0.0.1:$(PORT)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run talk test check format lint types contracts content catalogs eval distil clean

## Use it

run: .env $(VENV)/service ## serve on http://127.0.0.1:8000 (PORT=…)
	@$(FLASK) content check
	@echo "Texts:  POST http://127.0.0.1:$(PORT)/sms, signed with TWILIO_AUTH_TOKEN of .env"
	@echo "Calls:  POST http://127.0.0.1:$(PORT)/voice, signed in the same way"
	@echo "Health: http://127.0.0.1:$(PORT)/healthz"
	@echo "Without a carrier: make talk, or $(FLASK) talk --voice"
	@$(BIN)/gunicorn wsgi:app --bind 127.0.0.1:$(PORT) --preload --threads 8 --log-level warning

talk: .env $(VENV)/service ## text with the line in this terminal
	@$(FLASK) talk

## Look after the content

content: .env $(VENV)/service ## every fault, and how each text stands, by language
	@$(FLASK) content check
	@$(FLASK) content status

catalogs: $(VENV)/development ## bring locales/ up to date with the code and the menu
	$(BIN)/python -m babel.messages.frontend -q extract -F pyproject.toml -k N_ --no-location -o var/messages.pot .
	$(BIN)/python -m babel.messages.frontend -q update -i var/messages.pot -d locales --no-fuzzy-matching \
		--ignore-obsolete --no-wrap --ignore-pot-creation-date

eval: .env $(VENV)/service ## put the test questions to the recognizer
	@$(FLASK) evaluate tests/questions/*.jsonl

distil: $(VENV)/development ## ask a multilingual model again what words mean; takes minutes
	OMP_NUM_THREADS=1 $(BIN)/python -m bench.distil

## Prove it

test: $(VENV)/development ## run every test that this machine can run
	$(BIN)/pytest -n auto -ra

check: format lint types contracts content test ## all that CI runs

format: $(VENV)/development
	$(BIN)/ruff format --check .

lint: $(VENV)/development
	$(BIN)/ruff check .

types: $(VENV)/development
	$(BIN)/mypy

contracts: $(VENV)/development
	$(BIN)/lint-imports --no-logo

## Set up (the other targets do this by themselves)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/service: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/service
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@mkdir -p var && touch $@

.env: | $(VENV)/bin/python
	@umask 077 && $(BIN)/python -c 'import pathlib, secrets; \
	text = pathlib.Path(".env.example").read_text("utf-8"); \
	text = text.replace("TWILIO_AUTH_TOKEN=\n", f"TWILIO_AUTH_TOKEN={secrets.token_hex(16)}\n"); \
	text = text.replace("SECRET_KEY=\n", f"SECRET_KEY={secrets.token_urlsafe(48)}\n"); \
	text = text.replace("TWILIO_ACCOUNT_SID=\n", f"TWILIO_ACCOUNT_SID=AC{secrets.token_hex(16)}\n"); \
	text = text.replace("PUBLIC_URL=\n", "PUBLIC_URL=http://127.0.0.1:8000\n"); \
	pathlib.Path(".env").write_text(text, "utf-8")'
	@echo "Made .env with secrets of its own, for this machine. For a real number, put Twilio's there."

clean: ## remove what was built: the environment, the caches, the learned recognizer
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help: ## this list
	@awk -F':.*## ' '/^## /{print "\n" substr($$0, 4)} /^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
