package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sunlot/disclosure/ledger"
	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/trading"
	"sunlot/trading/amending"
	"sunlot/trading/rules"
)

// change is one that the log has, and where.
type change struct {
	rules.Change
	seq int64
}

// amendedIn is the changes of a pack's figures that stand in the log, in its order, and
// the entries that say what no county could have said.
func amendedIn(report *ledger.Report, stream event.Stream) (all []rules.Change, wrong []int64) {
	var standing []change
	for _, entry := range report.Streams[stream] {
		e, good := entry.Event, false
		switch e.Kind {
		case "rules.amended":
			var c change
			c, good = amended(e)
			if good {
				standing = append(standing, c)
			}
		case "rules.withdrawn":
			var f amending.WithdrawnFacts
			err := json.Unmarshal(e.Facts, &f)
			i := slices.IndexFunc(standing, func(c change) bool { return c.seq == f.Amended })
			good = err == nil && i >= 0 && early(e, standing[i].From)
			if good {
				standing = slices.Delete(standing, i, i+1)
			}
		}
		if !good {
			wrong = append(wrong, e.Seq)
		}
	}
	for _, c := range standing {
		all = append(all, c.Change)
	}
	return all, wrong
}

// early says whether a whole day lies between the event and the day on which its change
// begins: then it moves nothing that has been announced.
func early(e event.Event, from calendar.Date) bool { return from > calendar.DateOf(e.At).AddDays(1) }

func amended(e event.Event) (change, bool) {
	var f amending.AmendedFacts
	if json.Unmarshal(e.Facts, &f) != nil {
		return change{}, false
	}
	figure, known := rules.FigureOf(f.Key)
	_, err := calendar.ParseDate(string(f.From))
	return change{seq: e.Seq, Change: rules.Change{
		Key:    f.Key,
		Value:  f.Value,
		Source: rules.Source{Title: f.Title, Article: f.Article, Kind: rules.Local},
		From:   f.From,
	}}, known && err == nil && figure.Within(f.Value) == nil && early(e, f.From)
}

// wrongRules names the changes that a county could not have made.
func wrongRules(report *ledger.Report, stream event.Stream) (wrong []string) {
	_, seqs := amendedIn(report, stream)
	for _, seq := range seqs {
		wrong = append(wrong, fmt.Sprintf("规则参数 %s/%d：无法读取，不合参数的范围，或者离施行不满一天", stream, seq))
	}
	return wrong
}

// editionsOf lists the editions of the pack as its files and the log have them; none of
// a pack that the program does not have.
func (s *sorts) editionsOf(report *ledger.Report, pack string) []rules.Pack {
	s.packs.Lock()
	defer s.packs.Unlock()
	if all, read := s.editions[pack]; read {
		return all
	}
	var all []rules.Pack
	if book, err := rules.Open(pack); err == nil {
		changes, _ := amendedIn(report, amending.StreamOf(pack))
		all, err = book.With(changes)
		if err != nil {
			all = nil
		}
	}
	if s.editions == nil {
		s.editions = map[string][]rules.Pack{}
	}
	s.editions[pack] = all
	return all
}

// editions are those by which the notice may have been announced: the one that it
// names, if that stood on its day; of a notice that names none, any.
func (g grounds) editions(n announced) []rules.Pack {
	all := g.editionsOf(g.report, n.RulePack)
	if n.RuleVersion == 0 || len(all) == 0 {
		return all
	}
	stood := func(at time.Time) int { return rules.EditionOn(all, calendar.DateOf(at)).Version }
	return slices.DeleteFunc(slices.Clone(all), func(p rules.Pack) bool {
		return p.Version != n.RuleVersion || stood(n.at) != p.Version && stood(n.at.Add(slack)) != p.Version
	})
}

// announced is what a notice said, and when.
type announced struct {
	trading.AnnouncedFacts
	at time.Time
}
