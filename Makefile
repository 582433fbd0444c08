# make run    the demonstration on :8080; SUNLOT_* in the environment are passed on
# make test   everything that is checked; installs what is missing when root
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := run
.PHONY: run test check bench e2e face kills seconds siege books test-dsn pictures docs-pictures islands packages clean punctuation

MODULES := web/node_modules/.package-lock.json
SOURCES := $(wildcard web/src/*.ts)
SHARED := $(wildcard web/src/lib/*.ts)
ISLANDS := $(SOURCES:web/src/%.ts=web/static/dist/%.js)
# The race detector watches our packages and what they call, but not what only
# computes: SQLite (C turned into Go), ciphers and password hashes, packing,
# pictures, patterns, canonical JSON, and what reads migrations and openapi.yaml.
# They hold nothing of ours that two goroutines share, and took half of the time.
UNWATCHED := modernc.org/... golang.org/x/crypto/... golang.org/x/image/... github.com/molecule-man/... \
	github.com/klauspost/... github.com/cyberphone/... github.com/goccy/... github.com/santhosh-tekuri/... \
	github.com/pressly/... rsc.io/... compress/... image/... hash/... regexp/... text/template/parse unicode/... \
	math math/big math/bits
RACE := -race -ldflags=-w $(UNWATCHED:%=-gcflags=%=-race=false)
# What measures time, or gives a thousand readers seconds, runs by itself.
ALONE := ^(TestSiege|TestThousandWatchers|TestTenThousandBidsInTheLastTwoSeconds)$$
# What takes longest begins first, so that nothing runs by itself in the end.
LONGEST := $(addprefix ./,cmd/sunlot/house web/public/report web/public/bidding web/api admin/tendering cmd/sunlot/demo)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

run: islands
	@exec go run ./cmd/sunlot demo $(ARGS)

islands: $(ISLANDS)

$(ISLANDS) &: $(SOURCES) $(SHARED) $(MODULES)
	cd web && npm run --silent islands

# esbuild's binary is a package of its own, so no package has to run a script.
$(MODULES): web/package.json web/package-lock.json
	@cd web && npm ci --ignore-scripts --no-audit --no-fund
	touch node_modules/.package-lock.json

# One MariaDB and one seeded demonstration for all packages, in a folder that goes
# when the tests end, however they end; in memory where there is room. The checks
# and then the browser's tests run beside the Go tests, which wait for databases
# and clocks half of the time and give way to the browser; what measures time runs
# after them. Go collects its garbage less often than by default, within a bound:
# that took a third of the tests' time.
test: packages islands
	@dir=$$(sh .ci/room.sh)
	trap 'kill $$(jobs -p) 2>/dev/null || true; sh internal/store/storetest/mariadb.sh stop "$$dir"; rm -rf "$$dir"' EXIT
	port=$$(node -e 'const s = require("net").createServer(); s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
	sh internal/store/storetest/mariadb.sh start "$$dir" "$$port" --innodb-flush-log-at-trx-commit=0
	mkdir "$$dir/foundation"
	export SUNLOT_TEST_MYSQL="mysql://root@127.0.0.1:$$port/" SUNLOT_TEST_FOUNDATION="$$dir/foundation"
	export GOTMPDIR="$${TMPDIR:-/tmp}" TMPDIR="$$dir/work" # what is built is large, and stays on the disk
	mkdir "$$TMPDIR"
	part() { # NAME COMMAND ... runs a part and keeps how it ended and how long it took
		local begun=$$(date +%s) ended=0 name=$$1
		"$${@:2}" || ended=$$?
		echo "$$name took $$(($$(date +%s) - begun)) s" >>"$$dir/times"
		if [ "$$ended" -ne 0 ]; then echo "$$name failed" | tee -a "$$dir/failed"; fi
	}
	gotests() {
		GOGC=400 GOMEMLIMIT=1GiB nice go test -json -vet=off $(RACE) -timeout 60m "$$@" 2>&1 |
			node .ci/gotest.mjs "$$dir/slowest"
	}
	(
		part check $(MAKE) --no-print-directory check
		part e2e npm --prefix web run --silent e2e
	) >"$$dir/beside.log" 2>&1 &
	part "go test" gotests -p 4 -parallel 3 -skip '$(ALONE)' $(LONGEST) ./...
	wait
	cat "$$dir/beside.log"
	part "what measures time" gotests -p 1 -run '$(ALONE)' ./livestream ./internal/store/tradingdb ./cmd/sunlot/house
	part face npm --prefix web run --silent face
	echo "== the 20 slowest tests"
	sort -rn "$$dir/slowest" | sed -n 1,20p
	echo "== parts"
	cat "$$dir/times"
	if [ -e "$$dir/failed" ]; then cat "$$dir/failed"; exit 1; fi

check: islands
	@unformatted=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go'))
	if [ -n "$$unformatted" ]; then echo "gofmt: $$unformatted"; exit 1; fi
	echo go vet
	go vet ./...
	echo staticcheck
	go run $(STATICCHECK) ./...
	go test ./internal -run ChineseHas
	go test ./web/api -run Description
	cd web && npm run --silent check

e2e: islands
	cd web && npm run --silent e2e

# Lighthouse and pa11y on the public pages in every way of drawing them, and
# their weight; make test measures the same in two ways of four.
face: islands
	cd web && SUNLOT_FACE=all npm run --silent face

# The server killed 200 times while eight clients bid, on SQLite, MariaDB and two servers on one MariaDB.
kills: packages
	SUNLOT_KILLS=200 go test -timeout 60m -v -run KilledWhileBidding ./cmd/sunlot/house

# 10,000 bids around the end of a lot, on one node and on two, with an import beside.
seconds: packages
	SUNLOT_TRIES=10000 go test -timeout 20m -v -run TriesInTheLastTwoSeconds ./trading/bidding

# A server under every attack that one client has, a minute on each database.
siege: packages
	SUNLOT_SIEGE=60 go test -timeout 20m -v -run '^TestSiege$$' ./cmd/sunlot/house

# The store, a city's query plans and the kills on any server of MySQL's kind that
# somebody brings: make test-dsn DSN=mysql://user:password@host:3306/ by an account
# that may make schemas and accounts. Without DSN it is the tests' own MariaDB.
test-dsn: packages
	SUNLOT_TEST_MYSQL="$(DSN)" go test -timeout 60m ./internal/store/...
	SUNLOT_TEST_MYSQL="$(DSN)" go test -timeout 30m -v -run '^TestKilledWhileBidding$$' ./cmd/sunlot/house

# Ten thousand random courses of the money of a lot; SUNLOT_FIRST_SCENARIO begins at one.
books:
	SUNLOT_SCENARIOS=10000 go test -timeout 90m -v -run '^TestTheBooksBalance$$' ./trading/bidding

# Marks of English beside Chinese become those of GB/T 15834, in all that we wrote.
punctuation:
	PUNCTUATION=write go test -count=1 ./internal -run ChineseHas

# What has a goal, each with its ratio in one run: bids a second beside the bare rows,
# waiting for the disk at each commit, in the store and over HTTP; pages and a search
# beside those of a tenth of the data, and so many of them a second; a room that ten
# thousand phones join. One at a time, and with more of its lines: make bench BENCH=Pages V=-v
BENCH ?= PlaceBid|BidsOverHTTP|Join|Pages|Search
bench: packages
	@go test ./internal/store/tradingdb -run '^$$' -bench '$(BENCH)' -benchtime 1x $(V)
	go test ./livestream -run '^$$' -bench '$(BENCH)' -benchtime 1x $(V)
	go test ./internal/store/worksdb -run '^$$' -bench '$(BENCH)' -benchtime 1x $(V)

# Every page at 390 and 1280 pixels, into web/e2e/out.
pictures: islands
	cd web && node e2e/pictures.mjs

# The pictures of the READMEs, into docs/pictures.
docs-pictures: islands
	cd web && node e2e/docs.mjs

# The commands that the tests use, each with the Debian package that has it.
packages:
	@export PATH="$$PATH:/usr/sbin"
	need=()
	command -v mariadbd >/dev/null || need+=(mariadb-server-core)
	command -v chromium-headless-shell >/dev/null || need+=(chromium-headless-shell)
	test -n "$$(fc-list :lang=zh file 2>/dev/null)" || need+=(fontconfig fonts-noto-cjk)
	command -v gcc >/dev/null || need+=(gcc)
	test -e /usr/include/stdlib.h || need+=(libc6-dev)
	if [ $${#need[@]} -eq 0 ]; then exit 0; fi
	if [ "$$(id -u)" -ne 0 ]; then
		echo "The tests need: apt-get update && apt-get install -y --no-install-recommends $${need[*]}" >&2
		exit 1
	fi
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$${need[@]}"

clean:
	rm -rf .cache bin web/node_modules web/e2e/out
	find web/static/dist -type f ! -name .gitkeep -delete
