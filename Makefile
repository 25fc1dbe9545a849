# make run   builds regul, runs the main job on the sample fund and shows the result
# make test  runs all tests, those of concurrent work also with the race detector
# make help  lists the rest

GO ?= go
SAMPLE = fixtures/sample
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.7.0
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0
CYCLONEDX = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

.PHONY: help build run tools test docs manual images delivery same bucket tasks kubernetes decade exact kills worlds mutations fuzz bench count readers readers-two beam flink slurm lint advisories release reproducible clean FORCE

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

build: build/regul ## build the program

build/regul: FORCE
	@$(GO) build -trimpath -o $@ ./cmd/regul
FORCE:

# The sample holds bad rows on purpose: exit status 3 means published, with rejects.
run: build ## run the main job on the sample fund and show the result
	@rm -rf build/batches
	@build/regul run --new-ledger --affiliates $(SAMPLE)/affiliates.csv --account $(SAMPLE)/account.csv \
	    --payments $(SAMPLE)/payments.csv --revenue $(SAMPLE)/revenue.csv \
	    --evidence $(SAMPLE)/evidence.csv --interruptions $(SAMPLE)/interruptions.csv --minimum-pension 60.00 \
	    --as-of 2026-06-30 --fund-fee 3.05 --out build/batches || test $$? -eq 3
	@echo
	@build/regul explain --niss 85010112387 --year 2023 --out build/batches
	@echo
	@build/regul companies --companies $(SAMPLE)/companies.csv --as-of 2025-03-15 --max-rejects 100% --out build/batches --quiet || test $$? -eq 3

# The tests check letters, payment files and the report with independent programs: Debian packages.
TOOLS = poppler-utils qpdf zbar-tools libxml2-utils chromium libpdfbox2-java libactivation-java libjaxb-api-java libhbci4j-core-java systemd

# install puts Debian packages on the machine that are not there.
install = missing=$$(for tool in $(1); do dpkg-query -W -f '$${Status}' $$tool 2>/dev/null | grep -q '^install ok installed' || echo $$tool; done); \
	if [ -n "$$missing" ]; then \
	    sudo=$$(test $$(id -u) -eq 0 || echo sudo); \
	    $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	fi

tools: ## install what the tests need, if it is not there
	@$(call install,$(TOOLS) $(shell command -v javac >/dev/null || echo default-jdk-headless))
	@# veraPDF checks PDF/A-2a and PDF/UA-1: where Maven is installed. Elsewhere PDFBox and a check of the repository do.
	@if command -v mvn >/dev/null && ! ls build/verapdf/*.jar >/dev/null 2>&1; then \
	    mvn -q -B -f fixtures/pdfcheck/pom.xml dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/build/verapdf || \
	    echo "veraPDF can't be fetched: the tests do without it"; \
	fi

# The race detector slows tests down several times: it watches what goroutines share, and the jobs that start them.
CONCURRENT = ./pipeline ./pipeline/rows ./readers ./writers/tables ./writers/report
CONCURRENT_JOBS = Output|NightsEqual|Cancelled|LettersHold|SimulationDoes|ForecastDoes|MemoryDoesNot|Verif|SideBySide

test: tools ## run all tests
	$(GO) test -timeout 30m ./...
	$(GO) test -race -timeout 30m $(CONCURRENT)
	$(GO) test -race -timeout 30m ./jobs/run ./jobs/ledger ./jobs/whatif ./jobs/verify -run '$(CONCURRENT_JOBS)'
	$(GO) test -race -timeout 30m ./jobs/worlds -worlds=2
	$(GO) -C fixtures/duckdb test -count=1 ./...

lint: ## vet and staticcheck
	$(GO) vet ./...
	test -z "$$(gofmt -l .)"
	$(GO) run $(STATICCHECK) ./...
	@$(MAKE) --no-print-directory advisories

# Status 3 of govulncheck is an advisory that the program can run into. Where its database can't be reached, that is said, and nothing fails.
advisories: ## look for published advisories of what is linked (VULNDB=file:///COPY for a copy of the database)
	@mkdir -p build; $(GO) run $(GOVULNCHECK) $(if $(VULNDB),-db $(VULNDB)) ./cmd/regul >build/advisories.txt 2>&1; status=$$?; \
	if grep -q 'fetching vulnerabilities' build/advisories.txt; then echo "advisories: NOT CHECKED, the database can't be reached"; \
	else cat build/advisories.txt; exit $$status; fi

# What is released is built twice, in two folders, from the commit and not from the working tree; the two must be the same byte for byte.
RELEASE = build/release
PLATFORMS = linux/amd64 linux/arm64
BUILT = CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=true -ldflags=-s

reproducible: ## build the commit in two folders: the same bytes
	@rm -rf build/twice && for copy in one another/folder; do \
	    git clone -q --no-hardlinks . build/twice/$$copy && git -C build/twice/$$copy checkout -q $$(git rev-parse HEAD) || exit 1; \
	    for platform in $(PLATFORMS); do \
	        (cd build/twice/$$copy && GOOS=$${platform%/*} GOARCH=$${platform#*/} $(BUILT) -o regul-$${platform%/*}-$${platform#*/} ./cmd/regul) || exit 1; \
	    done; \
	done
	@for platform in $(PLATFORMS); do file=regul-$${platform%/*}-$${platform#*/}; \
	    cmp build/twice/one/$$file build/twice/another/folder/$$file && (cd build/twice/one && sha256sum $$file) || exit 1; done

