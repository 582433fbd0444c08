package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"sunlot/disclosure/ledger"
	"sunlot/disclosure/words"
	"sunlot/internal/event"
	"sunlot/internal/money"
	"sunlot/trading"
	"sunlot/trading/contracts"
)

// compareLot judges a lot's bids again and holds what the server shows of it,
// of its result and of its rent against the log.
func (s site) compareLot(ctx context.Context, stream event.Stream, report *ledger.Report) ([]string, error) {
	r := replay(report.Streams[stream], grounds{report, s.notices[stream.ID()], s.sorts})
	var shown struct {
		Lot struct {
			State  string    `json:"state"`
			Leader string    `json:"leader"`
			Price  money.Fen `json:"price"`
			Bids   int       `json:"bids"`
		} `json:"lot"`
	}
	if err := s.show(ctx, "/api/v1/lots/"+stream.ID(), &shown); err != nil {
		return append(r.wrong, fmt.Sprintf("标的 %s：日志中有竞价（%s），页面上却没有", stream.ID(), stream)), ignoreMissing(err)
	}
	which := fmt.Sprintf("标的 %s（%s/%d）", stream.ID(), stream, r.closing.Seq)
	ended := r.closed != nil || r.failed
	other := shown.Lot.Leader != r.board.Leading.Bidder || shown.Lot.Bids != r.board.Bids
	if ended && (other || r.closed != nil && shown.Lot.Price != r.closed.Price) {
		r.wrong = append(r.wrong, fmt.Sprintf("%s：页面上为 %s 号 %s 元、%d 次报价，日志中为 %s 号 %s 元、%d 次", which,
			words.Printable(shown.Lot.Leader), shown.Lot.Price.Yuan(), shown.Lot.Bids,
			r.board.Leading.Bidder, r.board.Leading.Price.Yuan(), r.board.Bids))
	}
	if r.closed == nil {
		return r.wrong, nil
	}
	var award struct {
		Bidder string    `json:"bidder"`
		Price  money.Fen `json:"price"`
		Yearly money.Fen `json:"yearly_rent"`
	}
	if err := s.show(ctx, "/api/v1/lots/"+stream.ID()+"/award", &award); err != nil && !errors.Is(err, errMissing) {
		return r.wrong, err
	}
	if award.Bidder != r.closed.Winner || award.Price != r.closed.Price || award.Yearly != r.closed.Yearly {
		r.wrong = append(r.wrong, fmt.Sprintf("%s：结果页为 %s 号 %s 元，日志中为 %s 号 %s 元", which,
			words.Printable(award.Bidder), award.Price.Yuan(),
			words.Printable(r.closed.Winner), r.closed.Price.Yuan()))
	}
	wrong, err := s.compareRent(ctx, event.Of("contract", stream.ID()), report)
	return append(r.wrong, wrong...), err
}

// compareRent holds a contract's rent against the log; without a contract there is none.
func (s site) compareRent(ctx context.Context, stream event.Stream, report *ledger.Report) ([]string, error) {
	entries := report.Streams[stream]
	if len(entries) == 0 {
		return nil, nil
	}
	var contract struct {
		Received money.Fen `json:"received"`
	}
	err := s.show(ctx, "/api/v1/lots/"+stream.ID()+"/contract", &contract)
	if err != nil && !errors.Is(err, errMissing) {
		return nil, err
	}
	if logged := received(entries); err != nil || contract.Received != logged {
		return []string{fmt.Sprintf("合同 %s（%s）：页面上已收 %s 元，日志中为 %s 元",
			stream.ID(), stream, contract.Received.Yuan(), logged.Yuan())}, nil
	}
	return nil, nil
}

// unlikeClosed names a contract that was signed with another than the winner, for another
// price, or where nobody had won.
func unlikeClosed(stream event.Stream, report *ledger.Report) (wrong []string) {
	var closed *trading.ClosedFacts
	for _, entry := range report.Streams[event.Of("lot", stream.ID())] {
		var f trading.ClosedFacts
		if entry.Event.Kind == "lot.closed" && json.Unmarshal(entry.Event.Facts, &f) == nil {
			closed = &f
			break
		}
	}
	for _, entry := range report.Streams[stream] {
		var f contracts.SignedFacts
		if entry.Event.Kind != "contract.signed" {
			continue
		}
		if json.Unmarshal(entry.Event.Facts, &f) != nil || closed == nil || f.Bidder != closed.Winner ||
			f.Price != closed.Price || f.Yearly != closed.Yearly || f.Whole != closed.Whole ||
			f.Side != closed.Side || f.Unit != closed.Unit {
			wrong = append(wrong, fmt.Sprintf("合同 %s（%s/%d）：竞买号、单价或金额与竞价的结果不符", stream.ID(), stream,
				entry.Event.Seq))
		}
	}
	return wrong
}

// received sums up the rent that a contract's log has, without what was reversed.
func received(entries []ledger.Entry) (sum money.Fen) {
	for _, entry := range entries {
		var slip contracts.ReceivedFacts
		var back contracts.ReversedFacts
		switch {
		case entry.Event.Kind == "rent.received" && json.Unmarshal(entry.Event.Facts, &slip) == nil:
			sum += slip.Amount
		case entry.Event.Kind == "rent.reversed" && json.Unmarshal(entry.Event.Facts, &back) == nil:
			sum -= back.Amount
		}
	}
	return sum
}
