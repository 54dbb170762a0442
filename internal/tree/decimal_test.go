package tree_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/tree"
)

func TestDecimalsAreExactWhereTheyAreShort(t *testing.T) {
	for _, src := range []string{
		"0", "-0", "7", "+7", "0.46", "1.5", ".5", "5.", "-12.5e3", "1E2", "3e-7", "123456789.012345", "1e22", "0e999", "0.0000000000001",
	} {
		want, err := strconv.ParseFloat(src, 64)
		require.NoError(t, err, src)
		got, ok := tree.Decimal(src)
		require.True(t, ok, src)
		require.Equal(t, want, got, src)
	}
	for _, src := range []string{"3.14159265358979323846", "1e300", "2.5e-300", "98765432109876543210", strings.Repeat("3", 300)} {
		want, err := strconv.ParseFloat(src, 64)
		require.NoError(t, err, src)
		got, ok := tree.Decimal(src)
		require.True(t, ok, src)
		require.InEpsilon(t, want, got, 1e-12, src)
	}
}

func TestWhatIsNoDecimalIsRefused(t *testing.T) {
	for _, src := range []string{
		"", "-", "+", ".", "e5", "1e", "1e+", "1e5.5", "0x10", "1_000", "Inf", "NaN", "-+1", "1e999", "1 0", "1.2.3", strings.Repeat("9", 400), strings.Repeat("9", 400) + "e-400",
	} {
		_, ok := tree.Decimal(src)
		require.False(t, ok, src)
	}
}
