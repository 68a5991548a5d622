# lastcall: `make` lists what there is to make.

SWIFT  ?= swift
PYTHON ?= python3
PREFIX ?= /usr/local

build  := .build
report := report.md
binary := $(build)/release/lastcall

# A binary that runs where no Swift is installed; elsewhere than on Linux the system brings Swift along.
ifeq ($(shell uname -s),Linux)
release := -c release --static-swift-stdlib
else
release := -c release
endif

.DEFAULT_GOAL := help
.PHONY: help libraries build audit test lint docs bench install clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

libraries: ## Install the system libraries that are missing (SQLite, decompressors)
	@./.ci/libraries

build: libraries ## Build the release binary
	$(SWIFT) build $(release) --product lastcall

audit: build ## Audit the sample company's code and logs, and write report.md
	@rm -f $(build)/samples.sqlite $(build)/samples.sqlite-wal $(build)/samples.sqlite-shm
	$(binary) audit --config samples/lastcall.yaml --db $(build)/samples.sqlite --output $(report)
	@echo "The report:   $(CURDIR)/$(report)"
	@echo "The database: $(CURDIR)/$(build)/samples.sqlite"

test: libraries ## Build and run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

lint: ## Check the layout of all Swift files
	$(SWIFT) format lint --strict --recursive .

docs: ## Build the documentation of the client library (DocC) into .build/docs
	$(SWIFT) build --target OperationsClient
	@mkdir -p $(build)/symbols
	$(SWIFT) symbolgraph-extract -module-name OperationsClient -output-dir $(build)/symbols \
	  -target "$$($(SWIFT) -print-target-info | sed -n 's/.*"triple": "\(.*\)",/\1/p' | head -n 1)" -I $(build)/debug/Modules \
	  $$(find -L $(build)/debug $(build)/checkouts -name module.modulemap -exec dirname {} \; | sort -u | sed 's/^/-I /')
	docc convert Sources/OperationsClient/OperationsClient.docc --additional-symbol-graph-dir $(build)/symbols \
	  --fallback-display-name OperationsClient --fallback-bundle-identifier lastcall.OperationsClient \
	  --output-dir $(build)/docs --warnings-as-errors
	@echo "The documentation: $(CURDIR)/$(build)/docs (serve it with any web server)"

bench: build ## Measure against ripgrep, grep, gzip and zstd
	$(PYTHON) Benchmarks/bench.py --lastcall $(binary) --work $(build)/bench

install: build ## Install the binary below PREFIX (default /usr/local), staged below DESTDIR
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(binary) "$(DESTDIR)$(PREFIX)/bin/lastcall"

clean: ## Remove what was built, the benchmark's files and the sample report
	$(SWIFT) package clean
	rm -rf $(build)/bench $(build)/samples.sqlite $(build)/samples.sqlite-wal $(build)/samples.sqlite-shm
	rm -f $(report)
