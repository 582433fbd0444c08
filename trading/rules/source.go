package rules

import "sunlot/internal/calendar"

// SourceKind says what a rule is to what villages let.
type SourceKind string

const (
	// Applies 依据 is a law that binds the lease itself.
	Applies SourceKind = ""
	// Borrowed 参照 is a rule made for something else, or elsewhere, whose figure the
	// county took.
	Borrowed SourceKind = "borrowed"
	// Local 本县设定 is a figure that the county set for itself.
	Local SourceKind = "local"
)

// Source says where a value comes from, by the rule's title, edition and article.
type Source struct {
	Title   string `json:"title"`
	Article string `json:"article,omitempty"`
	// Edition is the text whose article it is, such as "2018修正", in force from a day to a
	// day; without a last day it still is. Empty where the title names one text alone.
	Edition string        `json:"edition,omitempty"`
	From    calendar.Date `json:"from,omitempty"`
	To      calendar.Date `json:"to,omitempty"`
	// Kind says what the source is to a lease: the page says it too.
	Kind SourceKind `json:"kind,omitempty"`

	book *Book // where what was found in the text that followed is looked up
}

// InForce says whether a text that was read is the one in force on that day: the
// pack's own, or the one that followed once it has been checked.
func (s Source) InForce(day calendar.Date) bool {
	if r, found := s.Reading(); found && r.From <= day {
		return true
	}
	return s.From <= day && (s.To == "" || day <= s.To)
}

// String writes the source as a page cites it. Of a text that has been amended since it
// was read it says until when it was in force, and which article of the one after it two
// administrators found, or that they have not: true on every day, whatever the case's is.
func (s Source) String() string {
	switch {
	case s.Title == "":
		return ""
	case s.Kind == Local && s.Article != "":
		return "《" + s.Title + "》" + s.Article + "（本县设定）"
	case s.Kind == Local:
		return s.Title + "（本县设定）"
	}
	cite := "《" + s.Title + "》"
	if s.Kind == Borrowed {
		cite = "参照" + cite
	}
	if s.Edition != "" {
		cite += "（" + s.Edition + "）"
	}
	cite += s.Article
	if r, found := s.Reading(); found {
		return cite + "（施行至" + string(s.To) + "；" + string(r.From) + "起为" + r.Edition + r.Article + "，数值核对一致）"
	}
	if s.To != "" {
		cite += "（施行至" + string(s.To) + "；现行条号待核）"
	}
	return cite
}
