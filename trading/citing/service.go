package citing

import (
	"context"
	"regexp"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading/rules"
)

// Service is the use-cases.
type Service struct {
	Store     Store
	Pack      func() rules.Pack
	Directory *identity.Directory
	Days      casework.Schedules
}

// An edition and an article are written in the statutes' own words and nothing
// else, since they are public at once when they are confirmed.
var (
	editionOf = regexp.MustCompile(`^(19|20)\d\d(修正|修订|年)$`)
	articleOf = regexp.MustCompile(`^第[一二三四五六七八九十百]+条(之[一二三四五六七八九十]+)?` +
		`(第[一二三四五六七八九十]+款)?(第（[一二三四五六七八九十]+）项)?$`)
)

// cited finds the article among those that wait or have waited for a number.
func (s *Service) cited(id string) (rules.Amended, bool) {
	for _, a := range s.Pack().Amended() {
		if a.ID() == id {
			return a, true
		}
	}
	return rules.Amended{}, false
}

func (s *Service) check(form Form) (rules.Amended, error) {
	var f fault.Form
	a, there := s.cited(form.Cites)
	if !there {
		f.Add("cites", "请选择要核对的条文")
	}
	if !editionOf.MatchString(form.Edition) {
		f.Add("edition", "请写现行文本的版本，例如“2025修正”")
	}
	switch _, err := calendar.ParseDate(string(form.From)); {
	case err != nil:
		f.Add("from", "请填写现行文本的施行日期")
	case there && form.From <= a.To:
		f.Add("from", "现行文本的施行日期要在%s之后，那天以前施行的是%s", a.To, a.Edition)
	}
	if !articleOf.MatchString(form.Article) {
		f.Add("article", "请照法条写条号，例如“第三十条”或者“第三十条第二款”")
	}
	if !form.Same {
		f.Add("same", "请逐项对照原条文和现行条文。数值不一致的，不能在这里登记，需要更新本县的规则")
	}
	return a, f.Err()
}

// EnterCitation enters an article's number in the text that followed; it stands
// when another administrator has confirmed it.
func (s *Service) EnterCitation(ctx context.Context, who identity.Actor, requestID string, form Form) (string, error) {
	_, once, err := casework.Begin(who, Enter, "citation.enter", requestID, form)
	if err != nil {
		return "", err
	}
	a, err := s.check(form)
	if err != nil {
		return "", err
	}
	return s.Store.WriteCitation(ctx, once, func(tx Tx) (string, error) {
		c := Citation{
			ID:        event.NewID(),
			Path:      countyOf(who),
			State:     Entered,
			Version:   1,
			Form:      form,
			Title:     a.Title,
			Read:      a.Edition,
			Was:       a.Article,
			EnteredBy: who.PersonID,
		}
		c.EnteredAt, err = tx.Lock(c.Stream())
		if err != nil {
			return "", err
		}
		return c.ID, s.keep(tx, who, Enter, "", c, "citation.entered")
	})
}

// countyOf is where the administrator is one.
func countyOf(who identity.Actor) identity.Path {
	for _, m := range who.Memberships {
		if Enter.By(m.Role) {
			return m.Path
		}
	}
	return ""
}

// DecideForm is what the second administrator says. Same is his own comparison.
type DecideForm struct {
	Version int    `json:"version"`
	Agree   bool   `json:"agree"`
	Same    bool   `json:"same"`
	Reason  string `json:"reason"`
}

func (form DecideForm) check() error {
	var f fault.Form
	switch {
	case !form.Agree:
		f.Text("reason", "理由", form.Reason, 300)
	case !form.Same:
		f.Add("same", "请自己逐项对照原条文和现行条文，再确认")
	}
	return f.Err()
}

// DecideCitation confirms what another administrator entered, or declines it. Who
// entered it may take it back by declining.
func (s *Service) DecideCitation(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	if err := form.check(); err != nil {
		return "", err
	}
	to, kind := Declined, "citation.declined"
	if form.Agree {
		to, kind = Checked, "citation.checked"
	}
	return s.move(ctx, who, requestID, id, form, to, kind)
}

// EndCitation takes a citation back that proved wrong: the article is to be looked
// up again. One administrator may, since nothing rests on it from then on.
func (s *Service) EndCitation(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	form.Agree = false
	if err := form.check(); err != nil {
		return "", err
	}
	return s.move(ctx, who, requestID, id, form, Ended, "citation.ended")
}

