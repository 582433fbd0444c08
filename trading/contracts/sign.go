package contracts

import (
	"context"
	"time"

	"sunlot/disclosure/privacy"
	"sunlot/disclosure/words"
	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/bidding"
	"sunlot/trading/register"
	"sunlot/trading/rules"
)

// Offer draws the contract up from the result and the notice and signs it for
// the lessor. The publicity of the result must have passed.
func (s *Service) Offer(ctx context.Context, who identity.Actor, requestID, lot string) (string, error) {
	scope, once, err := casework.Begin(who, trading.ContractOffer, "contract.offer", requestID, lot)
	if err != nil {
		return "", err
	}
	return s.Store.WriteContract(ctx, once, func(tx Tx) (string, error) {
		if _, err := tx.Contract(lot, scope); fault.CodeOf(err) != fault.NotFound {
			if err == nil {
				err = fault.New(fault.Conflict, "合同已经拟好")
			}
			return "", err
		}
		a, err := tx.Award(lot)
		if err != nil {
			return "", err
		}
		t, err := tx.Tender(a.Tender, scope) // before the lock: an address that is no lot's names no stream
		if err != nil {
			return "", err
		}
		at, err := tx.Lock(event.Of("contract", lot))
		if err != nil {
			return "", err
		}
		c, err := s.draw(ctx, tx, scope, a, t, at)
		if err != nil {
			return "", err
		}
		if err := c.notOf(who); err != nil {
			return "", err
		}
		c.OfferedBy = who.PersonID
		if err := tx.SaveContract(c); err != nil {
			return "", err
		}
		if err := offered(tx, c, t, who.PersonID); err != nil {
			return "", err
		}
		return lot, casework.NoteAct(tx, who, trading.ContractOffer, c.Stream(), c.Path, "contract.offered", nil)
	})
}

// draw makes the contract of a settled award.
func (s *Service) draw(ctx context.Context, tx Tx, scope identity.Scope, a trading.Award, t trading.Tender,
	at time.Time) (Contract, error) {
	if a.State != trading.Settled {
		return Contract{}, fault.New(fault.Conflict, "成交结果“%s”，公示期满、异议都已答复、成立的异议已有决定才能签合同", a.Label())
	}
	asset, err := tx.Asset(t.Asset, scope)
	if err != nil {
		return Contract{}, err
	}
	pack, err := rules.At(t.Rules, s.Pack())
	if err != nil {
		return Contract{}, err
	}
	by, err := s.Days.After(ctx, a.SettledAt, pack.SignDays.Value())
	if err != nil {
		return Contract{}, err
	}
	return Contract{
		Lot:       a.Lot,
		Tender:    t.ID,
		Path:      t.Path,
		State:     Offered,
		Version:   1,
		Number:    number(at),
		Lessor:    asset.ActingName,
		Lessee:    a.Name,
		PersonID:  a.PersonID,
		Bidder:    a.Number,
		Price:     a.Price,
		Basis:     a.Basis,
		Yearly:    a.Yearly,
		Whole:     a.Whole,
		StartsOn:  t.StartsOn,
		EndsOn:    t.EndsOn(),
		Use:       t.Use,
		OfferedAt: at,
		SignBy:    by,
	}, nil
}

// number is a contract's number: the day and eight random characters, so that
// it counts nothing.
func number(at time.Time) string {
	return "HT" + at.In(calendar.Beijing).Format("20060102") + "-" + event.NewID()[:8]
}

// SignForm is the lessee's signature: what is signed, as it was shown.
type SignForm struct {
	Version int  `json:"version"`
	Agreed  bool `json:"agreed"`
}

// Sign signs the contract for the lessee. Contract, schedule and the way back
// of the deposit are committed together.
func (s *Service) Sign(ctx context.Context, who identity.Actor, requestID, lot string, form SignForm) (string, error) {
	scope, once, err := casework.Begin(who, ContractSign, "contract.sign", requestID, []any{lot, form})
	if err != nil {
		return "", err
	}
	if err := who.MayBid(); err != nil {
		return "", err
	}
	if !form.Agreed {
		return "", fault.New(fault.Invalid, "请先读完合同，再勾选同意").On("agreed")
	}
	return s.Store.WriteContract(ctx, once, func(tx Tx) (string, error) {
		c, err := tx.Contract(lot, scope)
		if err == nil && c.PersonID != who.PersonID {
			err = fault.New(fault.NotFound, "没有找到这份合同")
		}
		if err != nil {
			return "", err
		}
		if c.Version != form.Version {
			return "", fault.New(fault.Conflict, "合同已有变动，请打开最新内容后再签")
		}
		if err := ContractLifecycle.Move(&c.State, Signed); err != nil {
			return "", err
		}
		c.Version++
		return lot, s.sign(ctx, tx, who, c)
	})
}

