package trust

import (
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func itemsOf(items ...members) members { return members{"items": items} }

func TestAFeedSaysWhatThereIs(t *testing.T) {
	f, err := parseFeed(usualFeed.with(members{
		"items": []members{
			itemOf("2026/08/river", river).with(members{"m": "2026-08-21T07:30:00Z"}),
			itemOf("a", tide).with(members{"x": members{"kind": "correction", "text": "The height was wrong.", "at": "2026-08-22T00:00:00Z"}}),
			{"p": "b", "x": members{"kind": "withdrawn", "at": "2026-08-22T00:00:00Z"}},
			itemOf("c", tide).with(members{"x": members{"kind": "applauded", "at": "2026-08-22T00:00:00Z"}, "title": "unknown members"}),
		},
		"shards": []members{shardOf("2025/03", "{}"), shardOf("2025/", "[]")},
	}).text(feedKind))
	require.NoError(t, err)

	item, ok := f.Items.Find("2026/08/river")
	require.True(t, ok)
	require.Equal(t, time.Date(2026, 8, 21, 7, 30, 0, 0, time.UTC), item.Modified)
	require.Nil(t, item.Notice)
	item, _ = f.Items.Find("a")
	require.Equal(t, &Notice{Correction, "The height was wrong.", time.Date(2026, 8, 22, 0, 0, 0, 0, time.UTC)}, item.Notice)
	item, _ = f.Items.Find("b")
	require.Equal(t, Withdrawn, item.Notice.Kind)
	require.Error(t, item.Check(nil), "no bytes are those of an article that is gone")
	item, _ = f.Items.Find("c")
	require.Nil(t, item.Notice)
	_, ok = f.Items.Find("2026/08/River")
	require.False(t, ok)

	shard, ok := f.Shard("2025/03/x")
	require.True(t, ok)
	require.Equal(t, "2025/03", shard.Prefix)
	shard, _ = f.Shard("2025/04/x")
	require.Equal(t, "2025/", shard.Prefix)
	_, ok = f.Shard("2024/x")
	require.False(t, ok)
}

func shardOf(prefix, body string) members {
	m := itemOf("", body).with(members{"p": nil})
	m["prefix"] = prefix
	return m
}

func TestAFeedIsRefused(t *testing.T) {
	good := itemOf("p", river)
	for _, c := range []struct {
		name   string
		change members
		says   string
	}{
		{"no items", members{"items": nil}, `"items": no list`},
		{"version 0", members{"version": 0}, "counted from 1"},
		{"root 0", members{"root": 0}, "counted from 1"},
		{"a version of 2⁵³", members{"version": 1 << 53}, `"version": no whole number`},
		{"an end before the beginning", members{"expires": "2026-08-22T10:00:00Z"}, "not after it was issued"},
		{"no time of issue", members{"issued": nil}, `"issued": no text`},
		{"an item that is no object", members{"items": []int{1}}, "something else than objects"},
		{"a path twice", itemsOf(good, itemOf("p", tide)), `"items": 1: "p": the path is there twice`},
		{"an empty path", itemsOf(itemOf("", river)), `"p": no text`},
		{"no hash", itemsOf(good.with(members{"h": nil})), `"h": no text`},
		{"a hash in capitals", itemsOf(good.with(members{"h": strings.ToUpper(good["h"].(string))})), `"h": no SHA-256`},
		{"a hash that is cut short", itemsOf(good.with(members{"h": good["h"].(string)[1:]})), `"h": no SHA-256`},
		{"a hash that is too long", itemsOf(good.with(members{"h": good["h"].(string) + "0"})), `"h": no SHA-256`},
		{"no size", itemsOf(good.with(members{"n": nil})), `"n": no whole number`},
		{"a time that is none", itemsOf(good.with(members{"m": "yesterday"})), `"m": no time`},
		{"a notice that is text", itemsOf(good.with(members{"x": "withdrawn"})), `"x": no object`},
		{"a notice without a time", itemsOf(good.with(members{"x": members{"kind": "withdrawn"}})), `"items": 0: "x": "at": no text`},
		{"a notice of no kind", itemsOf(good.with(members{"x": members{"at": "2026-08-22T00:00:00Z"}})), `"kind": no text`},
		{"a correction without bytes", itemsOf(members{"p": "p", "x": members{"kind": "correction", "at": "2026-08-22T00:00:00Z"}}), `"h": no text`},
		{"a shard for everything", members{"shards": []members{shardOf("", "{}")}}, `"prefix": no text`},
		{"shards that are no list", members{"shards": members{}}, `"shards": no list`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := parseFeed(usualFeed.with(c.change).text(feedKind))
			require.ErrorContains(t, err, c.says)
			require.Zero(t, f)
		})
	}
}

func TestShard(t *testing.T) {
	shard := func(body string) Shard { return Shard{"2025/", blobOf(body)} }
	list, err := json.Marshal(itemsOf(itemOf("2025/river", river)))
	require.NoError(t, err)
	items, err := shard(string(list)).Open(list)
	require.NoError(t, err)
	item, ok := items.Find("2025/river")
	require.True(t, ok)
	require.NoError(t, item.Check([]byte(river)))

	for _, c := range []struct{ name, signed, body, says string }{
		{"other bytes", string(list), strings.Replace(string(list), "river", "rover", 1), "not the bytes"},
		{"more bytes", string(list), string(list) + " ", "not the"},
		{"no JSON", "<p>", "<p>", "HTML"},
		{"no list", "{}", "{}", `"items": no list`},
		{"a path of another shard", `{"items":[{"p":"2024/a","x":{"kind":"withdrawn","at":"2026-08-22T00:00:00Z"}}]}`, "", "does not begin with the prefix"},
		{"a member twice", `{"items":[],"items":[]}`, "", "twice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.body == "" {
				c.body = c.signed
			}
			items, err := shard(c.signed).Open([]byte(c.body))
			require.ErrorContains(t, err, c.says)
			require.ErrorContains(t, err, `shard "2025/": `)
			require.Empty(t, items)
		})
	}
}

func blobOf(body string) Blob { return Blob{sha256.Sum256([]byte(body)), int64(len(body))} }

func TestExpired(t *testing.T) {
	at := time.Date(2026, 9, 5, 10, 0, 0, 0, time.UTC)
	for _, expired := range []func(time.Time) bool{Root{Expires: at}.Expired, Feed{Expires: at}.Expired} {
		require.False(t, expired(at.Add(-1)))
		require.True(t, expired(at))
	}
}
