package privacy

import (
	"context"
	"regexp"
	"slices"
	"time"

	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Withholding 隐去 takes a public document, photo or file out of everybody's
// sight: one person asks for it, another does it. Its hash stays in the log, and
// who did it, when and why is public.
type Withholding struct {
	ID      string
	Path    identity.Path // the subject's
	State   casework.State
	Version int
	WithholdForm
	SHA256    string
	Subject   Subject
	Answer    string // why it was declined
	Office    string // whose act it was
	AskedBy   string
	AskedAt   time.Time
	DecidedBy string
	DecidedAt time.Time
	Event     event.Ref
}

// WithholdForm is what is asked: which text or picture, and why.
type WithholdForm struct {
	Address string `json:"address"` // of the text or picture; it has its hash
	Ground  Ground `json:"ground"`
	Reason  string `json:"reason"` // for the second person; never public
}

// Subject is what is withheld.
type Subject string

const (
	Document Subject = "document"
	Photo    Subject = "photo"
	File     Subject = "file"
	Entry    Subject = "entry" // what was written about a stage of a work; its hash is its leaf's
)

// Label is the subject's name on the screen.
func (s Subject) Label() string {
	return map[Subject]string{Document: "公开文本", Photo: "照片", File: "文件", Entry: "工程办理情况"}[s]
}

// Ground is why something may be withheld: the whole list, so that nothing is
// withheld because it is unwelcome.
type Ground string

// Grounds lists them with the public's words. 《个人信息保护法》 art. 25 and 47,
// 《政府信息公开条例》 art. 15, 《未成年人保护法》 art. 4.
var Grounds = []struct {
	Ground Ground
	Label  string
}{
	{"personal", "含有个人信息"}, {"minor", "涉及未成年人"}, {"ordered", "法律文书要求不公开"},
}

// Label is the ground in the public's words; empty for one that is not listed.
func (g Ground) Label() string {
	for _, have := range Grounds {
		if have.Ground == g {
			return have.Label
		}
	}
	return ""
}

// Stream is the noun's.
func (w Withholding) Stream() event.Stream { return event.Of("withholding", w.ID) }

// Veil is what stands where a withheld text stood.
const Veil = "已隐去"

// Withheld is the state of what is out of sight.
const Withheld casework.State = "withheld"

// WithholdingLifecycle is where it may go from each state.
var WithholdingLifecycle = casework.Lifecycle{
	Noun:   "隐去",
	Labels: map[casework.State]string{Asked: "待复核", Withheld: Veil, Declined: "未同意"},
	Moves:  map[casework.State][]casework.State{Asked: {Withheld, Declined}},
}

// Label is the state's name on the screen.
func (w Withholding) Label() string { return WithholdingLifecycle.Label(w.State) }

// Gone is what the address of something withheld answers.
func (w Withholding) Gone() error {
	return fault.New(fault.Gone, "%s：%s。由%s于%s隐去，原文的校验码仍在公开日志里", Veil, w.Ground.Label(), w.Office,
		w.DecidedAt.In(calendar.Beijing).Format("2006年1月2日 15:04"))
}

// WithheldFacts is the event's: who did it stands in it by the office.
type WithheldFacts struct {
	SHA256  string  `json:"sha256"`
	Subject Subject `json:"subject"`
	Ground  Ground  `json:"ground"`
	Office  string  `json:"office"`
}

func (f WithheldFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("隐去的是", f.Subject.Label()),
		words.Text("原因", f.Ground.Label()),
		words.Text("办理单位", f.Office),
		words.Text("校验码", f.SHA256),
	}
}

// digestIn finds hashes in what is pasted.
var digestIn = regexp.MustCompile(`\b[0-9a-f]{64}`)

const mostAddress = 300 // bytes

// AskWithholding asks to take a public document, photo or file out of sight.
func (s *Service) AskWithholding(ctx context.Context, who identity.Actor, requestID string,
	form WithholdForm) (string, error) {
	scope, once, err := casework.Begin(who, TextAsk, "text.ask", requestID, form)
	if err != nil {
		return "", err
	}
	var f fault.Form
	named := digestIn.FindAllString(form.Address, -1)
	if len(named) != 1 || len(form.Address) > mostAddress {
		f.Add("address", "请粘贴要隐去的文本、照片或文件的网址，里面有它的64位校验码")
	}
	if form.Ground.Label() == "" {
		f.Add("ground", "请选择隐去的原因")
	}
	f.Text("reason", "具体情况", form.Reason, 300)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WritePrivacy(ctx, once, func(tx Tx) (string, error) {
		subject, at, err := tx.Subject(named[0], scope)
		if err != nil {
			return "", casework.InvalidIfMissing(err, "address", "本单位没有公开过这个文本、照片或文件，或者已经隐去")
		}
		w := Withholding{
			ID:           event.NewID(),
			Path:         at,
			State:        Asked,
			Version:      1,
			WithholdForm: form,
			SHA256:       named[0],
			Subject:      subject,
			AskedBy:      who.PersonID,
		}
		w.AskedAt, err = tx.Lock(w.Stream())
		if err != nil {
			return "", err
		}
		return w.ID, keepWithholding(tx, who, TextAsk, "", w, "text.asked")
	})
}