release: reproducible ## programs, a bill of materials (CycloneDX) of each, and SHA256SUMS in build/release
	@rm -rf $(RELEASE) && mkdir -p $(RELEASE) && cp build/twice/one/regul-* LICENSE $(RELEASE)
	@for program in $(RELEASE)/regul-*; do $(GO) run $(CYCLONEDX) bin -json -noserial -notimestamp -output $$program.cdx.json $$program || exit 1; done
	@cd $(RELEASE) && sha256sum * >SHA256SUMS && sha256sum -c --quiet SHA256SUMS && cat SHA256SUMS
	@rm -rf build/twice

docs: ## write the parts of the documentation that come from declarations
	$(GO) test ./jobs/current -run Documentation -update
	$(GO) test ./cmd/regul -run 'References|YearOfNights|Readme' -update

MANUAL = build/manual

manual: build ## the documentation as one PDF, build/manual/regul.pdf, and as manual pages, build/manual/man1
	@$(call install,pandoc weasyprint fonts-dejavu-core fonts-dejavu-extra)
	@mkdir -p $(MANUAL) && build/regul man --to $(MANUAL)/man1
	@$(GO) run ./fixtures/manual $(MANUAL)/regul.html "$$(git log -1 --format='%cs %h' 2>/dev/null)"
	@weasyprint --quiet $(MANUAL)/regul.html $(MANUAL)/regul.pdf && echo "$(MANUAL)/regul.pdf, $(MANUAL)/man1"

IMAGES = build/images

images: build tools ## make the pictures of the README from the sample fund
	@rm -rf $(IMAGES) && mkdir -p $(IMAGES) docs/images
	@build/regul run --new-ledger --affiliates $(SAMPLE)/affiliates.csv --account $(SAMPLE)/account.csv \
	    --payments $(SAMPLE)/payments.csv --revenue $(SAMPLE)/revenue.csv \
	    --evidence $(SAMPLE)/evidence.csv --interruptions $(SAMPLE)/interruptions.csv --minimum-pension 60.00 \
	    --as-of 2026-06-30 --fund-fee 3.05 --out $(IMAGES)/batches --quiet >/dev/null || test $$? -eq 3
	@build/regul notice --niss 85010112387 --out $(IMAGES)/batches --to $(IMAGES)/letter.pdf
	@pdftoppm -r 75 -f 1 -l 1 -png -singlefile $(IMAGES)/letter.pdf docs/images/letter
	@cp $(IMAGES)/batches/batch=*/report.html $(IMAGES)/report.html
	@chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=900,1270 \
	    --screenshot=docs/images/report.png file://$(CURDIR)/$(IMAGES)/report.html >/dev/null 2>&1
	@cd $(IMAGES) && sha256sum letter.pdf report.html > ../../docs/images/sources.sha256

delivery: build ## try as root that the user who delivers can put a file into the inbox, and nothing else
	fixtures/delivery.sh build/regul

same: build ## prove that the files of four nights are those of another program: BASE=PROGRAM (NIGHTS=2000 for fewer affiliates)
	fixtures/same.sh $(BASE) build/regul $(NIGHTS)

VERSITYGW = github.com/versity/versitygw/cmd/versitygw@v1.8.0

bucket: build build/versitygw build/storage.test ## run the same nights in a directory and in a bucket of a real server: the same files
	fixtures/bucket.sh build/regul build/versitygw build/storage.test build/bucket

build/versitygw:
	GOBIN=$(CURDIR)/build $(GO) install $(VERSITYGW)

build/storage.test: FORCE
	@$(GO) test -c -o $@ ./jobs/storage

kubernetes: build/kubernetes/ready ## check docs/cluster/kubernetes.yaml by the schemas of Kubernetes (needs Python)
	build/kubernetes/bin/kubernetes-validate --strict --kubernetes-version 1.34.0 docs/cluster/kubernetes.yaml
	@sed 's/backoffLimit/retries/' docs/cluster/kubernetes.yaml >build/kubernetes/wrong.yaml; \
	    ! build/kubernetes/bin/kubernetes-validate --strict --quiet build/kubernetes/wrong.yaml >build/kubernetes/wrong.log 2>&1 || \
	    { echo "the check finds no fault in a field that does not exist"; exit 1; }

