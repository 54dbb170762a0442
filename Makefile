# Byway. Start with "make run" or "make test"; the README says the rest.
.DEFAULT_GOAL := help
.PHONY: help run build test test-native test-wasm check size bench fuzz browser clean

PORT ?= 8420
FUZZTIME ?= 30s
export GOFLAGS := -buildvcs=false $(GOFLAGS)
export PATH := $(CURDIR)/.ci/bin:$(PATH)

# Packages whose tests also run in the browser: all that end up there and read no files in their tests.
WASM_PACKAGES := ./wasm/... ./internal/mirror/... ./internal/reader/... ./internal/shelf/... ./internal/trust/... ./internal/view/...

# ST1018 would have the zero-width non-joiner escaped, which is a letter of Persian words.
STATICCHECK := -checks inherit,-ST1018

help:
	@echo 'make run     build everything and serve the demo on http://localhost:$(PORT)'
	@echo 'make test    run every test: Go, WebAssembly in Chromium, pages in Chromium'
	@echo 'make build   write dist/, which any static host can serve'
	@echo 'make check   formatting, vet, staticcheck, import rules'
	@echo 'make size    what a page downloads; fails over the budget'
	@echo 'make bench   what faults, proof and publishing cost, as ratios'
	@echo 'make fuzz    every fuzz target for FUZZTIME=$(FUZZTIME)'

run: build
	@go build -o .build/byway ./internal/cmd/byway
	@exec .build/byway serve -port $(PORT) -dist dist

build:
	@go run ./internal/cmd/dist -o dist

# In the order of their speed, so that what fails, fails early.
test: check browser build test-native test-wasm

test-native:
	go test -timeout 20m -parallel 4 ./... # most tests of pages wait for a browser

test-wasm:
	GOOS=js GOARCH=wasm go test -exec '$(CURDIR)/.ci/bin/wasmtest' $(WASM_PACKAGES)

check:
	@unformatted=$$(gofmt -l internal wasm web); test -z "$$unformatted" || { echo "gofmt -w these: $$unformatted"; exit 1; }
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./...
	go tool staticcheck $(STATICCHECK) ./...
	GOOS=js GOARCH=wasm $$(go tool -n staticcheck) $(STATICCHECK) ./...
	go test ./internal -run .

size:
	@go run ./internal/cmd/dist -o dist -size

bench: browser build
	go test ./web -run '^$$' -bench Navigation -benchtime 5x
	go test ./web -run '^$$' -bench Proof -benchtime 20x
	go test ./web -run '^$$' -bench Shelf -benchtime 20x
	go test ./web -run '^$$' -bench '^BenchmarkArticle$$' -benchtime 20x
	GOOS=js GOARCH=wasm go test -exec '$(CURDIR)/.ci/bin/wasmtest' -gcflags=all=-l -run '^$$' -bench '^BenchmarkArticle$$' -benchtime 100x ./wasm
	go test ./internal/publish -run '^$$' -bench . -benchtime 3x
	go test ./web -run '^$$' -bench Failover -benchtime 1x -timeout 30m

fuzz:
	@.ci/fuzz $(FUZZTIME)

browser:
	@.ci/browser

clean:
	rm -rf dist .build
