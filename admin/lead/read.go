package lead

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"filippo.io/age"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Reports lists those that are the actor's office's to read, newest first.
func (s *Service) Reports(ctx context.Context, who identity.Actor, q Query) ([]Report, int, error) {
	var err error
	q.Offices, err = officesOf(who, ReportRead)
	if err != nil {
		return nil, 0, err
	}
	return s.Store.LeadReports(ctx, q)
}

// officesOf lists the offices in which the actor may do it. A report is its own
// office's alone: a higher one does not see it, nor a lower one.
func officesOf(who identity.Actor, act *identity.Action) ([]string, error) {
	if _, err := who.Can(act); err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range who.Memberships {
		if act.By(m.Role) {
			ids = append(ids, m.OrgID)
		}
	}
	return ids, nil
}

// ofOffice turns a report of another office into one that there is not.
func ofOffice(r Report, offices []string, err error) error {
	if err == nil && !slices.Contains(offices, r.Office) {
		return fault.New(fault.NotFound, "没有找到这件受理件")
	}
	return err
}

// Words is one piece of writing, opened.
type Words struct {
	ID     string
	Kind   Kind
	At     time.Time
	Text   string
	Photos int
	State  mailbox.State // of an answer
}

// Opened is a report with a page of what was written in its matter.
type Opened struct {
	Report Report
	Words  []Words // oldest first
	Total  int     // of all pages
}

// PageOfWords is how much of a report is opened at once: each letter may have 12 MB.
const PageOfWords = 20

// Read opens a page of a report, which goes on record. Who wrote it is not in
// it: see Contact.
func (s *Service) Read(ctx context.Context, who identity.Actor, id string, page int) (Opened, error) {
	r, key, err := s.find(ctx, who, id)
	if err != nil {
		return Opened{}, err
	}
	once, err := event.NewRequest(who.PersonID, "report.open", event.NewID(), id)
	if err != nil {
		return Opened{}, err
	}
	if err := s.record(ctx, once, r, "report.opened", by{Person: who.PersonID}, nil); err != nil {
		return Opened{}, err
	}
	entries, total, err := s.Store.LeadEntries(ctx, id, identity.Page{Number: page, Size: PageOfWords}.Clip())
	if err != nil {
		return Opened{}, err
	}
	o := Opened{Report: r, Total: total}
	for _, e := range entries {
		l, err := s.letter(ctx, r, key, e.ID)
		if err != nil {
			return o, err
		}
		o.Words = append(o.Words, Words{
			ID:     e.ID,
			Kind:   e.Kind,
			At:     e.At,
			Text:   string(l.Text),
			Photos: len(l.Photos),
			State:  l.State,
		})
	}
	return o, nil
}

func (s *Service) find(ctx context.Context, who identity.Actor, id string) (Report, age.Identity, error) {
	mine, err := officesOf(who, ReportRead)
	if err != nil {
		return Report{}, nil, err
	}
	r, err := s.Store.FindLeadReport(ctx, id)
	if err := ofOffice(r, mine, err); err != nil {
		return Report{}, nil, err
	}
	key, err := s.key(ctx, r)
	return r, key, err
}

// key is that of the office which has the report.
func (s *Service) key(ctx context.Context, r Report) (age.Identity, error) {
	o, err := s.office(ctx, r.Office)
	if err != nil {
		return nil, err
	}
	key, err := s.Keys.Identity(o.Recipient)
	if errors.Is(err, fs.ErrNotExist) {
		err = errNoKey
	}
	return key, err
}

var errNoKey = fault.New(fault.Unavailable, "本单位的密钥不在这台电脑上，材料无法打开。请管理员将备份密钥恢复到密钥文件夹")

func (s *Service) office(ctx context.Context, id string) (Office, error) {
	all, err := s.Store.LeadOffices(ctx, identity.Everywhere)
	at := slices.IndexFunc(all, func(o Office) bool { return o.OrgID == id })
	if err != nil || at < 0 {
		return Office{}, errors.Join(err, errors.New("lead: the office of a report has no key"))
	}
	return all[at], nil
}

func (s *Service) record(
	ctx context.Context, once event.Request, r Report, kind string, facts any, private []byte,
) error {
	_, err := s.Store.WriteLead(ctx, once, func(tx Tx) (string, error) {
		if _, err := tx.Lock(r.Stream()); err != nil {
			return "", err
		}
		_, err := tx.Record(r.Stream(), kind, facts, private)
		return "", err
	})
	return err
}

// by is the facts of what an officer did, in the private log.
type by struct {
	Person string `json:"person"`
}

// looked is the facts of a photo that an officer opened.
type looked struct {
	Person string `json:"person"`
	Entry  string `json:"entry"`
	Photo  int    `json:"photo"` // from 1
}

