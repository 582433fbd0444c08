package contracts

import (
	"fmt"

	"sunlot/internal/casework"
	"sunlot/internal/fault"
	"sunlot/trading"
)

var (
	signatureDuty = &casework.DutyKind{
		Name:   "signature",
		Label:  "成交人签订合同",
		Act:    ContractSign,
		Own:    true,
		Above:  casework.Oversee,
		Public: "成交人没有按期签订的合同",
		Ladder: casework.Promised,
	}
	rentDuty = &casework.DutyKind{
		Name:   "rent",
		Label:  "收取租金、价款并登记到账",
		Act:    RentReceive,
		Above:  casework.Oversee,
		Public: "超过期限没有收到的租金、价款",
		Ladder: casework.Usual,
	}
	payRentDuty = &casework.DutyKind{
		Name:  "payrent",
		Label: "缴纳租金、价款",
		Act:   ContractSign,
		Own:   true,
	}
)

// Duties lists what waits in this room, in the order of a case.
var Duties = []*casework.DutyKind{trading.OfferDuty, signatureDuty, rentDuty, payRentDuty}

// Leads is what takes a contract on. The rent of a signed one is owed year by year.
var Leads = casework.Leads{
	Offered: {Duties: []*casework.DutyKind{signatureDuty}},
}

// rentAhead is how many days before its day the rent is on the desk.
const rentAhead = 30

func signing(c Contract, t trading.Tender) casework.Duty {
	return casework.Duty{Noun: c.Stream(), Path: c.Path, Person: c.PersonID, Title: t.AssetName, Due: c.SignBy}
}

// offered hands a contract that the lessor has signed to the lessee.
func offered(tx Tx, c Contract, t trading.Tender, by string) error {
	if err := tx.Settle(trading.OfferDuty, trading.Award{Lot: c.Lot}.Offering().Noun, by); err != nil {
		return err
	}
	return Leads.Moved(tx, "", c.State, signing(c, t), by)
}

// oweRent owes the first year's rent that has not come in whole, to the station
// that records it and to the lessee who pays it; when all has come both are settled.
func oweRent(tx Tx, c Contract, t trading.Tender, by string) error {
	for n := 1; ; n++ {
		p, err := tx.Payment(c.Lot, n)
		if fault.CodeOf(err) == fault.NotFound {
			break
		}
		if err != nil {
			return err
		}
		if p.Received < p.Due {
			return oweRentOf(tx, c, t, p)
		}
	}
	if err := tx.Settle(payRentDuty, c.Stream(), by); err != nil {
		return err
	}
	return tx.Settle(rentDuty, c.Stream(), by)
}

func oweRentOf(tx Tx, c Contract, t trading.Tender, p Payment) error {
	d := casework.Duty{
		Noun:  c.Stream(),
		Path:  c.Path,
		Title: t.AssetName,
		Note:  fmt.Sprintf("第%d期 %s 元", p.Number, (p.Due - p.Received).Yuan()),
		From:  p.DueOn.AddDays(-rentAhead),
		Due:   p.DueOn,
	}
	if err := tx.Owe(rentDuty, d); err != nil {
		return err
	}
	d.Person = c.PersonID
	return tx.Owe(payRentDuty, d)
}
