package mailbox

import (
	"context"
	"encoding/json"

	"filippo.io/age"

	"sunlot/disclosure/privacy"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// OfficeForm names a receiving office and its key. The key is made where reports
// are read; this program has only its public half.
type OfficeForm struct {
	Org       string `json:"org"`
	Name      string `json:"name"`
	Recipient string `json:"recipient"`
}

// ProposeOffice notes a receiving office's key, in public. It counts once another
// person has compared it: whoever could enter a key alone would read the reports.
func (s *Service) ProposeOffice(ctx context.Context, who identity.Actor, requestID string,
	form OfficeForm) (string, error) {
	scope, once, err := casework.Begin(who, OfficeKey, "office.propose", requestID, form)
	if err != nil {
		return "", err
	}
	var f fault.Form
	f.Line("name", "受理单位名称", form.Name, 60)
	privacy.Refuse(&f, "name", form.Name)
	if _, err := age.ParseX25519Recipient(form.Recipient); err != nil {
		f.Add("recipient", "公钥以 age1 开头，请照受理室页面上的原样复制")
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return s.Store.WriteMailbox(ctx, once, func(tx Tx) (string, error) {
		org, err := tx.Org(form.Org, scope)
		if err == nil && org.Kind != identity.County && org.Kind != identity.Township {
			err = fault.New(fault.NotFound, "不是县或乡镇")
		}
		if fault.CodeOf(err) == fault.NotFound {
			err = fault.New(fault.Invalid, "请选择县或乡镇").On("org")
		}
		if err != nil {
			return "", err
		}
		o := Office{
			ID:         event.NewID(),
			OrgID:      org.ID,
			Path:       org.Path,
			Name:       form.Name,
			Recipient:  form.Recipient,
			ProposedBy: who.PersonID,
		}
		o.ProposedAt, err = tx.Lock(o.Stream())
		if err != nil {
			return "", err
		}
		if err := tx.SaveOffice(o); err != nil {
			return "", err
		}
		_, err = tx.Record(o.Stream(), "office.proposed", KeyedFacts{
			Org:       o.OrgID,
			Name:      o.Name,
			Recipient: o.Recipient,
		}, nil)
		return o.ID, err
	})
}

// ConfirmOffice puts a proposed key into force, in public: everybody can compare
// it with the one that hangs at the office.
func (s *Service) ConfirmOffice(ctx context.Context, who identity.Actor, requestID, id string) (string, error) {
	scope, once, err := casework.Begin(who, OfficeConfirm, "office.confirm", requestID, id)
	if err != nil {
		return "", err
	}
	return s.Store.WriteMailbox(ctx, once, func(tx Tx) (string, error) {
		o, err := tx.Office(id, scope)
		if err != nil {
			return "", err
		}
		if err := who.Second("自己登记的公钥不能由自己确认，请另一位管理员与受理单位核对后确认", o.ProposedBy); err != nil {
			return "", err
		}
		if o.InForce() {
			return "", fault.New(fault.Conflict, "这个公钥已经确认")
		}
		o.KeyedAt, err = tx.Lock(o.Stream())
		if err != nil {
			return "", err
		}
		// Two accounts are on record, for the day when somebody asks whose they were.
		private, err := json.Marshal(struct {
			ProposedBy  string `json:"proposed_by"`
			ConfirmedBy string `json:"confirmed_by"`
		}{o.ProposedBy, who.PersonID})
		if err != nil {
			return "", err
		}
		e, err := tx.Record(o.Stream(), "office.keyed", KeyedFacts{
			Org:       o.OrgID,
			Name:      o.Name,
			Recipient: o.Recipient,
		}, private)
		if err != nil {
			return "", err
		}
		o.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
		return o.ID, tx.SaveOffice(o)
	})
}

// Offices lists every key in the actor's places, the newest first.
func (s *Service) Offices(ctx context.Context, who identity.Actor) ([]Office, error) {
	scope, err := who.Can(OfficeKey)
	if err != nil {
		return nil, err
	}
	return s.Store.AllOffices(ctx, scope)
}