// Contact tells how the reporter may be reached, to an officer who says why he
// needs it. Each look goes on record with its reason, also when the same form is
// sent again: it shows the contact again.
func (s *Service) Contact(ctx context.Context, who identity.Actor, id, reason string) (string, error) {
	once, err := event.NewRequest(who.PersonID, "report.contact", event.NewID(), []string{id, reason})
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Text("reason", "查看的理由", reason, 200)
	if err := f.Err(); err != nil {
		return "", err
	}
	r, key, err := s.find(ctx, who, id)
	if err != nil {
		return "", err
	}
	if err := s.record(ctx, once, r, "report.contact_read", by{Person: who.PersonID}, []byte(reason)); err != nil {
		return "", err
	}
	first, err := s.written(ctx, r.ID)
	if err != nil {
		return "", err
	}
	l, err := s.letter(ctx, r, key, first)
	return string(l.Contact), err
}

// written finds the report itself among its entries. Of those of its hour it
// need not be the first.
func (s *Service) written(ctx context.Context, report string) (string, error) {
	for page := 1; ; page++ {
		entries, _, err := s.Store.LeadEntries(ctx, report, identity.Page{Number: page, Size: identity.MaxPage})
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			if e.Kind == Written {
				return e.ID, nil
			}
		}
		if len(entries) < identity.MaxPage {
			return "", errors.New("lead: a report has no text")
		}
	}
}

// letter opens one entry of a report.
func (s *Service) letter(ctx context.Context, r Report, key age.Identity, entry string) (mailbox.Letter, error) {
	e, err := s.Store.LeadEntry(ctx, r.ID, entry)
	if err != nil {
		return mailbox.Letter{}, err
	}
	return mailbox.Open(e.Body, key)
}

// Photo returns a photo of an entry as it was sent, for the screen to draw anew
// without the camera's data, and goes on record as the text does: a photo has an
// address of its own. Photos count from 1.
func (s *Service) Photo(ctx context.Context, who identity.Actor, id, entry string, n int) ([]byte, error) {
	r, key, err := s.find(ctx, who, id)
	if err != nil {
		return nil, err
	}
	l, err := s.letter(ctx, r, key, entry)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(l.Photos) {
		return nil, fault.New(fault.NotFound, "没有找到这张照片")
	}
	once, err := event.NewRequest(who.PersonID, "report.photo", event.NewID(), []any{id, entry, n})
	if err != nil {
		return nil, err
	}
	if err := s.record(ctx, once, r, "report.photo_opened", looked{who.PersonID, entry, n}, nil); err != nil {
		return nil, err
	}
	return l.Photos[n-1], nil
}

// AnswerForm is what the office says to the reporter.
type AnswerForm struct {
	Version int           `json:"version"`
	State   mailbox.State `json:"state"`
	Text    string        `json:"text"`
}

// maxAnswer is the characters of an answer.
const maxAnswer = 2000

// Answer moves a report on and tells its reporter, sealed to him alone; a copy
// sealed to the office stays here.
func (s *Service) Answer(
	ctx context.Context, who identity.Actor, requestID, id string, form AnswerForm,
) (string, error) {
	mine, err := officesOf(who, ReportAnswer)
	if err != nil {
		return "", err
	}
	once, err := event.NewRequest(who.PersonID, "report.answer", requestID, []any{id, form})
	if err != nil {
		return "", err
	}
	var f fault.Form
	if _, ok := moves[form.State]; !ok {
		f.Add("state", "请选择办理进度")
	}
	f.Text("text", "答复内容", form.Text, maxAnswer)
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WriteLead(ctx, once, func(tx Tx) (string, error) {
		r, err := tx.LeadReport(id)
		if err := ofOffice(r, mine, err); err != nil {
			return "", err
		}
		o, err := s.office(ctx, r.Office)
		if err != nil {
			return "", err
		}
		return id, s.answer(tx, who, r, form, o)
	})
}

func (s *Service) answer(tx Tx, who identity.Actor, r Report, form AnswerForm, o Office) error {
	if r.Version != form.Version {
		return fault.New(fault.Conflict, "内容已有变动，请打开最新内容后再答复")
	}
	at, err := tx.Lock(r.Stream())
	if err != nil {
		return err
	}
	if err := r.move(form.State); err != nil {
		return err
	}
	r.Version, r.ChangedAt = r.Version+1, at
	if err := tx.SaveReport(r); err != nil {
		return err
	}
	copied, err := mailbox.Seal(mailbox.Letter{At: at, State: r.State, Text: []byte(form.Text)}, o.Recipient)
	if err != nil {
		return err
	}
	entry := Entry{ID: event.NewID(), Report: r.ID, Kind: Answered, At: at, Body: copied}
	if err := tx.AddLeadEntry(entry); err != nil {
		return err
	}
	if _, err := tx.Record(r.Stream(), "report.answered", by{who.PersonID}, nil); err != nil {
		return err
	}
	return s.tell(tx, r, at, []byte(form.Text))
}
