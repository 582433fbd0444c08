package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/privacy"
	"sunlot/internal/event"
)

// errWithheld marks what the server says has been taken out of sight.
var errWithheld = errors.New("withheld")

// withheldIn is what the log says was taken out of sight, by hash.
func withheldIn(report *ledger.Report) map[string]privacy.WithheldFacts {
	withheld := map[string]privacy.WithheldFacts{}
	for stream, entries := range report.Streams {
		if stream.Noun() != "withholding" {
			continue
		}
		for _, entry := range entries {
			var facts privacy.WithheldFacts
			if entry.Event.Kind == "text.withheld" && json.Unmarshal(entry.Event.Facts, &facts) == nil {
				withheld[facts.SHA256] = facts
			}
		}
	}
	return withheld
}

// Withheld says, a line each, what the log has as taken out of sight: its hash is
// in the log, and there is nothing to hold it against.
func Withheld(report *ledger.Report) []string {
	withheld := withheldIn(report)
	var lines []string
	for _, sha := range slices.Sorted(maps.Keys(withheld)) {
		f := withheld[sha]
		lines = append(lines, fmt.Sprintf("已隐去（withheld）：%s %s，%s，%s办理", f.Subject.Label(), sha,
			f.Ground.Label(), f.Office))
	}
	return lines
}

// text reads a document whose hash the log has, and says when the server has none
// or another. One that the log says is withheld is nil, and nothing is wrong with it.
func (s site) text(ctx context.Context, which, sha string) (body []byte, wrong []string, err error) {
	body, err = s.get(ctx, "/api/v1/documents/"+sha)
	_, withheld := s.withheld[sha]
	switch {
	case errors.Is(err, errWithheld) && withheld:
		return nil, nil, nil
	case errors.Is(err, errWithheld):
		return nil, []string{which + "：服务器说文件已隐去，日志里却没有隐去的记录"}, nil
	case err != nil && !errors.Is(err, errMissing):
		return nil, nil, err
	case event.Hash(body) != sha:
		return nil, []string{which + "：公布的文件与日志中的校验码不符"}, nil
	case withheld:
		return nil, []string{which + "：日志说文件已隐去，服务器却还在公布"}, nil
	}
	return body, nil, nil
}
