package markup

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, field, want string }{
		{"entities", "Bridges &#8211; &quot;why&quot; &amp; how", `Bridges – "why" & how`},
		{"tags", "The <em>new</em><br>bridge <script>x</script>", "The new bridge"},
		{"tags that are meant as text", "How to write &lt;b&gt;", "How to write <b>"},
		{"encoded twice", "AT&amp;amp;T &amp;#8217;s", "AT&T ’s"},
		{"never a third time", "AT&amp;amp;amp;T", "AT&amp;T"},
		{"what only looks encoded", "Q&amp;A; R&D &amp;foo;", "Q&A; R&D &foo;"},
		{"less-than in prose", "3 < 4 <3 & so", "3 < 4 <3 & so"},
		{"white space and no-break space", " a \r\n b\u00a0: c ", "a b\u00a0: c"},
		{"joiners stay, soft hyphens go", "روزنامه\u200cنگار\u00ad\ufeff", "روزنامه\u200cنگار"},
		{"an override that is not closed", "a\u202egpj", "agpj"},
		{"paragraphs", "<p>a</p><p>b</p>", "a b"},
		{"a title that nobody closed", "The <title> tag", "The tag"},
		{"invalid bytes", "a\xffb", "a\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, Text(c.field)) })
	}
}

func TestSplitCredit(t *testing.T) {
	for _, c := range []struct{ name, language, caption, rest, credit string }{
		{"a copyright sign", "en", "The raft. © Lina Haddad / AP", "The raft.", "© Lina Haddad / AP"},
		{"in brackets", "en", "The raft (© Lina)", "The raft", "(© Lina)"},
		{"(c)", "en", "The raft (c) Lina Haddad", "The raft", "(c) Lina Haddad"},
		{"(c) of a list", "en", "Left (a) Ann, (b) Ben, (c) Cem", "Left (a) Ann, (b) Ben, (c) Cem", ""},
		{"a label", "en", "The raft. Photo: J. P. Doe/Courier", "The raft.", "Photo: J. P. Doe/Courier"},
		{"a label of the language", "de", "Das Floß. Foto: dpa", "Das Floß.", "Foto: dpa"},
		{"a label of another language", "en", "The raft. Foto: dpa", "The raft. Foto: dpa", ""},
		{"Arabic", "ar", "الطوف عند الفجر. تصوير: لينا حداد", "الطوف عند الفجر.", "تصوير: لينا حداد"},
		{"Persian", "fa", "کلک در سپیده\u200cدم | عکس: ایسنا", "کلک در سپیده\u200cدم", "عکس: ایسنا"},
		{"Chinese", "zh-Hans", "清晨的木筏。图：新华社", "清晨的木筏。", "图：新华社"},
		{"a label in brackets", "en", "The raft at dawn (Image: Lina)", "The raft at dawn", "(Image: Lina)"},
		{"nothing but a credit", "en", "Photo: Lina", "", "Photo: Lina"},
		{"a label inside a sentence", "en", "A man holds up a photo: it shows his son", "A man holds up a photo: it shows his son", ""},
		{"a label inside a sentence in German", "de", "Er zeigt ein Foto: darauf sein Sohn", "Er zeigt ein Foto: darauf sein Sohn", ""},
		{"sentences after the label", "en", "Photo: The raft. Nobody crossed today. It rained.", "Photo: The raft. Nobody crossed today. It rained.", ""},
		{"an agency in brackets", "en", "The raft. (AP Photo/Jane Doe)", "The raft.", "(AP Photo/Jane Doe)"},
		{"an agency in brackets, file", "en", "The raft [old] (Reuters, file).", "The raft [old]", "(Reuters, file)."},
		{"an agency in Arabic", "ar", "الطوف (رويترز)", "الطوف", "(رويترز)"},
		{"an agency inside a sentence", "en", "It rained (the minister told Reuters)", "It rained (the minister told Reuters)", ""},
		{"a name and a house", "en", "The raft (Jane Doe/Courier)", "The raft", "(Jane Doe/Courier)"},
		{"two countries", "en", "The border (Iran/Iraq)", "The border (Iran/Iraq)", ""},
		{"brackets of prose", "en", "The raft (left) and the span (right)", "The raft (left) and the span (right)", ""},
		{"Japanese", "ja", "夜明けのいかだ＝ＡＰ", "夜明けのいかだ", "＝ＡＰ"},
		{"nothing", "en", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			rest, credit := SplitCredit(article.Plain(c.caption), c.language)
			require.Equal(t, c.credit, credit)
			require.Equal(t, c.rest, rest.Text())
		})
	}
}

func TestSplitCredit_keeps_marks_and_links(t *testing.T) {
	caption := Inline(`The <b>raft</b>.<br><a href="https://a.example/">© Lina</a>`, Options{})
	rest, credit := SplitCredit(caption, "")
	require.Equal(t, "The <strong|raft>.", dumpInline(rest))
	require.Equal(t, "© Lina", credit)
	require.Equal(t, "The <strong|raft>.↵(© Lina)[https://a.example/]", dumpInline(caption), "the caption itself is not changed")
}
