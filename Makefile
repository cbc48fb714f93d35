.DEFAULT_GOAL := help
PORT ?= 8000
export PORT
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

help:  ## Show what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup  ## Run the site on http://127.0.0.1:$PORT, installing what it needs
	@echo
	@echo "  Patients' pages:  http://127.0.0.1:$(PORT)/"
	@echo "  Staff:            http://127.0.0.1:$(PORT)/admin/   (a login: make staff)"
	@echo "  Stop with Ctrl-C."
	@echo
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py

dev: export DJANGO_SETTINGS_MODULE = iontoinfo.dev
dev: .venv/site var/env var/messages  ## The same for whoever changes it: each edit shows at once
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/python manage.py runserver $(PORT)

test: export PYTHONDONTWRITEBYTECODE =  # else every process translates the tests anew
test: .venv/tests var/messages  ## Run every test, on SQLite and on PostgreSQL, browser included
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	sh tests/system_packages.sh
	$(BIN)/python -m pytest -n 2
	TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2

messages: .venv/site var/env  ## Bring locale/ up to the words in the code; needs GNU gettext
	@$(BIN)/python manage.py makemessages --all
	@$(MAKE) --no-print-directory var/messages

bench: setup  ## Measure the site beside the smallest program that sends the same (TREATMENTS=3,50,500)
	@$(BIN)/python deploy/bench.py --treatments $(or $(TREATMENTS),3)

staff: setup  ## Create a login for the admin; prints its password once (NAME=… ROLE=…)
	@$(BIN)/python manage.py create_staff $(NAME) $(if $(ROLE),--role $(ROLE))

install: .venv/site var/messages  ## Install the packages and compile the messages, for a server

setup: .venv/site var/env var/messages
	@$(BIN)/python manage.py prepare --static

lock:  ## Pin the packages of pyproject.toml again, with hashes
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --extra test --output-file tests/requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group pyproject.toml:s3 --constraint tests/requirements.txt --output-file deploy/s3.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; another one than $(PYTHON): make PYTHON=/path/to/python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3-venv is missing: sudo apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/site: requirements.txt | .venv/bin/python
	@echo "Installing packages (once, about a minute) …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/tests: tests/requirements.txt | .venv/bin/python
	@$(PIP) -r tests/requirements.txt
	@touch .venv/site $@

# A local copy: its own key, loopback only. Never read where the variables are set already.
var/env: | .venv/bin/python
	@mkdir -p var
	@umask 077; $(BIN)/python -c 'import secrets; print(f"IONTOINFO_MODE=local\nSECRET_KEY={secrets.token_urlsafe(50)}")' > $@

var/messages: locale/bn/LC_MESSAGES/django.po | .venv/site
	@mkdir -p var
	@$(BIN)/pybabel --quiet compile --directory locale --domain django
	@touch $@

.PHONY: help run dev test messages bench staff install setup lock
