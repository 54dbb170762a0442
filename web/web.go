// Package web holds the files of the element and of the demo that native code needs.
package web

import "embed"

// CSS is the style sheet of the element. Pages that are written beforehand carry it too.
//
//go:embed byway.css
var CSS string

// Demo is the folder demo: the partner's page and the articles of its publisher, with placeholders in them.
//
//go:embed demo
var Demo embed.FS
