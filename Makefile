# Every target sets up what it needs; CI calls `make check` and `make test` and nothing else.
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
# Workers and the programs that tests start would each compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "%-22s %s\n", $$1, $$2}'

# The pinned one, so that the sync below does not exchange it while the other environment is made.
$(VENV)/.uv: requirements/dev.txt
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(shell grep '^uv==' requirements/dev.txt)
	touch $@

$(VENV)/.ready: requirements/dev.txt pyproject.toml $(VENV)/.uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

# Kept apart: the emulator and the SAM CLI pin other versions of what the product uses.
.venv-cloud/.ready: requirements/cloud.txt $(VENV)/.uv
	test -x .venv-cloud/bin/python || $(BIN)/uv venv --quiet --python $(BIN)/python .venv-cloud
	$(BIN)/uv pip sync --quiet --python .venv-cloud/bin/python requirements/cloud.txt
	touch $@

.venv-audit/.ready: requirements/audit.txt $(VENV)/.uv
	test -x .venv-audit/bin/python || $(BIN)/uv venv --quiet --python $(BIN)/python .venv-audit
	$(BIN)/uv pip sync --quiet --python .venv-audit/bin/python requirements/audit.txt
	touch $@

.PHONY: env
env: $(VENV)/.ready ## make the development environment

.PHONY: cloud
cloud: .venv-cloud/.ready ## make the environment of the local cloud

.PHONY: types
types: env
	$(BIN)/mypy

.PHONY: style
style: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	PYTHONPATH=layers/amends/python:functions $(BIN)/lint-imports --no-cache
	$(BIN)/python -m tools.sizes
	$(BIN)/python -m tools.events_document --check
	PYTHONPATH=layers/amends/python:functions $(BIN)/python -m tools.openapi --check

.PHONY: lint
lint: types style ## formatting, rules, types, layers, sizes, and documents that are written from the code

.PHONY: fuzz-api
fuzz-api: env ## the API against its own document, twenty tries where the suite takes one
	AMENDS_API_EXAMPLES=20 $(BIN)/pytest -q -n 2 tests/component/test_openapi_answers.py

.PHONY: openapi
openapi: env ## write the served OpenAPI document anew from the routers and their contracts
	PYTHONPATH=layers/amends/python:functions $(BIN)/python -m tools.openapi

.PHONY: audit
audit: env .venv-audit/.ready ## the template: its promises, cfn-lint, checkov
	$(BIN)/cfn-lint template.yaml
	.venv-audit/bin/checkov --quiet --compact --file template.yaml --config-file .checkov.yaml
	$(BIN)/pytest -q -n 0 tests/template

.PHONY: collected
collected: env ## every test can be imported; compiles them once, where the suite's workers would each
	@found=$$($(BIN)/pytest -qq -n 0 --collect-only 2>&1) || { echo "$$found"; exit 1; }
	@touch $(VENV)/.compiled

.PHONY: imports
imports: env cloud ## what each handler imports, in a fresh process
	$(BIN)/python -m tools.cold_start --check

.PHONY: check
check: ## everything static: lint, types, layers, template, imports
	@$(MAKE) --no-print-directory -j 2 env cloud .venv-audit/.ready
	$(MAKE) --no-print-directory -j 2 types built style audit collected
	$(MAKE) --no-print-directory imports

# Once after a change of the environment; what changes later each worker compiles by itself.
$(VENV)/.compiled: $(VENV)/.ready
	@$(MAKE) --no-print-directory collected

.PHONY: built
built: env cloud
	@$(BIN)/python -m tools.local build

# Whoever first needs a stack waits for the build that goes on beside.
.PHONY: suite
suite: cloud $(VENV)/.compiled
	$(BIN)/pytest -q -n $(or $(WORKERS),4) --dist worksteal

.PHONY: test
test: ## the whole suite; workers wait for the stacks, so there are more than cores
	@$(MAKE) --no-print-directory -j 2 built suite

.PHONY: requirements
requirements: env ## which requirements the last `make test` proved, and which are open
	test -f .amends/requirements.json || $(MAKE) test
	$(BIN)/python -m tools.requirements_report

.PHONY: both
both:
	$(MAKE) --no-print-directory -j 2 env cloud

