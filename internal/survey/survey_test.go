package survey

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A tree that publish wrote, at hosts that do what its _headers says, is without fault.
func TestAHealthyTree(t *testing.T) {
	p := newPress(t)
	r, table := look(t, p.options())
	require.Len(t, r.Addresses, 2, "the second one is known from the signed root")
	for _, a := range r.Addresses {
		require.Empty(t, faults(a), a.Base)
		require.Len(t, a.Checks, len(checks))
		for i, c := range a.Checks {
			require.Equal(t, checks[i], c.Name)
			require.Equal(t, OK, c.State, c)
			require.Empty(t, c.Advice)
		}
	}
	require.True(t, r.OK)
	require.True(t, r.Pinned)
	require.Equal(t, int64(1), r.Newest.Root)
	require.NotZero(t, r.Newest.Feed)
	require.Equal(t, 2, strings.Count(table, "\n  articles     ok       all 13\n"))
	require.Equal(t, 2, strings.Count(table, "\n  pictures     ok       all 2 of these articles\n"))
	require.Regexp(t, `\n  feed         ok       version \d+, 3 hours old, until 2026-09-05\n`, table)
	require.Contains(t, table, "\n  TLS          ok       until 2026-10-22\n")
	require.Regexp(t, `\n2 addresses: 0 broken, 0 with a warning\. The newest root is 1, the newest feed \d+\.\n$`, table)
}
