# Short names for the scripts; `make` alone lists them.
.PHONY: help demo stop test lint bench shell load i18n readme screenshots

help:
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 14
demo: ## set up, start the demo, print the address and the logins
	@./scripts/demo
stop: ## stop what demo started
	@./scripts/stop
test: ## lint, then all tests on a fresh database
	@./scripts/test
lint: ## all linters
	@./scripts/lint
bench: ## all benchmarks, or BENCH=name
	@./scripts/bench $(BENCH)
shell: ## an Odoo shell in the demo's database
	@./scripts/shell
load: ## load an office's files: DIR=folder
	@./scripts/load $(DIR)
i18n: ## export the terms of every addon, merge them into th.po
	@./scripts/i18n
readme: ## write the README of every addon from its readme/ folder
	@./scripts/readme
screenshots: ## take the pictures of README.rst from the running demo
	@./scripts/screenshots
