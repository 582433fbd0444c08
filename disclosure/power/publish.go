package power

import (
	"context"
	"encoding/json"
	"slices"

	"sunlot/disclosure/privacy"
	"sunlot/disclosure/words"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
)

// Service is the use-cases of the micro-power list.
type Service struct {
	Store Store
}

// DraftItem begins an item for the drafter's township; nobody else reads it yet.
// Who drafts for several says for which, by its path.
func (s *Service) DraftItem(ctx context.Context, who identity.Actor, requestID string, township identity.Path,
	form ItemForm) (string, error) {
	scope, once, err := draft(who, requestID, "item.draft", []any{township, form}, form)
	if err != nil {
		return "", err
	}
	var own []identity.Path
	for _, p := range scope {
		if at := p.Township(); !slices.Contains(own, at) {
			own = append(own, at)
		}
	}
	if township == "" && len(own) == 1 {
		township = own[0]
	}
	if !slices.Contains(own, township) {
		return "", fault.New(fault.Invalid, "请选择为哪个乡镇起草：您在几处任职").On("township")
	}
	return s.Store.WriteItem(ctx, once, func(tx Tx) (string, error) {
		i := Item{
			ID:        event.NewID(),
			Path:      township,
			State:     Drafted,
			Version:   1,
			ItemForm:  form,
			Draft:     &form,
			DraftedBy: who.PersonID,
		}
		return i.ID, saveDraft(tx, who, "", i)
	})
}

// ReviseItem changes the draft. Of a published item it begins the next edition;
// the public reads the last one until that is published.
func (s *Service) ReviseItem(ctx context.Context, who identity.Actor, requestID, id string, version int,
	form ItemForm) (string, error) {
	scope, once, err := draft(who, requestID, "item.revise", []any{id, version, form}, form)
	if err != nil {
		return "", err
	}
	return s.Store.WriteItem(ctx, once, func(tx Tx) (string, error) {
		i, err := latest(tx, id, scope, version)
		if err != nil {
			return "", err
		}
		from := i.State
		if i.State == Published {
			err = ItemLifecycle.Move(&i.State, Revising)
		}
		if err != nil {
			return "", err
		}
		if i.Edition == 0 {
			i.ItemForm = form
		}
		i.Draft, i.DraftedBy = &form, who.PersonID
		return i.ID, saveDraft(tx, who, from, i)
	})
}

// draft says where the actor may draft the form, which is checked here.
func draft(who identity.Actor, requestID, kind string, content any, form ItemForm) (
	identity.Scope, event.Request, error) {
	scope, once, err := casework.Begin(who, ItemDraft, kind, requestID, content)
	if err != nil {
		return nil, once, err
	}
	return scope, once, form.check()
}

func saveDraft(tx Tx, who identity.Actor, from casework.State, i Item) error {
	if err := privacy.Check(tx, i.Path, i.Draft); err != nil {
		return err
	}
	if _, err := tx.Lock(i.Stream()); err != nil {
		return err
	}
	if err := tx.SaveItem(i); err != nil {
		return err
	}
	if err := Leads.Moved(tx, from, i.State, duty(i), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, ItemDraft, i.Stream(), i.Path, "item.drafted", nil)
}

// PublishItem puts the draft into force as the next edition: the township's act.
// Who drafted any of it cannot publish it.
func (s *Service) PublishItem(ctx context.Context, who identity.Actor, requestID, id string,
	version int) (string, error) {
	scope, once, err := casework.Begin(who, ItemPublish, "item.publish", requestID, []any{id, version})
	if err != nil {
		return "", err
	}
	return s.Store.WriteItem(ctx, once, func(tx Tx) (string, error) {
		i, err := latest(tx, id, scope, version)
		if err != nil {
			return "", err
		}
		acts, err := tx.Acts(i.Stream())
		if err != nil {
			return "", err
		}
		if err := who.Second("起草或者修改过的人不能公布同一个事项", Drafters(acts)...); err != nil {
			return "", err
		}
		from := i.State
		if err := ItemLifecycle.Move(&i.State, Published); err != nil {
			return "", err
		}
		i.ItemForm = *i.Draft
		i.Draft = nil
		i.Edition = i.Edition + 1
		i.PublishedBy = who.PersonID
		return i.ID, publish(tx, who, from, i)
	})
}

// Drafters are those who have written a part of what is not published yet: of the trail
// what comes after the last edition.
func Drafters(acts []casework.Act) []string {
	for n, a := range slices.Backward(acts) {
		if a.Kind == "item.published" {
			acts = acts[n:]
			break
		}
	}
	return casework.Hands(acts, "item.drafted")
}

func publish(tx Tx, who identity.Actor, from casework.State, i Item) error {
	at, err := tx.Lock(i.Stream())
	if err != nil {
		return err
	}
	i.PublishedAt = at
	edition := Edition{Item: i.ID, Edition: i.Edition, Form: i.ItemForm, At: event.Stamp(at)}
	i.Document, err = privacy.Publish(tx, i.Path, edition)
	if err != nil {
		return err
	}
	e, err := tx.Record(i.Stream(), "item.published", PublishedFacts{
		Edition:  i.Edition,
		Number:   i.Number,
		Category: i.Category,
		Steps:    len(i.Steps),
		Document: i.Document,
	}, nil)
	if err != nil {
		return err
	}
	i.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.SaveItem(i); err != nil {
		return err
	}
	if err := Leads.Moved(tx, from, i.State, duty(i), who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, ItemPublish, i.Stream(), i.Path, "item.published", nil)
}

// Edition is the document of a published edition.
type Edition struct {
	Item    string   `json:"item"`
	Edition int      `json:"edition"`
	Form    ItemForm `json:"form"`
	At      string   `json:"at"`
}

// PublishedFacts is what the public log says of an edition.
type PublishedFacts struct {
	Edition  int      `json:"edition"`
	Number   string   `json:"number"`
	Category Category `json:"category"`
	Steps    int      `json:"steps"`
	Document string   `json:"document"`
}

func (f PublishedFacts) told() []words.Fact {
	return []words.Fact{
		words.Text("编号", f.Number),
		words.Count("第几版", f.Edition, ""),
		words.Count("步骤", f.Steps, "步"),
		words.Document(f.Document),
	}
}

// latest loads an item and refuses a change that was made on an outdated copy.
func latest(tx Tx, id string, scope identity.Scope, version int) (Item, error) {
	i, err := tx.Item(id, scope)
	if err == nil {
		err = casework.SameVersion(i.Version, version)
	}
	i.Version++
	return i, err
}

// ReadEdition reads the facts of an item.published event.
func ReadEdition(e event.Event) (facts PublishedFacts, err error) {
	return facts, json.Unmarshal(e.Facts, &facts)
}
