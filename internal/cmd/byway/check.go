package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os/signal"
	"syscall"
	"time"

	"byway/internal/survey"
)

func check(c *call) int {
	o := survey.Options{Now: time.Now()}
	f := c.flags("check")
	f.StringVar(&o.Pin, "key", "", "the pin of your pages, as \"byway keygen\" printed it (default: believe the first root that is seen)")
	f.BoolVar(&o.Only, "only", false, "look at the addresses given, not at the others that the signed root names")
	f.BoolVar(&o.All, "all", false, "look at all articles and pictures, not at a sample")
	f.DurationVar(&o.Timeout, "timeout", 20*time.Second, "how long an answer may take")
	f.IntVar(&o.Parallel, "parallel", 4, "requests at once to one host")
	inJSON := f.Bool("json", false, "write JSON, for programs")
	if err := f.Parse(c.args); err == flag.ErrHelp {
		return ok
	} else if err != nil {
		return usage
	}
	if o.Bases = f.Args(); len(o.Bases) == 0 || o.Timeout <= 0 || o.Parallel < 1 {
		fmt.Fprintln(c.stderr, "byway check: which address? Give one or more, as in https://news.example/, and behind -timeout and -parallel more than 0")
		return usage
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return c.survey(ctx, o, *inJSON)
}

func (c *call) survey(ctx context.Context, o survey.Options, inJSON bool) int {
	report, err := survey.Run(ctx, o)
	if err != nil {
		fmt.Fprintln(c.stderr, "byway", err)
		return usage
	}
	write := report.Write
	if inJSON {
		write = func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(report)
		}
	}
	if err := write(c.stdout); err != nil {
		fmt.Fprintln(c.stderr, "byway check:", err)
		return failed
	}
	if !report.OK {
		return failed
	}
	return ok
}
