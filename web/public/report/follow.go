package report

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"sunlot/disclosure/mailbox"
	"sunlot/internal/fault"
	"sunlot/web"
)

// followPage is a reporter's box: where the report stands, the office's answers,
// and the proof that it was taken. Code and texts are marks of hidden ones.
type followPage struct {
	Code    string
	Box     mailbox.Box
	State   mailbox.State
	Steps   []web.Step
	Answers []shownAnswer
	Proof   mailbox.Kept
	Added   bool
	Text    string
}

type shownAnswer struct {
	At    time.Time
	State mailbox.State
	Text  string
}

func (s *Screens) followForm(c *fiber.Ctx) error {
	return s.Kit.PrivatePage(c, "report/follow", struct{ Code string }{}, web.NewHidden(), nil)
}

// follow opens a box by its code.
func (s *Screens) follow(c *fiber.Ctx) error {
	form, err := web.ReadPrivate(c)
	if err != nil {
		return err
	}
	return s.showBox(c, form.Word("code"), nil, false, nil)
}

// showBox draws the box, with what was typed and is wrong, if anything. A wrong
// code slows down whoever tries more of them.
func (s *Screens) showBox(c *fiber.Ctx, code string, typed []byte, added bool, wrong error) error {
	hidden, from := web.NewHidden(), web.From(c).Network
	askAgain := func(err error) error {
		return s.Kit.PrivatePage(c, "report/follow", struct{ Code string }{hidden.Put([]byte(code))}, hidden, err)
	}
	if _, err := mailbox.ParseCode(code); err != nil { // no guess, a slip
		return askAgain(err)
	}
	if err := s.callers.mayGuess(from, time.Now()); err != nil {
		return askAgain(err)
	}
	f, err := s.Mailbox.Follow(c.UserContext(), from, code)
	if fault.CodeOf(err) == fault.Invalid {
		s.callers.wrong(from, time.Now())
	}
	if mayBeSentAgain(err) {
		return askAgain(err)
	}
	if err != nil {
		return err
	}
	page := followPage{
		Code:  hidden.Put([]byte(code)),
		Box:   f.Box,
		State: f.State,
		Steps: stepsOf(f.State),
		Added: added,
		Text:  hidden.Put(typed),
	}
	for _, a := range f.Answers {
		page.Answers = append(page.Answers, shownAnswer{a.At, a.State, hidden.Put(a.Text)})
	}
	page.Proof, err = mailbox.ProofOf(c.UserContext(), s.Blind, f.Box)
	if err != nil {
		return err
	}
	return s.Kit.PrivatePage(c, "report/box", page, hidden, wrong)
}

func stepsOf(at mailbox.State) []web.Step {
	all := []mailbox.State{mailbox.Waiting, mailbox.Received, mailbox.InHand, mailbox.Finished}
	labels := []string{"已密封", "已收到", "办理中", "已办结"}
	steps, passed := make([]web.Step, len(all)), true
	for i, state := range all {
		steps[i] = web.Step{Label: labels[i]}
		if passed {
			steps[i].State = "done"
		}
		if state == at {
			passed = false
			if at != mailbox.Finished {
				steps[i].State = "now"
			}
		}
	}
	return steps
}

// reportAdd seals more to the office that has the report. Who has to wait with
// his codes, or has sent too much, is told so before anything is kept.
func (s *Screens) reportAdd(c *fiber.Ctx) error {
	form, err := web.ReadPrivate(c)
	if err != nil {
		return err
	}
	code, text := form.Word("code"), form.Text("text")
	from := web.From(c).Network
	err = s.callers.mayGuess(from, time.Now())
	if err != nil {
		return s.addAgain(c, code, text, err)
	}
	err = s.callers.mayKeep(from, len(c.Request().Body()), time.Now())
	if err == nil {
		err = s.Mailbox.Add(c.UserContext(), from, form.Word("request_id"), code, text, form.Files("photos"))
	}
	switch {
	case err == nil:
		return s.showBox(c, code, nil, true, nil)
	case mayBeSentAgain(err):
		return s.showBox(c, code, text, false, err)
	}
	return err
}

// addAgain keeps what was typed for somebody who has to wait with his code.
func (s *Screens) addAgain(c *fiber.Ctx, code string, text []byte, wrong error) error {
	hidden := web.NewHidden()
	return s.Kit.PrivatePage(c, "report/later",
		struct{ Code, Text string }{hidden.Put([]byte(code)), hidden.Put(text)}, hidden, wrong)
}
