package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/view"
	"byway/web"
)

func render(c *call) int {
	f := c.flags("render")
	whole := f.Bool("page", false, "write a whole page with styles, not only what stands in the element")
	level := f.Int("heading-level", 2, "level of the headline, 1 to 6")
	language := f.String("lang", "", "language of the interface: en, ar or fa (default: the article's)")
	options := decodeFlags(f)
	if code, stop := c.parse(f, 1); stop {
		return code
	}
	a, err := c.read(f.Arg(0), *options)
	if err != nil {
		return c.fail(f.Name(), f.Arg(0), err)
	}
	if *language == "" {
		*language = a.InLanguage
	}
	s := reader.State{Phase: reader.Ready, Article: &a}
	o := page.Options{Language: *language, Locale: page.Plain(*language), HeadingLevel: *level}
	if *whole {
		err = page.WriteDocument(c.stdout, s, o, web.CSS)
	} else {
		err = view.WriteHTML(c.stdout, page.Render(s, o))
	}
	if err != nil {
		return c.fail(f.Name(), f.Arg(0), err)
	}
	return ok
}

func convert(c *call) int {
	f := c.flags("convert")
	options := decodeFlags(f)
	if code, stop := c.parse(f, 1); stop {
		return code
	}
	a, err := c.read(f.Arg(0), *options)
	if err == nil {
		_, err = c.stdout.Write(append(a.JSON("  "), '\n'))
	}
	if err != nil {
		return c.fail(f.Name(), f.Arg(0), err)
	}
	return ok
}

// read reads one article and writes what was wrong with it to stderr.
func (c *call) read(file string, o decode.Options) (article.Article, error) {
	data, err := c.bytes(file)
	if err != nil {
		return article.Article{}, err
	}
	a, warnings, err := decode.Decode(data, o)
	for _, w := range warnings {
		fmt.Fprintf(c.stderr, "%s: %s\n", file, w)
	}
	return a, err
}

// bytes reads a file, or standard input for "-", up to the size that an article may have.
func (c *call) bytes(file string) ([]byte, error) {
	from := c.stdin
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer opened.Close()
		from = opened
	}
	data, err := io.ReadAll(io.LimitReader(from, article.MaxBytes+1))
	if err == nil && len(data) > article.MaxBytes {
		err = fmt.Errorf("longer than %d bytes, which is all that an article may have: shorten it", article.MaxBytes)
	}
	return data, err
}

// fail says what is wrong with which file.
func (c *call) fail(name, file string, err error) int {
	var path *os.PathError
	if errors.As(err, &path) {
		fmt.Fprintf(c.stderr, "%s: %v: give the path of a JSON file, or - for standard input\n", name, err)
		return failed
	}
	fmt.Fprintf(c.stderr, "%s: %s: %v\n", name, file, err)
	return failed
}

// decodeFlags are those that say how to read a file.
func decodeFlags(f *flag.FlagSet) *decode.Options {
	var o decode.Options
	known := decode.Formats()
	f.Func("format", "`name` of the file's format: "+strings.Join(known, ", ")+" (default: detect)", func(name string) error {
		if o.Format = name; name != "" && !slices.Contains(known, name) {
			return errors.New("no format that is read here: leave it out, or give one of " + strings.Join(known, ", "))
		}
		return nil
	})
	f.StringVar(&o.Item, "item", "", "id or address of one article, of a file that holds several (default: the first)")
	f.Func("base", "`address` of the article, for relative references in a file that names none", func(address string) error {
		if o.Base = address; address != "" && !decode.IsBase(address) {
			return errors.New("no address of the web: give that of the article, such as https://news.example/2031/river")
		}
		return nil
	})
	return &o
}