func (s *Service) sign(ctx context.Context, tx Tx, who identity.Actor, c Contract) error {
	at, err := tx.Lock(c.Stream())
	if err != nil {
		return err
	}
	t, err := tx.Tender(c.Tender, identity.Everywhere)
	if err != nil {
		return err
	}
	pack, err := rules.At(t.Rules, s.Pack())
	if err != nil {
		return err
	}
	c.SignedAt = at
	if err := secured(tx, c); err != nil {
		return err
	}
	all := schedule(c.Lot, calendar.DateOf(at).AddDays(pack.FirstRentDays.Value()), t, c.Yearly)
	c.Document, err = privacy.Publish(tx, c.Path, textOf(c, t, all))
	if err != nil {
		return err
	}
	e, err := tx.Record(c.Stream(), "contract.signed", SignedFacts{
		Tender:   event.Ref{Stream: t.Stream(), Seq: t.Event.Seq},
		Document: c.Document,
		Bidder:   c.Bidder,
		Side:     c.Side,
		Unit:     c.Unit,
		Price:    c.Price,
		Yearly:   c.Yearly,
		Whole:    c.Whole,
		StartsOn: c.StartsOn,
		EndsOn:   c.EndsOn,
		Payments: len(all),
	}, nil)
	if err != nil {
		return err
	}
	c.Event = event.Ref{Stream: e.Stream, Seq: e.Seq}
	if err := tx.SaveContract(c); err != nil {
		return err
	}
	if err := tx.AddSchedule(all); err != nil {
		return err
	}
	if err := tx.Occupy(occupancy(c, t)); err != nil {
		return err
	}
	if err := s.settle(ctx, tx, pack, c, at, who.PersonID); err != nil {
		return err
	}
	if err := Leads.Moved(tx, Offered, c.State, signing(c, t), who.PersonID); err != nil {
		return err
	}
	if err := oweRent(tx, c, t, who.PersonID); err != nil {
		return err
	}
	return casework.NoteAct(tx, who, ContractSign, c.Stream(), c.Path, "contract.signed", nil)
}

// secured refuses a lessee whose deposit the bank took back and who has not paid anew.
func secured(tx Tx, c Contract) error {
	a, err := tx.Award(c.Lot)
	if err != nil {
		return err
	}
	deposits, err := tx.Deposits(c.Lot)
	if err != nil || !trading.Unsecured(deposits, a.Registration) {
		return err
	}
	return fault.New(fault.Conflict, "您的保证金已被银行冲正，还不能签合同：请从报名时登记的本人账户重新转入，附言照旧写转账附言码；"+
		"经管站核对到账以后再来签")
}

// occupancy is the contract's part of its asset's time: the rent of a lease is the last rent from
// now on; what is sold is nobody's to let any more.
func occupancy(c Contract, t trading.Tender) register.Occupancy {
	if c.Side == trading.Sell {
		return register.Occupancy{Lot: c.Lot, Asset: t.Asset, From: c.StartsOn, To: calendar.Last, Sold: true}
	}
	return register.Occupancy{
		Lot:    c.Lot,
		Asset:  t.Asset,
		From:   c.StartsOn,
		To:     c.EndsOn,
		Let:    true,
		Rent:   c.Price,
		Unit:   c.Unit,
		Tenant: c.Lessee,
	}
}

// settle takes the award on and puts the winner's deposit on its way back.
func (s *Service) settle(ctx context.Context, tx Tx, pack rules.Pack, c Contract, at time.Time, person string) error {
	a, err := tx.Award(c.Lot)
	if err != nil {
		return err
	}
	if err := a.Contract(); err != nil {
		return err
	}
	if err := tx.SaveAward(a); err != nil {
		return err
	}
	deposits, err := tx.Deposits(c.Lot)
	if err != nil {
		return err
	}
	by, err := s.Days.After(ctx, at, pack.RefundDays.Value())
	if err != nil {
		return err
	}
	for _, d := range deposits {
		if d.Registration != a.Registration || d.State != trading.Held {
			continue
		}
		if err := d.Refundable(at, by); err != nil {
			return err
		}
		if _, err := tx.Lock(d.Stream()); err != nil {
			return err
		}
		if err := bidding.KeepDeposit(tx, trading.Held, d, c.Path, person); err != nil {
			return err
		}
	}
	return nil
}

// SignedFacts is what the public log says of a contract: the lessee by number.
type SignedFacts struct {
	Tender   event.Ref     `json:"tender"`
	Document string        `json:"document"`
	Bidder   string        `json:"bidder"`
	Side     trading.Side  `json:"side,omitempty"`
	Unit     money.Unit    `json:"unit,omitempty"`
	Price    money.Fen     `json:"price"`
	Yearly   money.Fen     `json:"yearly_rent"`
	Whole    money.Fen     `json:"whole_rent"`
	StartsOn calendar.Date `json:"starts_on"`
	EndsOn   calendar.Date `json:"ends_on"`
	Payments int           `json:"payments"`
}

func (f SignedFacts) told() []words.Fact {
	facts := []words.Fact{words.Text("竞买号", f.Bidder), words.Price("单价", f.Unit, f.Price)}
	facts = append(facts, trading.Sums(f.Side, f.Yearly, f.Whole)...)
	facts = append(facts, words.Count("分期", f.Payments, "期"))
	facts = append(facts, words.Day(f.Side.Say().Begins, f.StartsOn))
	if f.EndsOn != calendar.Last {
		facts = append(facts, words.Day("租期结束", f.EndsOn))
	}
	return append(facts, words.Document(f.Document))
}
