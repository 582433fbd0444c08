package internal

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// glossary is the one place that says which words are not used.
const glossary = "docs/words.md"

// quoted are the places in which a word to avoid stands for a reason, by how the file begins:
// the pieces of a line that has it; without pieces the whole file.
var quoted = map[string][]string{
	glossary:                     nil, // it names them
	"internal/words_test.go":     nil,
	"internal/punctuation_test":  nil,
	"trading/statement/":         nil,        // as banks write
	"disclosure/privacy/corpus_": nil,        // as people write
	"admin/drafts_pages_test.go": {"没填完的鱼塘"}, // what somebody typed
}

// backquoted is a word in the glossary's last column that no text of ours has.
var backquoted = regexp.MustCompile("`([^`]+)`")

// avoided are the words that the glossary tells us not to use, each with its term.
func avoided(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../" + glossary)
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for _, line := range strings.Split(string(text), "\n") {
		columns := strings.Split(line, " | ")
		if !strings.HasPrefix(line, "| ") || len(columns) != 5 {
			continue
		}
		for _, word := range backquoted.FindAllStringSubmatch(columns[4], -1) {
			words[word[1]] = strings.TrimPrefix(columns[0], "| ")
		}
	}
	return words
}

// TestWordsAreThoseOfTheGlossary reads everything in which we wrote Chinese.
func TestWordsAreThoseOfTheGlossary(t *testing.T) {
	words := avoided(t)
	if len(words) < 60 {
		t.Fatalf("the glossary names %d words to avoid", len(words))
	}
	for _, pattern := range written {
		for _, name := range tracked(t, pattern) {
			pieces, known := exempted(name)
			if known && pieces == nil {
				continue
			}
			text, err := os.ReadFile("../" + name)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(text), "\n") {
				for word, term := range words {
					if strings.Contains(line, word) && !holdsOne(line, pieces) {
						t.Errorf("%s:%d says %s, the glossary's word is %s (%s)", name, i+1, word, term, glossary)
					}
				}
			}
		}
	}
}

func exempted(name string) (pieces []string, known bool) {
	for place, pieces := range quoted {
		if strings.HasPrefix(name, place) {
			return pieces, true
		}
	}
	return nil, false
}

func holdsOne(line string, pieces []string) bool {
	for _, piece := range pieces {
		if strings.Contains(line, piece) {
			return true
		}
	}
	return false
}
