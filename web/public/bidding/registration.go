package bidding

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sunlot/internal/calendar"
	"sunlot/internal/fault"
	"sunlot/internal/identity"
	"sunlot/trading"
	"sunlot/trading/contracts"
	"sunlot/web"
)

type registrationPage struct {
	Registration trading.Registration
	Lot          trading.Lot
	Deposits     []trading.Deposit
	InChain      bool // the blind tick that holds the commitment
	Mine         bool
	Again        bool   // may register anew
	Anew         bool   // the bank took the deposit back, and it may be paid once more
	Standing     string // where the bidder's own stands; empty for others
	Kept         string // what the bidder keeps, written out; empty for others
	Pay          payment
	Money        *contracts.Money // of the bidder's own contract, from its offer on
}

// payment is what a bidder has to know to pay and to come by, as the notice says it;
// nothing of it when the notice's text is withheld.
type payment struct {
	Account string // in words
	Number  string // the digits in it, to copy
	Contact string
	Place   string // where the asset is shown
	On      calendar.Date
}

func (s *Screens) registration(c *fiber.Ctx) error {
	page, err := s.registrationPage(c)
	if err != nil {
		return err
	}
	return s.Kit.Page(c, "bidding/registration", page)
}

func (s *Screens) registrationPage(c *fiber.Ctx) (registrationPage, error) {
	ctx, who := c.UserContext(), web.Actor(c)
	r, err := s.Bidding.SeeRegistration(ctx, who, c.Params("id"))
	if err != nil {
		return registrationPage{}, err
	}
	page := registrationPage{Registration: r, Mine: r.PersonID == who.PersonID}
	page.Lot, err = s.Bidding.SeeLot(ctx, who, r.Lot)
	if err != nil {
		return page, err
	}
	page.Deposits, err = s.Bidding.DepositsOf(ctx, who, r.ID)
	if err != nil {
		return page, err
	}
	page.Pay, err = s.payment(c, page.Lot.Tender)
	if err != nil {
		return page, err
	}
	proof, in, err := s.blindProof(c, r)
	if err != nil {
		return page, err
	}
	page.InChain = in
	if page.Mine {
		page.Again, err = s.Bidding.MayRegister(ctx, who, r.Lot)
		if err != nil {
			return page, err
		}
		page.Anew, err = s.Bidding.PaysAnew(ctx, who, r)
		if err != nil {
			return page, err
		}
		page.Standing, err = s.Bidding.Standing(ctx, who, r)
		if err != nil {
			return page, err
		}
		page.Money, err = s.ownContract(c, r.Lot)
		if err != nil {
			return page, err
		}
		text, err := json.MarshalIndent(keepsakeOf(r, proof, in), "", "  ")
		if err != nil {
			return page, err
		}
		page.Kept = string(text)
	}
	return page, nil
}

// ownContract is the contract to which the registration has led, with its rent.
func (s *Screens) ownContract(c *fiber.Ctx, lot string) (*contracts.Money, error) {
	m, err := s.Contracts.SeeMoney(c.UserContext(), web.Actor(c), lot)
	if fault.CodeOf(err) == fault.NotFound || err == nil && m.Contract.PersonID != web.Actor(c).PersonID {
		return nil, nil
	}
	return &m, err
}

func (s *Screens) payment(c *fiber.Ctx, tender string) (payment, error) {
	t, err := s.Tendering.SeeTender(c.UserContext(), web.Actor(c), tender)
	if err != nil {
		return payment{}, err
	}
	if _, err := s.Library.Document(c.UserContext(), t.Document); err != nil {
		if fault.CodeOf(err) == fault.Gone {
			return payment{}, nil
		}
		return payment{}, err
	}
	return payment{
		Account: t.DepositAccount,
		Number:  numberIn(t.DepositAccount),
		Contact: t.Contact,
		Place:   t.InspectionPlace,
		On:      t.InspectionOn,
	}, nil
}

var accountForm = regexp.MustCompile(`\d(?:[ -]?\d){7,29}`)

// numberIn is the account's number in a text, digits alone; empty when there is none,
// or more than one, of which nobody knows which is meant.
func numberIn(text string) string {
	all := accountForm.FindAllString(text, 2)
	if len(all) != 1 {
		return ""
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(all[0])
}

func (s *Screens) pull(c *fiber.Ctx) error {
	r := web.Read(c)
	id, err := s.Bidding.PullRegistration(c.UserContext(), web.Actor(c), r.RequestID(), c.Params("id"), r.Version(),
		web.Arrived(c))
	if err != nil {
		page, pageErr := s.registrationPage(c)
		if pageErr != nil {
			return err
		}
		return s.Kit.Again(c, err, "bidding/registration", page)
	}
	return s.Kit.Done(c, "/registrations/"+id, "报名已撤回")
}

// registrations lists the bidder's own.
func (s *Screens) registrations(c *fiber.Ctx) error {
	list, paging, err := web.ReadPage(c, web.PageOf(c), func(at identity.Page) ([]trading.Registration, int, error) {
		return s.Bidding.OwnRegistrations(c.UserContext(), web.Actor(c), at)
	})
	if err != nil {
		return err
	}
	standing := map[string]string{}
	for _, r := range list {
		standing[r.ID], err = s.Bidding.Standing(c.UserContext(), web.Actor(c), r)
		if err != nil {
			return err
		}
	}
	return s.Kit.Page(c, "bidding/registrations", struct {
		Registrations []trading.Registration
		Standing      map[string]string // by registration
		Paging        web.Paging
	}{list, standing, paging})
}
