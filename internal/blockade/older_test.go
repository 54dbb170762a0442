package blockade

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOlder(t *testing.T) {
	for _, test := range []struct{ name, body, want string }{
		{"the last sentence of the longest text", `{"a":"One. Two three. Four five.","b":"Short. One."}`, `{"a":"One. Two three.","b":"Short. One."}`},
		{"not what is within a tag", `{"a":"<p>One two. <a title=\"x. y\">three</a> four.</p>"}`, `{"a":"<p>One not two. <a title=\"x. y\">three</a> four.</p>"}`},
		{"tags stay", `{"a":"<p>One two. Three.</p>\n<p>Four. Five <b>six</b>.</p>"}`, `{"a":"<p>One two.</p>\n<p>Four. Five <b>six</b>.</p>"}`},
		{"tags stay when their slashes are escaped", `{"a":"<p>One two. Three.<\/p>"}`, `{"a":"<p>One two.<\/p>"}`},
		{"a text that ends with a blank", `{"a":"One. Two. "}`, `{"a":"One."}`},
		{"a text of one sentence", `{"a":"One two"}`, `{"a":"One not two"}`},
		{"the date of the native format", `{"datePublished":"2031-04-17T06:30:00+03:00", "dateModified": "2031-03-01T06:30:00+03:00"}`,
			`{"datePublished":"2031-04-17T06:30:00+03:00", "dateModified": "2031-02-28T06:30:00+03:00"} `},
		{"the dates of WordPress", `{"modified":"2031-04-17T09:30:00","modified_gmt":"2031-04-17T06:30:00","yoast_head_json":{"article_modified_time":"2031-01-01T06:30:00+00:00"}}`,
			`{"modified":"2031-04-16T09:30:00","modified_gmt":"2031-04-16T06:30:00","yoast_head_json":{"article_modified_time":"2030-12-31T06:30:00+00:00"}} `},
		{"no date", `{"dateModified":"2031-04-99","a":"x"}`, `{"dateModified":"2031-04-99","a":"x"} `},
		{"not JSON", `"dateModified":"2031-04-17" One. Two.`, `"dateModified":"2031-04-17" One. Two.`},
		{"a picture", "\xff\xd8\xff\xe0", "\xff\xd8\xff\xe0"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := []byte(test.body)
			require.Equal(t, test.want, string(older(body)))
			require.Equal(t, test.body, string(body), "the original stays as it is")
		})
	}
}

// An older document of JSON is other bytes and still JSON. Whatever else there is has no revisions.
func FuzzOlder(f *testing.F) {
	f.Add(document)
	f.Add([]byte(`{"dateModified":"2031-04-17","a":"One. Two\\. <x. \"y z\". é. "}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		changed := older(body)
		valid := json.Valid(body)
		require.Equal(t, valid, json.Valid(changed), "%q", changed)
		require.Equal(t, valid, !bytes.Equal(body, changed))
	})
}