build/kubernetes/ready:
	python3 -m venv build/kubernetes
	build/kubernetes/bin/pip install -q kubernetes-validate==1.34.1
	@touch $@

exact: ## hold the kernel against the decimal reference on 10 million random cases
	$(GO) test ./pipeline/law -run Exact -cases=10000000 -timeout=60m

kills: ## kill 200 runs at random moments: the next run must leave what an undisturbed one leaves
	$(GO) test ./cmd/regul -run KilledRuns -kills=200 -v -timeout 60m

WORLDS = 1000
worlds: ## let WORLDS random funds live ten nights each, and 10 000 affiliates; SEED=N makes others
	$(GO) test ./jobs/worlds -worlds=$(WORLDS) -world-seed=$(or $(SEED),0) -v -timeout 600m
	$(GO) test ./pipeline -run World -worlds=10000 -world-seed=$(or $(SEED),0) -timeout 60m

mutations: ## run on 3600 inputs of each CSV format with one byte changed: no amount may change silently
	$(GO) test ./jobs/run -run MutatedInputs -mutations=600 -v -timeout 60m

beam: ## run a night's tasks on Apache Beam, in one process: its batch is that of a run, also after a kill
	$(GO) -C cmd/regul-beam vet ./...
	$(GO) -C cmd/regul-beam test ./... -timeout 30m

flink: ## the same on Apache Flink, in a process on this machine (needs Java and Maven)
	cmd/regul-beam/flink/run.sh build/flink

slurm: build ## the same on a Slurm of three nodes on this machine, one of which is killed (installs slurm-wlm; needs root)
	@command -v slurmctld >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends slurm-wlm munge; }
	fixtures/slurm.sh build/regul build/slurm

# 125000 is a tenth of the country. TASKED=12500000 TASKFLAGS='--without notices,payments,current' is ten countries: six minutes of processor and the inputs, 10 GB.
TASKED = 125000

tasks: build ## measure a night as tasks, its letters over four processes: TASKED affiliates, TASKFLAGS of the plan (see fixtures/tasks.sh)
	@$(call install,time)
	AT_ONCE=4 fixtures/tasks.sh build/regul build/tasks $(TASKED) $(TASKFLAGS)

BENCH = build/bench
AFFILIATES = 1250000

fuzz: ## fuzz every reader, a minute each (FUZZTIME=10m for longer)
	@for target in $$($(GO) test -list 'Fuzz.*' ./... 2>/dev/null | awk '/^Fuzz/{names[n++]=$$1} /^ok/{for(i=0;i<n;i++)print $$2":"names[i]; n=0}'); do \
	    $(GO) test $${target%%:*} -run '^$$' -fuzz "^$${target##*:}$$" -fuzztime $(or $(FUZZTIME),1m) || exit 1; done

# The country on this machine: the inputs are made once and kept in build/bench.
bench: build $(BENCH)/inputs/revenue.parquet $(BENCH)/csv/revenue.csv ## measure the kernel, the letters, and the country beside DuckDB
	$(GO) test ./pipeline/law -run '^$$' -bench .
	$(GO) test ./writers/notice ./writers/payments ./writers/parquet ./writers/tables ./writers/report -run '^$$' -bench .
	$(GO) test ./readers/parquet -run '^$$' -bench .
	$(GO) test ./readers -run '^$$' -bench . -large-inputs $(CURDIR)/$(BENCH)/csv
	$(GO) test ./jobs/run -run '^$$' -bench Stages -cpu 1
	$(GO) -C fixtures/duckdb build -o ../../$(BENCH)/duckdb .
	$(BENCH)/duckdb csv --inputs $(BENCH)/csv --threads 1 && $(BENCH)/duckdb csv --inputs $(BENCH)/csv --threads 2
	$(BENCH)/duckdb bench --regul build/regul --inputs $(BENCH)/inputs --as-of 2026-06-30 --fund-fee 3.05 --law pipeline/law/data

# Instructions do not depend on what else the machine does. Valgrind stops at the signals by which Go takes a processor from a goroutine.
COUNTED = 31250
COUNT = build/count

