package web

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// WCAG 2.2: 1.4.3 asks for 4.5 between text and ground, 1.4.11 for 3 at the
// edges of controls.
func TestContrast(t *testing.T) {
	light, dark, ok := strings.Cut(string(open(t).static.files["tokens.css"].data),
		"@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("tokens.css has no dark scheme")
	}
	texts := map[string][]string{
		"ink":     {"ground", "paper", "sunk", "pine-pale"},
		"soft":    {"ground", "paper", "sunk"},
		"link":    {"ground", "paper", "pine-pale"},
		"on-pine": {"pine"},
		"seal":    {"paper", "ground", "seal-pale"},
		"ochre":   {"paper", "ochre-pale"},
		"sky":     {"sky-pale"},
	}
	for scheme, text := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(text, -1) {
			colours[m[1]] = m[2]
		}
		for front, grounds := range texts {
			for _, ground := range grounds {
				if got := contrast(t, colours[front], colours[ground]); got < 4.5 {
					t.Errorf("%s: %s on %s: %.2f", scheme, front, ground, got)
				}
			}
		}
		if got := contrast(t, colours["line-strong"], colours["paper"]); got < 3 {
			t.Errorf("%s: the edge of a field: %.2f", scheme, got)
		}
	}
	if got := contrast(t, "#ffffff", "#000000"); math.Abs(got-21) > .01 {
		t.Errorf("white on black is %.2f, not 21", got)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("not a colour: %q", colour)
	}
	part := func(at int) float64 {
		n, err := strconv.ParseUint(colour[at:at+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*part(1) + .7152*part(3) + .0722*part(5)
}
