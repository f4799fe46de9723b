# wireroom: a news agency in one program. `make` builds it, `make demo` shows it.

export CGO_ENABLED = 0

.PHONY: build demo test check bench editor clean

build:
	go build -trimpath -o bin/wireroom ./cmd/wireroom

# A complete agency in a throw-away folder; prints its addresses.
demo: build
	bin/wireroom demo

# Every test, over SQLite and PostgreSQL; installs what is missing if it may.
test: build
	scripts/test

# The tests, and before them the formatting and two linters.
check:
	scripts/check
	$(MAKE) test

# Measurements against baselines, side by side in one run.
bench: build
	go run ./bench

# The script of the writing page, from desk/editor; only this needs npm.
editor:
	scripts/editor

clean:
	rm -rf bin