.PHONY: up
up: both ## build, start the local stack and deploy to it
	$(BIN)/python -m tools.local up

.PHONY: run
run: both ## what `up` does, then carry one case before your eyes
	$(BIN)/python -m tools.local run

.PHONY: down
down: env ## stop the local stack; its data stays
	$(BIN)/python -m tools.local down

.PHONY: build
build: env cloud ## what `sam deploy` sends to AWS, for PY (the running Python) and ARCH (arm64)
	$(BIN)/python -m tools.local.shipping $(if $(PY),--runtime $(PY)) $(if $(ARCH),--arch $(ARCH))

.PHONY: bench-cold
bench-cold: env cloud ## import cost of each handler against boto3.client("dynamodb")
	$(BIN)/python -m tools.cold_start

.PHONY: test-dynamodb-local
test-dynamodb-local: env ## opt-in: the store's contract on Amazon's own engine (its licence, Java 17, npm)
	AMENDS_TABLE_PAYOUTS=20 $(BIN)/python -m tools.dynamodb_local $(BIN)/pytest -q -n 0 tests/contract
.PHONY: bench-number
bench-number: env ## number checks a second on one core
	$(BIN)/python -m tools.bench_number

.PHONY: bench-polling
bench-polling: env ## polls and detection delay, ours against a fixed interval and a ladder
	$(BIN)/python -m tools.bench_polling
.PHONY: bench-parse
bench-parse: env ## opt-in: our parse of each channel against karrio's, which it installs apart (LGPL)
	$(BIN)/python -m tools.bench_parse --with-karrio

.PHONY: bench-poller
bench-poller: env ## opt-in: 1,000,000 shipments (or COUNT) on Amazon's own engine (its licence, Java 17, npm)
	$(BIN)/python -m tools.dynamodb_local $(BIN)/python -m tools.bench_poller --count $(or $(COUNT),1000000)

.PHONY: screenshots
screenshots: env ## every message and answer page at a desk's and a phone's width, in build/messages (Chromium)
	PYTHONPATH=functions $(BIN)/python -m tools.screenshot_messages

.PHONY: screenshots-mailbox
screenshots-mailbox: env ## what the stack of `make up` has mailed, as HTML and pictures in build/mailbox (Chromium)
	PYTHONPATH=functions $(BIN)/python -m tools.screenshot_mailbox

.PHONY: bench-followups
bench-followups: env ## opt-in: 100,000 due follow-ups on Amazon's own engine (its licence, Java 17, npm)
	PYTHONPATH=functions $(BIN)/python -m tools.dynamodb_local $(BIN)/python -m tools.bench_followups

.PHONY: bench-quotes
bench-quotes: env ## how long an assessment takes: 10,000 mixed facts, median below 1 ms
	$(BIN)/python tools/bench_quotes.py

.PHONY: any-case
any-case: env ## 1,500 cases under random commands of everybody: none impossible, none without an end
	AMENDS_MODEL_EXAMPLES=1500 $(BIN)/pytest -q -n 0 tests/acceptance/test_any_investigation.py

.PHONY: faults-tracking
faults-tracking: env ## 2,000 parcels with every fault on: none lost, none doubled, no limit exceeded
	AMENDS_FAULT_PARCELS=2000 $(BIN)/pytest -q -n 0 tests/component/tracking/test_faults.py

.PHONY: bench-warm
bench-warm: env ## CPU of a warm report and of one step of the stream, and where it goes
	PYTHONPATH=functions $(BIN)/python -m tools.bench_warm
.PHONY: torture
torture: env ## 3,000 payouts with every fault on: each paid exactly once, both sides' books equal
	AMENDS_TORTURE_PAYOUTS=3000 $(BIN)/pytest -q -n 0 tests/component/money/test_exactly_once.py

.PHONY: torture-kills
torture-kills: env ## workers at once, duplicates and deaths by chance, 500 seeds; and every function cut everywhere
	AMENDS_KILL_SEEDS=500 $(BIN)/pytest -q -n 0 tests/component/kills

.PHONY: cost
cost: env cloud ## what one case consumes from report to survey, counted in a run, at list price
	$(BIN)/python -m tools.cost
