package publish

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"byway/internal/trust"
)

const articleSuffix = ".json"

// pathOf is how the feed calls the article in a file.
func pathOf(file string) string { return strings.TrimSuffix(file, articleSuffix) }

// taken are the names at the top that the site itself needs, in lower case, since some hosts do not tell it from upper.
var taken = []string{"a", "b", "root", elementFolder, stagingFolder, trust.FeedPath, "feed.json", "sitemap.xml", workerFile, headersFile, ".htaccess", "caddyfile", ".nojekyll"}

// checkPath takes what needs no escaping in an address, is not taken by the site itself, and can be the name of a file
// on every host.
func checkPath(p string) error {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"
	first, _, _ := strings.Cut(p, "/")
	switch {
	case strings.ContainsFunc(p, func(r rune) bool { return !strings.ContainsRune(plain, r) }):
		return errors.New("its path is part of addresses: rename it with digits, letters from a to z, and - . _")
	case slices.Contains(taken, strings.ToLower(first)) && first != p:
		return fmt.Errorf("the site needs the name %q itself: rename the folder", first)
	case strings.EqualFold(path.Base(p), "index"):
		return errors.New("the site needs the name \"index\" itself: rename it")
	}
	for name := range strings.SplitSeq(p, "/") {
		if err := checkName(name); err != nil {
			return err
		}
	}
	return nil
}

// devices of Windows, which takes no file of such a name, whatever stands behind a dot:
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file, "Naming Conventions".
var devices = []string{"con", "prn", "aux", "nul"}

func checkName(name string) error {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	numbered := len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '0' && stem[3] <= '9'
	switch {
	case name == "" || strings.HasSuffix(name, "."):
		return fmt.Errorf("hosts with Windows store no name that ends with a dot, as %q does: rename it", name)
	case numbered || slices.Contains(devices, stem):
		return fmt.Errorf("hosts with Windows store no name such as %q: rename it", name)
	}
	return nil
}

// checkNames says what is wrong with the names of articles, before anything is made of them: each for itself, and
// where two of them, or a folder and a file, would have one name in the site. The case of letters makes no difference,
// since some hosts know none.
func checkNames(files []string) error {
	var faults []error
	made := map[string]string{} // what each file of the site is made of
	for _, file := range files {
		p := pathOf(file)
		err := checkPath(p)
		if other, taken := made[strings.ToLower(pageOf(p))]; err == nil && taken {
			err = fmt.Errorf("differs from %s by the case of letters alone: rename one", other)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", file, err))
		}
		made[strings.ToLower(pageOf(p))] = file
		made[strings.ToLower(trust.AliasPath(p))] = file
	}
	return errors.Join(append(faults, checkFolders(files, made)...)...)
}

// checkFolders does the same for the folders that articles lie in, each of which has a page of its own.
func checkFolders(files []string, made map[string]string) (faults []error) {
	folders := map[string]bool{}
	for _, file := range files {
		for folder := parent(file); folder != ""; folder = parent(folder) {
			folders[folder] = true
		}
	}
	spelled := map[string]string{}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		lower := strings.ToLower(folder)
		other, seen := spelled[lower]
		spelled[lower] = folder
		needs := cmp.Or(made[lower], made["a/"+lower])
		switch {
		case seen:
			faults = append(faults, fmt.Errorf("the folder %s differs from %s by the case of letters alone: rename one", folder, other))
		case path.Base(lower) == "index.html":
			faults = append(faults, fmt.Errorf("the folder %s: the site needs that name for a page: rename it", folder))
		case needs != "":
			faults = append(faults, fmt.Errorf("the folder %s: the site needs that name for %s: rename one", folder, needs))
		}
	}
	return faults
}