// DecideWithholding takes it out of sight, or declines. Who asked cannot. What
// shows the text elsewhere, the rooms' own pages and lists, shows the veil from the
// same moment on.
func (s *Service) DecideWithholding(ctx context.Context, who identity.Actor, requestID, id string,
	form DecideForm) (string, error) {
	scope, once, err := casework.Begin(who, TextWithhold, "text.decide", requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	if err := form.check(); err != nil {
		return "", err
	}
	return s.Store.WritePrivacy(ctx, once, func(tx Tx) (string, error) {
		w, err := tx.Withholding(id, scope)
		if err != nil {
			return "", err
		}
		if err := casework.SameVersion(w.Version, form.Version); err != nil {
			return "", err
		}
		if err := who.Second("申请隐去的人不能自己复核", w.AskedBy); err != nil {
			return "", err
		}
		from, to := w.State, Declined
		if form.Agree {
			to = Withheld
		}
		if err := WithholdingLifecycle.Move(&w.State, to); err != nil {
			return "", err
		}
		w.DecidedAt, err = tx.Lock(w.Stream())
		if err != nil {
			return "", err
		}
		w.DecidedBy, w.Answer = who.PersonID, form.Reason
		w.Version++
		if to == Declined {
			return w.ID, keepWithholding(tx, who, TextWithhold, from, w, "text.declined")
		}
		w.Office = officeOf(who, w.Path)
		if err := s.withhold(tx, &w); err != nil {
			return "", err
		}
		return w.ID, keepWithholding(tx, who, TextWithhold, from, w, "text.withheld")
	})
}

func (s *Service) withhold(tx Tx, w *Withholding) error {
	if err := tx.Hide(w.SHA256, w.Subject); err != nil {
		return err
	}
	e, err := tx.Record(w.Stream(), "text.withheld", WithheldFacts{
		SHA256:  w.SHA256,
		Subject: w.Subject,
		Ground:  w.Ground,
		Office:  w.Office,
	}, nil)
	if err != nil {
		return err
	}
	w.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	for _, veil := range s.Veils {
		if err := veil(tx, w.SHA256); err != nil {
			return err
		}
	}
	return nil
}

// officeOf names the office for which the actor withholds.
func officeOf(who identity.Actor, at identity.Path) string {
	for _, m := range who.Memberships {
		if m.Path.Covers(at) && TextWithhold.By(m.Role) {
			return m.OrgName
		}
	}
	return ""
}

func keepWithholding(tx Tx, who identity.Actor, act *identity.Action, from casework.State, w Withholding,
	kind string) error {
	if err := tx.SaveWithholding(w); err != nil {
		return err
	}
	if err := WithholdingLeads.Moved(tx, from, w.State, withholdingDuty(w), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, act, w.Stream(), w.Path, kind, nil)
}

// SeeWithholding returns one to those who ask and decide at its place.
func (s *Service) SeeWithholding(ctx context.Context, who identity.Actor,
	id string) (Withholding, []casework.Act, error) {
	scope, err := s.mayRead(who, TextAsk, TextWithhold)
	if err != nil {
		return Withholding{}, nil, err
	}
	w, err := s.Store.Withholding(ctx, id, scope)
	if err != nil {
		return w, nil, err
	}
	acts, err := s.Store.Acts(ctx, w.Stream())
	return w, acts, err
}

// mostAlike is how many other documents with the same number are named.
const mostAlike = 20

// SeeAlike lists the other public documents of the township in which a number of
// the document stands too: a notice repeats what its asset says. Each is withheld
// by its own address.
func (s *Service) SeeAlike(ctx context.Context, who identity.Actor, w Withholding) ([]string, error) {
	if _, err := s.mayRead(who, TextAsk, TextWithhold); err != nil {
		return nil, err
	}
	text, err := s.Store.Text(ctx, w.SHA256)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, hit := range Find(text) {
		alike, err := s.Store.TextsWith(ctx, w.Path.Township(), text[hit.From:hit.To], mostAlike)
		if err != nil {
			return nil, err
		}
		for _, sha := range alike {
			if sha != w.SHA256 && !slices.Contains(all, sha) && len(all) < mostAlike {
				all = append(all, sha)
			}
		}
	}
	return all, nil
}

// SeeWithholdings lists those of the actor's places, the newest first.
func (s *Service) SeeWithholdings(ctx context.Context, who identity.Actor,
	q casework.Query) ([]Withholding, int, error) {
	scope, err := s.mayRead(who, TextAsk, TextWithhold)
	if err != nil {
		return nil, 0, err
	}
	q.Scope = scope
	return s.Store.Withholdings(ctx, q)
}