count: build ## count the instructions of a night without letters, on one processor (COUNTED=125000 for a tenth of the country)
	@command -v callgrind_annotate >/dev/null || { sudo=$$(test $$(id -u) -eq 0 || echo sudo); \
	    $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends valgrind; }
	@rm -rf $(COUNT) && build/regul generate --affiliates $(COUNTED) --seed 1 --format parquet --out $(COUNT)/inputs >/dev/null
	@GODEBUG=asyncpreemptoff=1 GOMAXPROCS=1 valgrind --tool=callgrind --callgrind-out-file=$(COUNT)/callgrind.out \
	    build/regul run --quiet --new-ledger --workers 1 --affiliates $(COUNT)/inputs/affiliates.parquet --account $(COUNT)/inputs/account.parquet \
	    --payments $(COUNT)/inputs/payments.parquet --revenue $(COUNT)/inputs/revenue.parquet --as-of 2026-06-30 --fund-fee 3.05 \
	    --without notices,payments,current --out $(COUNT)/batches >$(COUNT)/log 2>&1 || test $$? -eq 3 || { cat $(COUNT)/log; exit 1; }
	@callgrind_annotate --threshold=60 $(COUNT)/callgrind.out | grep -E '^ *[0-9,]+ '

$(BENCH)/csv/revenue.csv: | build
	build/regul generate --affiliates 250000 --seed 1 --format csv --bad-rows 0 --out $(BENCH)/csv

$(BENCH)/inputs/revenue.parquet:
	build/regul generate --affiliates $(AFFILIATES) --seed 1 --format parquet --out $(BENCH)/inputs

# The programs of analysts come from PyPI, at the versions of fixtures/readers/requirements.txt; Spark needs a Java, from Debian. hyparquet comes from npm.
READERS = build/readers

readers: $(READERS)/batches $(READERS)/venv/ready $(READERS)/hyparquet/ready ## read the tables of a generated fund and of companies with seven programs of analysts, and write the page
	@$(call install,default-jre-headless)
	@HYPARQUET=$(READERS)/hyparquet $(READERS)/venv/bin/python fixtures/readers/check.py --page docs/analysts.md $(READERS)/batches/batch=* $(READERS)/batches/current

# Where PyPI can't be reached, that is said, and nothing fails.
readers-two: $(READERS)/batches ## the same with pyarrow and DuckDB alone, as every change must pass it
	@$(call install,python3-venv)
	@python3 -m venv $(READERS)/two && grep -E '^(pyarrow|duckdb)==' fixtures/readers/requirements.txt >$(READERS)/two/names
	@if $(READERS)/two/bin/pip install -q -r $(READERS)/two/names; then \
	    $(READERS)/two/bin/python fixtures/readers/check.py --only pyarrow,DuckDB $(READERS)/batches/batch=* $(READERS)/batches/current; \
	else echo "readers: NOT CHECKED, pyarrow and DuckDB can't be installed"; fi

.PHONY: $(READERS)/batches
$(READERS)/batches: build
	@mkdir -p $(READERS) && rm -rf $(READERS)/inputs $@
	@build/regul generate --affiliates 20000 --seed 1 --format parquet --out $(READERS)/inputs >$(READERS)/generate.log
	@build/regul run --new-ledger --affiliates $(READERS)/inputs/affiliates.parquet --account $(READERS)/inputs/account.parquet \
	    --payments $(READERS)/inputs/payments.parquet --revenue $(READERS)/inputs/revenue.parquet \
	    --as-of 2026-06-30 --fund-fee 3.05 --out $@ --quiet >$(READERS)/run.log || test $$? -eq 3
	@build/regul companies --companies $(SAMPLE)/companies.csv --as-of 2025-03-15 --max-rejects 100% --out $@ --quiet \
	    >$(READERS)/companies.log || test $$? -eq 3

$(READERS)/venv/ready: fixtures/readers/requirements.txt
	@$(call install,python3-venv)
	python3 -m venv $(READERS)/venv
	$(READERS)/venv/bin/pip install -q -r $<
	@touch $@

$(READERS)/hyparquet/ready: $(wildcard fixtures/readers/hyparquet/*)
	@$(call install,$(shell command -v npm >/dev/null || echo nodejs npm))
	mkdir -p $(@D) && cp $^ $(@D) && npm ci --silent --no-audit --no-fund --prefix $(@D)
	@touch $@

# The first year is made with the program, and its batches are moved to the nine years after. A fund of 100 000 takes 1.5 GB and some 20 minutes. What
# is there already is not made again, but measured: what each year adds, or with LAST=--only-last the whole alone.
decade: build ## ten years of nights, and what grows with them (FUND=100000 DECADE=3650 LEDGER=FOLDER LAST=--only-last MADE=10: all with the program)
	$(GO) build -o build/decade-make ./fixtures/decade
	$(GO) -C fixtures/duckdb build -o ../../build/duckdb .
	build/decade-make --regul build/regul --duckdb build/duckdb --affiliates $(or $(FUND),100000) --nights $(or $(DECADE),3650) \
	    --made $(or $(MADE),1) $(LAST) --out $(or $(LEDGER),build/decade)

clean: ## remove what was built
	rm -rf build
