package tradingdb

import (
	"context"
	"math"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"sunlot/internal/store"
	"sunlot/trading"
	"sunlot/trading/bidding"
)

type beatRow struct {
	Node   string `gorm:"column:node;primaryKey"`
	LastAt int64  `gorm:"column:last_at"`
}

func (beatRow) TableName() string { return "beats" }

type outageRow struct {
	FromAt  int64 `gorm:"column:from_at;primaryKey;autoIncrement:false"`
	UntilAt int64 `gorm:"column:until_at"`
}

func (outageRow) TableName() string { return "outages" }

func (r outageRow) outage() trading.Outage {
	return trading.Outage{From: store.FromMillis(r.FromAt), Until: store.FromMillis(r.UntilAt)}
}

// Beat implements bidding.LotStore. How long nobody wrote is measured by the
// machines' clocks: a demonstration's can be set. Each node writes its own beat
// alone, so that a clock which is wrong at one says nothing of the others.
func (db *DB) Beat(ctx context.Context, quiet time.Duration) error {
	return db.InTx(ctx, func(t *store.Tx) error {
		var all []beatRow
		if err := t.SQL().Clauses(store.ForUpdate).Order("node").Find(&all).Error; err != nil {
			return err
		}
		now := db.Machine()
		silent, known := silence(all, now)
		var err error
		switch {
		case len(all) == 0:
			err = afterNewestEvent(t, quiet)
		case !known:
			err = addOutage(t, t.Now(), t.Now())
		case silent > quiet:
			err = addSilences(t, t.Now().Add(-silent), t.Now(), quiet)
		}
		if err != nil {
			return err
		}
		return db.keepBeat(t, all, now, quiet)
	})
}

// apart is how far two nodes' clocks may differ: each may be half of it off the database's.
const apart = time.Second

// ahead says whether the beat is by a clock that was set back since, or is wrong.
func (r beatRow) ahead(now time.Time) bool { return store.FromMillis(r.LastAt).After(now.Add(apart)) }

// silence is how long no node has written. It is not known when nobody has, or when
// all that is known is later than now: a clock was set back.
func silence(all []beatRow, now time.Time) (silent time.Duration, known bool) {
	for _, r := range all {
		if since := max(0, now.Sub(store.FromMillis(r.LastAt))); !r.ahead(now) && (!known || since < silent) {
			silent, known = since, true
		}
	}
	return silent, known
}

// afterNewestEvent keeps as an outage that nobody wrote after the newest event, by
// the deciding clock. What has been recorded since the server is back hides none.
func afterNewestEvent(t *store.Tx, quiet time.Duration) error {
	var newest int64
	now := t.Now()
	err := t.SQL().Model(&store.StreamRow{}).Select("COALESCE(MAX(last_at), 0)").
		Where("last_at < ?", store.Millis(now.Add(-quiet))).Scan(&newest).Error
	if err != nil || newest == 0 {
		return err
	}
	all, err := silences(t, store.FromMillis(newest), now, quiet)
	if err != nil || len(all) == 0 {
		return err
	}
	last := all[len(all)-1]
	return addOutage(t, last.From, last.Until)
}

// addSilences keeps as outages when nobody wrote between two instants.
func addSilences(t *store.Tx, from, until time.Time, quiet time.Duration) error {
	all, err := silences(t, from, until, quiet)
	for _, o := range all {
		if err == nil {
			err = addOutage(t, o.From, o.Until)
		}
	}
	return err
}

// silences are the times between two instants in which no event was recorded for
// longer than quiet: each event proves that some server could write.
func silences(t *store.Tx, from, until time.Time, quiet time.Duration) ([]trading.Outage, error) {
	var events []int64
	err := t.SQL().Raw("SELECT DISTINCT events.happened_at FROM streams JOIN events ON events.stream = streams.stream"+
		" WHERE streams.last_at > ? AND events.happened_at > ? AND events.happened_at < ? ORDER BY events.happened_at",
		store.Millis(from), store.Millis(from), store.Millis(until)).Scan(&events).Error
	var all []trading.Outage
	for _, ms := range append(events, store.Millis(until)) {
		at := store.FromMillis(ms)
		if at.Sub(from) > quiet {
			all = append(all, trading.Outage{From: from, Until: at})
		}
		from = at
	}
	return all, err
}

func addOutage(t *store.Tx, from, until time.Time) error {
	return t.SQL().Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "from_at"}},
		DoUpdates: clause.AssignmentColumns([]string{"until_at"}),
	}).Create(&outageRow{FromAt: store.Millis(from), UntilAt: store.Millis(until)}).Error
}

// keepBeat writes this node's beat. With its first one it removes those of nodes
// that are gone; whoever is there all the same writes again within a second.
func (db *DB) keepBeat(t *store.Tx, all []beatRow, now time.Time, quiet time.Duration) error {
	own := beatRow{Node: db.node, LastAt: store.Millis(now)}
	err := t.SQL().Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "node"}},
		DoUpdates: clause.AssignmentColumns([]string{"last_at"}),
	}).Create(&own).Error
	if err != nil || slices.ContainsFunc(all, func(r beatRow) bool { return r.Node == own.Node }) {
		return err
	}
	for _, r := range all {
		if silent, known := silence([]beatRow{r}, now); known && silent <= quiet {
			continue
		}
		if err := t.SQL().Where("node = ?", r.Node).Delete(&beatRow{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// lotTx implements bidding.LotTx and bidding.RegistrationTx.
type lotTx struct{ *Tx }

var _ bidding.LotTx = lotTx{}

// silenceNow reads the beats without their locks, which a node that stands still may
// hold: an outage is written only when they are old.
func silenceNow(t *Tx) (time.Duration, error) {
	var all []beatRow
	if err := t.SQL().Find(&all).Error; err != nil {
		return 0, err
	}
	silent, known := silence(all, t.Machine())
	if !known {
		return math.MaxInt64, nil
	}
	return silent, nil
}

func outagesAfter(t *Tx, after time.Time) ([]trading.Outage, error) {
	var rows []outageRow
	err := t.SQL().Where("until_at > ?", store.Millis(after)).Order("until_at, from_at").Find(&rows).Error
	return store.Nouns(rows, outageRow.outage), err
}

func (t lotTx) Silence() (time.Duration, error) { return silenceNow(t.Tx) }

func (t lotTx) Outages(after time.Time) ([]trading.Outage, error) { return outagesAfter(t.Tx, after) }
