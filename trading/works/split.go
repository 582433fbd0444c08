package works

import (
	"time"

	"sunlot/internal/fault"
	"sunlot/internal/money"
	"sunlot/trading/statement"
)

// splitWithin is how far back works are taken together.
const splitWithin = 365 * 24 * time.Hour

// together is what a work and those like it come to: of the same village within
// the year, by the same item or at the same place. A large work is not made small
// by taking it apart ("《招标投标法》" art. 4).
func together(p Project, others []Project) money.Fen {
	sum := p.Estimate
	for _, o := range others {
		alike := o.Item == p.Item || statement.SameName(o.Place, p.Place)
		if o.ID != p.ID && o.Village == p.Village && !o.Dropped() && alike {
			sum += o.Estimate
		}
	}
	return sum
}

// apart asks for the reason when works like this one come to more than the limit
// together, and counts them.
func (s *Service) apart(tx Tx, p *Project, now time.Time) error {
	others, err := tx.ProjectsSince(p.Path, now.Add(-splitWithin))
	if err != nil {
		return err
	}
	p.Together = together(*p, others)
	limit, err := s.Limit()
	if err == nil && p.Together > limit && p.Split == "" {
		err = fault.New(fault.Invalid, "本村一年内同一事项或同一地点的工程合计 %s 元，超过 %s 元；分开办的，请写明理由",
			p.Together.Yuan(), limit.Yuan()).On("split")
	}
	return err
}

// Apart says whether the project is let apart from others with which it would be
// more than a small work.
func (p Project) Apart() bool { return p.Split != "" }