func (s *Service) move(ctx context.Context, who identity.Actor, requestID, id string, form DecideForm,
	to casework.State, kind string) (string, error) {
	scope, once, err := casework.Begin(who, Decide, kind, requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	done, err := s.Store.WriteCitation(ctx, once, func(tx Tx) (string, error) {
		c, err := tx.Citation(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(c.Version, form.Version); err != nil {
			return "", err
		}
		if to == Checked {
			if err := who.Second("登记条号的人不能自己确认", c.EnteredBy); err != nil {
				return "", err
			}
		}
		from := c.State
		if err := Lifecycle.Move(&c.State, to); err != nil {
			return "", err
		}
		c.DecidedAt, err = tx.Lock(c.Stream())
		if err != nil {
			return "", err
		}
		c.DecidedBy, c.Answer = who.PersonID, form.Reason
		c.Version++
		c.Event, err = s.tell(tx, c)
		if err != nil {
			return "", err
		}
		return c.ID, s.keep(tx, who, Decide, from, c, kind)
	})
	if err != nil {
		return "", err
	}
	return done, s.Learn(ctx)
}

// tell writes the event of what has become public.
func (s *Service) tell(tx Tx, c Citation) (event.Ref, error) {
	var e event.Event
	var err error
	switch c.State {
	case Checked:
		a, there := s.cited(c.Cites)
		if !there {
			return event.Ref{}, fault.New(fault.Conflict, "本县的规则不再引用这一条，不用核对了")
		}
		e, err = tx.Record(c.Stream(), "citation.checked", CheckedFacts{
			Title:   c.Title,
			Read:    c.Read,
			Was:     c.Was,
			Edition: c.Edition,
			From:    c.From,
			Article: c.Article,
			Figures: a.Figures,
		}, nil)
	case Ended:
		e, err = tx.Record(c.Stream(), "citation.ended", EndedFacts{Title: c.Title, Read: c.Read, Was: c.Was}, nil)
	default:
		return c.Event, nil
	}
	return event.Ref{Stream: e.Stream, Seq: e.Seq}, err
}

// keep saves the citation, its duty and the article's.
func (s *Service) keep(tx Tx, who identity.Actor, act *identity.Action, from casework.State, c Citation,
	kind string) error {
	if err := tx.SaveCitation(c); err != nil {
		return err
	}
	if err := Leads.Moved(tx, from, c.State, decideDutyOf(c), who.PersonID); err != nil {
		return err
	}
	if a, there := s.cited(c.Cites); there {
		again := enterDutyOf(a.Source, c.Path, calendar.DateOf(c.DecidedAt))
		var err error
		switch c.State {
		case Entered:
			err = tx.Settle(enterDuty, again.Noun, who.PersonID)
		case Declined, Ended:
			err = tx.Owe(enterDuty, again)
		}
		if err != nil {
			return err
		}
	}
	return casework.NoteAct(tx, who, act, c.Stream(), c.Path, kind, nil)
}

// Learn brings the pack's book up to what stands in the database.
func (s *Service) Learn(ctx context.Context) error {
	standing, err := s.Store.Standing(ctx)
	if err != nil {
		return err
	}
	var all []rules.Reading
	for _, c := range standing {
		all = append(all, rules.Reading{Cites: c.Cites, Edition: c.Edition, From: c.From, Article: c.Article})
	}
	s.Pack().Book().Learn(all)
	return nil
}

// Ask puts each article whose text is no more in force onto the administrators'
// desk until it is looked up. Any node may do it, and again does nothing.
func (s *Service) Ask(ctx context.Context) error {
	if err := s.Learn(ctx); err != nil {
		return err
	}
	today := s.Days.Today()
	var all []rules.Source
	var ids []string
	for _, a := range s.Pack().Amended() {
		if _, found := a.Reading(); today > a.To && !found {
			all, ids = append(all, a.Source), append(ids, a.ID())
		}
	}
	waits, err := s.Store.ArticlesWaiting(ctx, ids)
	if err != nil || len(waits) == len(ids) {
		return err
	}
	counties, err := s.Directory.Orgs(ctx, identity.Everywhere, identity.County)
	if err != nil || len(counties) == 0 {
		return err
	}
	return s.Store.WriteOwing(ctx, func(tx casework.Owing) error {
		for _, a := range all {
			if waits[a.ID()] {
				continue
			}
			if err := tx.Owe(enterDuty, enterDutyOf(a, counties[0].Path, today)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Amended lists the articles of texts that are no more in force.
func (s *Service) Amended(who identity.Actor) ([]rules.Amended, error) {
	if _, err := who.Can(Enter); err != nil {
		return nil, err
	}
	return s.Pack().Amended(), nil
}

// SeeCitations lists what was entered.
func (s *Service) SeeCitations(ctx context.Context, who identity.Actor, q casework.Query) ([]Citation, int, error) {
	scope, err := who.Can(Decide)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Citations(ctx, q)
}

// SeeCitation reads one with its trail.
func (s *Service) SeeCitation(ctx context.Context, who identity.Actor, id string) (Citation, []casework.Act, error) {
	scope, err := who.Can(Decide)
	if err != nil {
		return Citation{}, nil, err
	}
	c, err := s.Store.Citation(ctx, id, scope)
	if err != nil {
		return Citation{}, nil, err
	}
	acts, err := s.Store.Acts(ctx, c.Stream())
	return c, acts, err
}
