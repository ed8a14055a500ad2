# Every command does its own set-up: see scripts/setup.sh.
PORT ?= 8080
SHELL := bash
.DEFAULT_GOAL := help

.PHONY: help serve test test-conformance test-durability fuzz soak dist bench shots

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

serve: ## set up, open the tool on the sample articles, rebuild on change (PORT=8080)
	@scripts/setup.sh build
	@PORT=$(PORT) scripts/serve.sh

test: ## set up and run every test
	@scripts/setup.sh test
	@scripts/test.sh

test-conformance: ## set up and let the readers of the field read what the command line writes
	@scripts/setup.sh conformance
	@scripts/conformance.sh

fuzz: ## set up and fuzz every reader, 2 minutes each (SECONDS_EACH=120 TARGET=brat)
	@scripts/setup.sh fuzz
	@FUZZ_SECONDS=$(or $(SECONDS_EACH),120) FUZZ_BYTES=$(or $(FUZZ_BYTES),65536) TARGET=$(TARGET) scripts/fuzz.sh

test-durability: ## set up and kill browsers in the middle of work, for some minutes (SEED=1)
	@scripts/setup.sh test
	@STANDPOINT_SEED=$(or $(SEED),$(STANDPOINT_SEED)) scripts/durability.sh

soak: ## the same for hours, each time otherwise (ROUNDS=1000 SEED=random)
	@scripts/setup.sh test
	@STANDPOINT_SEED=$(or $(SEED),random) STANDPOINT_ROUNDS=$(or $(ROUNDS),1000) scripts/durability.sh

dist: ## set up and build the page to host, into dist/
	@scripts/setup.sh build
	@. scripts/env.sh && trunk build --release && echo "dist/ is ready: copy it to any web server"

bench: ## set up, measure the core natively and the page in Chromium, and write docs/performance.md
	@scripts/setup.sh bench
	@scripts/bench.sh

shots: ## put the screenshots of the last 'make test' into README and guide
	@cp target/screenshots/desk-light-frame.png docs/desk-light.png
	@for shot in selection asking guidelines scheme; do cp target/screenshots/desk-light-$$shot.png docs/guide-$$shot.png; done
	@cp target/screenshots/phone-light-asking.png docs/phone-light.png
	@cp target/screenshots/phone-dark-frame.png docs/phone-dark.png
