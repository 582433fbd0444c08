package tradingdb

import (
	"database/sql"
	"maps"
	"slices"
	"strings"

	"sunlot/internal/event"
	"sunlot/internal/store"
	"sunlot/trading"
)

// The statements of a batch of bids. They go past gorm, whose reflection costs
// more than the database on the hottest rows of the program; each is one
// statement for all rows.

// marks is (?, ?), (?, ?) for so many rows of so many columns.
func marks(rows, columns int) string {
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	return row + strings.Repeat(", "+row, rows-1)
}

func (t *Tx) exec(statement string, args []any) error {
	_, err := t.SQL().Statement.ConnPool.ExecContext(t.SQL().Statement.Context, statement, args...)
	return err
}

// scan reads the rows of a query one after another.
func (t *Tx) scan(query string, args []any, each func(*sql.Rows) error) error {
	rows, err := t.SQL().Statement.ConnPool.QueryContext(t.SQL().Statement.Context, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

const lotColumns = "id, tender_id, number, path, code, state, mode, side, unit, measure, area, years, " +
	"deposit, register_until, start_price, terms, board, opens_at, ends_at, next_at, bids, " +
	"leading_bidder, leading_rank, leading_price, leading_match, leading_at, bidders, event_seq, breaks, " +
	"ticks, broken_from, broken_until"

// fields are the columns of lotColumns, to be read into or written from.
func (r *lotRow) fields() []any {
	return []any{&r.ID, &r.TenderID, &r.Number, &r.Path, &r.Code, &r.State, &r.Mode, &r.Side, &r.Unit,
		&r.Measure, &r.Area, &r.Years, &r.Deposit, &r.RegisterUntil,
		&r.StartPrice, &r.Terms, &r.Board, &r.OpensAt, &r.EndsAt, &r.NextAt, &r.Bids, &r.LeadingBidder, &r.LeadingRank,
		&r.LeadingPrice, &r.LeadingMatch,
		&r.LeadingAt, &r.Bidders, &r.EventSeq, &r.Breaks, &r.Ticks, &r.BrokenFrom, &r.BrokenUntil}
}

var lotFields = strings.Split(lotColumns, ", ")

// lockLots locks the streams of the lots, in the order of their names as all
// nodes do, and reads the lots; those that do not exist are left out. The
// streams are read first: whoever holds a stream may be writing its lot.
func (t *Tx) lockLots(ids []string) (map[string]trading.Lot, error) {
	join, lock := "STRAIGHT_JOIN", " ORDER BY streams.stream FOR UPDATE"
	if t.Dialect() == "sqlite" {
		join, lock = "CROSS JOIN", ""
	}
	query := "SELECT streams.stream, streams.last_seq, streams.last_hash, streams.last_at, lots." +
		strings.ReplaceAll(lotColumns, ", ", ", lots.") +
		" FROM streams " + join + " lots ON lots.id = SUBSTR(streams.stream, 5) WHERE streams.stream IN " +
		marks(1, len(ids)) + lock
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(event.Of("lot", id))
	}
	lots := make(map[string]trading.Lot, len(ids))
	var rows []store.StreamRow
	err := t.scan(query, args, func(r *sql.Rows) error {
		var s store.StreamRow
		var l lotRow
		err := r.Scan(append([]any{&s.Stream, &s.LastSeq, &s.LastHash, &s.LastAt}, l.fields()...)...)
		rows, lots[l.ID] = append(rows, s), lotRead{Row: l}.lot()
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, s := range rows { // the clock is read when all are locked
		t.Hold(s)
	}
	return lots, t.lockNew(ids, lots)
}

// lockNew finds the lots that have no event yet, and so perhaps no stream.
func (t *Tx) lockNew(ids []string, lots map[string]trading.Lot) error {
	for _, id := range ids {
		if _, found := lots[id]; found {
			continue
		}
		var known int64
		if err := t.SQL().Model(&lotRow{}).Where("id = ?", id).Count(&known).Error; err != nil {
			return err
		}
		if known == 0 {
			continue
		}
		if _, err := t.Lock(event.Of("lot", id)); err != nil {
			return err
		}
		var row lotRow
		if err := t.SQL().Where("id = ?", id).Take(&row).Error; err != nil {
			return err
		}
		lots[id] = lotRead{Row: row}.lot()
	}
	return nil
}

// registrationsOf reads of each bid's person the registration in the lot that
// stands, without what only the station sees. They change only while the lot's
// stream is locked. They are joined to a list of what is wanted, and not found
// by many ORs, which MariaDB weighs for longer than it reads.
func (t *Tx) registrationsOf(jobs []*bidJob) (map[standing]trading.Registration, error) {
	args := make([]any, 0, 2*len(jobs))
	for _, j := range jobs {
		args = append(args, j.lot, j.person)
	}
	join, id := "STRAIGHT_JOIN", "CONVERT(? USING ascii)" // as the columns are, else no index serves
	if t.Dialect() == "sqlite" {
		join, id = "CROSS JOIN", "?"
	}
	query := "SELECT r.id, r.lot_id, r.person_id, r.name, r.path, r.state, r.version, r.priority_rank, " +
		"r.number FROM (SELECT " + id + " AS lot, " + id + " AS person" +
		strings.Repeat(" UNION ALL SELECT "+id+", "+id, len(jobs)-1) + ") AS wanted " + join +
		" registrations r ON r.lot_id = wanted.lot AND r.person_id = wanted.person AND r.standing = 1"
	found := map[standing]trading.Registration{}
	err := t.scan(query, args, func(rows *sql.Rows) error {
		var r registrationRow
		err := rows.Scan(&r.ID, &r.LotID, &r.PersonID, &r.Name, &r.Path, &r.State, &r.Version, &r.Rank, &r.Number)
		found[standing{r.LotID, r.PersonID}] = registrationRead{Row: r}.registration()
		return err
	})
	return found, err
}

func (b *bidBatch) requestsOf() (found []store.RequestRow, err error) {
	args := make([]any, 0, 3*len(b.jobs))
	for _, j := range b.jobs {
		args = append(args, j.once.Actor, j.once.Kind, j.once.ID)
	}
	query := "SELECT actor, kind, request_id, digest, answer FROM requests WHERE (actor = ? AND kind = ? AND " +
		"request_id = ?)" +
		strings.Repeat(" OR (actor = ? AND kind = ? AND request_id = ?)", len(b.jobs)-1)
	err = b.t.scan(query, args, func(rows *sql.Rows) error {
		var r store.RequestRow
		err := rows.Scan(&r.Actor, &r.Kind, &r.RequestID, &r.Digest, &r.Answer)
		found = append(found, r)
		return err
	})
	return found, err
}

// write writes what the bids have led to. The caller commits.
func (b *bidBatch) write() error {
	if len(b.bids) == 0 {
		return nil
	}
	var bids, events, outbox, answers []any
	for _, r := range b.bids {
		bids = append(bids, r.LotID, r.Seq, r.RegistrationID, r.PersonID, r.Number, r.Rank, r.Price, r.Match,
			r.PlacedAt, r.EndsAt, r.Extended)
	}
	for _, r := range b.events {
		events = append(events, r.Stream, r.Seq, r.Kind, r.HappenedAt, r.Leaf, r.LeafHash)
		outbox = append(outbox, r.Stream, r.Seq)
	}
	for _, r := range b.answers {
		answers = append(answers, r.Actor, r.Kind, r.RequestID, r.Digest, r.Answer, r.MadeAt)
	}
	for _, s := range []struct {
		into string
		args []any
		rows int
	}{
		{"requests (actor, kind, request_id, digest, answer, made_at)", answers, len(b.answers)},
		{"bids (lot_id, seq, registration_id, person_id, number, priority_rank, price, matched, placed_at, " +
			"ends_at, extended)", bids, len(b.bids)},
		{"events (stream, seq, kind, happened_at, leaf, leaf_hash)", events, len(b.events)},
		{"outbox (stream, seq)", outbox, len(b.events)},
	} {
		if err := b.t.exec("INSERT INTO "+s.into+" VALUES "+marks(s.rows, len(s.args)/s.rows), s.args); err != nil {
			return err
		}
	}
	return b.writeHeads()
}

// writeHeads writes where the lots and their streams now stand.
func (b *bidBatch) writeHeads() error {
	var lots, streams []any
	n := 0
	for _, id := range slices.Sorted(maps.Keys(b.changed)) {
		if !b.changed[id] {
			continue
		}
		n++
		row := rowOfLot(b.lots[id])
		lots = append(lots, row.fields()...)
		s := b.t.Streams[event.Of("lot", id)].Row
		streams = append(streams, s.Stream, s.LastSeq, s.LastHash, s.LastAt)
	}
	heads := []string{"stream", "last_seq", "last_hash", "last_at"}
	if err := b.t.replace("streams", heads, n, streams); err != nil {
		return err
	}
	return b.t.replace("lots", lotFields, n, lots)
}

// replace writes rows that are there already, by the first of their columns.
func (t *Tx) replace(table string, columns []string, rows int, args []any) error {
	conflict, value := " ON DUPLICATE KEY UPDATE ", "VALUES(%)"
	if t.Dialect() == "sqlite" {
		conflict, value = " ON CONFLICT ("+columns[0]+") DO UPDATE SET ", "excluded.%"
	}
	set := make([]string, 0, len(columns))
	for _, c := range columns[1:] {
		set = append(set, c+" = "+strings.Replace(value, "%", c, 1))
	}
	return t.exec("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES "+marks(rows, len(columns))+
		conflict+strings.Join(set, ", "), args)
}
