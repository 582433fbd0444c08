package worksdb

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"sunlot/internal/calendar"
	"sunlot/internal/casework"
	"sunlot/internal/event"
	"sunlot/internal/fault"
	"sunlot/internal/finding"
	"sunlot/internal/identity"
	"sunlot/internal/money"
	"sunlot/internal/store"
	"sunlot/internal/store/disclosuredb"
	"sunlot/internal/store/tradingdb"
	"sunlot/trading/works"
)

var _ works.Tx = (*Tx)(nil)

const noProject = "没有找到这个项目"

type projectRow struct {
	ID           string                        `gorm:"column:id;primaryKey"`
	Path         string                        `gorm:"column:path"`
	VillageID    string                        `gorm:"column:village_id"`
	ItemID       string                        `gorm:"column:item_id"`
	ResolutionID string                        `gorm:"column:resolution_id"`
	State        string                        `gorm:"column:state"`
	Version      int                           `gorm:"column:version"`
	Name         string                        `gorm:"column:name"`
	Place        string                        `gorm:"column:place"`
	Scope        string                        `gorm:"column:scope"`
	Estimate     int64                         `gorm:"column:estimate"`
	Plan         store.JSONOf[[]works.Planned] `gorm:"column:plan"`
	Budget       int64                         `gorm:"column:budget"`
	Contract     int64                         `gorm:"column:contract"`
	Varied       int64                         `gorm:"column:varied"`
	Final        int64                         `gorm:"column:final"`
	Paid         int64                         `gorm:"column:paid"`
	Reached      string                        `gorm:"column:reached"`
	NextStage    string                        `gorm:"column:next_stage"`
	NextDue      string                        `gorm:"column:next_due"`
	ProposedBy   string                        `gorm:"column:proposed_by"`
	ProposedAt   int64                         `gorm:"column:proposed_at"`
	ConfirmedBy  string                        `gorm:"column:confirmed_by"`
	PublicAt     int64                         `gorm:"column:public_at"`
	Mend         store.JSONOf[[]fault.Field]   `gorm:"column:mend"`
	Document     string                        `gorm:"column:document"`
	EventSeq     *int64                        `gorm:"column:event_seq"`
	SplitReason  string                        `gorm:"column:split_reason"`
	Together     int64                         `gorm:"column:together"`
	LimitFen     int64                         `gorm:"column:limit_fen"`
}

func (projectRow) TableName() string { return "projects" }

// projectRead is a project with the names of its village and item.
type projectRead struct {
	Row         projectRow `gorm:"embedded"`
	VillageName string     `gorm:"column:village_name"`
	ItemName    string     `gorm:"column:item_name"`
}

func (r projectRead) project() works.Project {
	row := r.Row
	p := works.Project{
		ID:          row.ID,
		Path:        identity.Path(row.Path),
		VillageName: r.VillageName,
		ItemName:    r.ItemName,
		State:       casework.State(row.State),
		Version:     row.Version,
		ProjectForm: works.ProjectForm{
			Village:    row.VillageID,
			Item:       row.ItemID,
			Resolution: row.ResolutionID,
			Name:       row.Name,
			Place:      row.Place,
			Scope:      row.Scope,
			Estimate:   money.Fen(row.Estimate),
			Plan:       row.Plan.V,
			Split:      row.SplitReason,
		},
		Together: money.Fen(row.Together),
		Limit:    money.Fen(row.LimitFen),
		Sums: works.Sums{
			Budget:   money.Fen(row.Budget),
			Contract: money.Fen(row.Contract),
			Varied:   money.Fen(row.Varied),
			Final:    money.Fen(row.Final),
			Paid:     money.Fen(row.Paid),
		},
		Reached:     works.Stage(row.Reached),
		Next:        works.Stage(row.NextStage),
		NextDue:     calendar.Date(row.NextDue),
		ProposedBy:  row.ProposedBy,
		ProposedAt:  store.FromMillis(row.ProposedAt),
		ConfirmedBy: row.ConfirmedBy,
		ConfirmedAt: store.FromMillisOrZero(row.PublicAt),
		Mend:        row.Mend.V,
		Document:    row.Document,
	}
	p.Event = store.RefIn(p.Stream(), row.EventSeq)
	return p
}

// WriteProject implements works.Store.
func (db *DB) WriteProject(ctx context.Context, once event.Request, fn func(works.Tx) (string, error)) (string, error) {
	return db.Once(ctx, once, func(t *store.Tx) (string, error) { return fn(Of(t)) })
}

// ItemInForce implements works.Tx.
func (t *Tx) ItemInForce(id string) (works.ItemInForce, error) {
	i, err := disclosuredb.ItemIn(t.SQL(), id, identity.Everywhere)
	if err == nil && !i.Public() {
		err = fault.New(fault.NotFound, disclosuredb.NoItem)
	}
	return works.ItemInForce{Path: i.Path, Edition: i.Edition, Event: i.Event}, err
}

// SaveProject implements works.Tx.
func (t *Tx) SaveProject(p works.Project) error {
	row := projectRow{
		ID:           p.ID,
		Path:         string(p.Path),
		VillageID:    p.Village,
		ItemID:       p.Item,
		ResolutionID: p.Resolution,
		State:        string(p.State),
		Version:      p.Version,
		Name:         p.Name,
		Place:        p.Place,
		Scope:        p.Scope,
		Estimate:     int64(p.Estimate),
		Plan:         store.JSONOf[[]works.Planned]{V: p.Plan},
		Budget:       int64(p.Sums.Budget),
		Contract:     int64(p.Sums.Contract),
		Varied:       int64(p.Sums.Varied),
		Final:        int64(p.Sums.Final),
		Paid:         int64(p.Sums.Paid),
		Reached:      string(p.Reached),
		NextStage:    string(p.Next),
		NextDue:      string(p.NextDue),
		ProposedBy:   p.ProposedBy,
		ProposedAt:   store.Millis(p.ProposedAt),
		ConfirmedBy:  p.ConfirmedBy,
		PublicAt:     store.MillisOrZero(p.ConfirmedAt),
		Mend:         store.JSONOf[[]fault.Field]{V: p.Mend},
		Document:     p.Document,
		EventSeq:     store.SeqOf(p.Event),
		SplitReason:  p.Split,
		Together:     int64(p.Together),
		LimitFen:     int64(p.Limit),
	}
	if err := t.SaveVersion(&row, p.ID, p.Version); err != nil {
		return err
	}
	return t.Reindex(Found, p.ID)
}

// Found is what the public finds of works, also by who builds.
var Found = store.Source{Kind: finding.Work, Select: "SELECT projects.id, projects.path, projects.name AS title," +
	" projects.place AS note, COALESCE((SELECT GROUP_CONCAT(party) FROM project_entries e" +
	" WHERE e.project_id = projects.id AND e.state = '" + string(works.EntryConfirmed) + "' AND e.party <> ''), '')" +
	" AS more, projects.public_at AS at FROM projects WHERE projects.state IN ('" + string(works.Underway) + "', '" +
	string(works.Finished) + "') AND projects.id"}

// Project implements works.Tx.
func (t *Tx) Project(id string, in identity.Scope) (works.Project, error) {
	if err := t.LockRow(&projectRow{}, id); err != nil {
		return works.Project{}, store.NoSuch(err, noProject)
	}
	return projectIn(t.SQL(), id, in)
}

// ProjectsSince implements works.Tx.
func (t *Tx) ProjectsSince(at identity.Path, since time.Time) ([]works.Project, error) {
	var rows []projectRead
	err := store.Within(withVillage(t.SQL().Table("projects")), "projects.path", identity.Scope{at}).
		Where("projects.proposed_at >= ?", store.Millis(since)).Order("projects.proposed_at, projects.id").
		Scan(&rows).Error
	return store.Nouns(rows, projectRead.project), err
}

// Project implements works.Store.
func (db *DB) Project(ctx context.Context, id string, in identity.Scope) (works.Project, error) {
	return projectIn(db.Read(ctx), id, in)
}

func projectIn(session *gorm.DB, id string, in identity.Scope) (works.Project, error) {
	if !store.PlainID(id) {
		return works.Project{}, fault.New(fault.NotFound, noProject)
	}
	var row projectRead
	err := store.Within(withVillage(session.Table("projects")), "projects.path", in).Where("projects.id = ?", id).
		Take(&row).Error
	if err != nil {
		return works.Project{}, store.NoSuch(err, noProject)
	}
	return row.project(), nil
}

func withVillage(session *gorm.DB) *gorm.DB {
	return session.Select("projects.*, village.name AS village_name, items.name AS item_name").
		Joins("LEFT JOIN orgs village ON village.id = projects.village_id").
		Joins("LEFT JOIN items ON items.id = projects.item_id")
}

// The public's list is by the day of becoming public, an office's by that of typing in.
var projectOrders = map[string]string{
	"public":   "projects.public_at DESC, projects.id DESC",
	"proposed": "projects.proposed_at DESC, projects.id DESC",
}

// Projects implements works.Store. What is public in any state is found
// by its day, which an index has in order.
func (db *DB) Projects(ctx context.Context, q casework.Query) ([]works.Project, int, error) {
	session := store.Within(db.Read(ctx).Table("projects"), "projects.path", q.Scope)
	sort := "proposed"
	if public := slices.Equal(q.States, works.PublicStates()); public {
		session, sort = session.Where("projects.public_at > 0"), "public"
	} else {
		session = tradingdb.InStates(session, "projects", q)
	}
	if store.All(q.Scope) {
		sort = "public"
	}
	if q.Public {
		var err error
		session, err = db.Found(ctx, session, "projects.id", finding.Work, q.Text)
		if err != nil {
			return nil, 0, err
		}
		q.Text = ""
	}
	session = tradingdb.Bounded(session, q.Bounds, "projects.public_at", "projects.estimate")
	list := store.Searched(store.NarrowedTo(session, "projects.item_id = ?", q.Parent), withVillage, q.Text,
		"projects.name", "village.name")
	var rows []projectRead
	total, err := list.Page(store.Order(projectOrders, sort, sort, q.Scope), q.Page, &rows)
	all := store.Nouns(rows, projectRead.project)
	if err == nil {
		err = db.pictured(ctx, all)
	}
	return all, total, err
}

// pictured puts on each project the newest photo of its confirmed entries that is not withheld.
func (db *DB) pictured(ctx context.Context, projects []works.Project) error {
	var ids, photos []string
	for _, p := range projects {
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []struct {
		ProjectID string
		State     string
		Photos    store.JSONOf[[]string]
	}
	err := db.Read(ctx).Table("project_entries").Select("project_id, state, photos").
		Where("project_id IN ?", ids).Order("project_id, recorded_at, id").Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, row := range rows {
		photos = append(photos, row.Photos.V...)
	}
	if len(photos) == 0 {
		return nil
	}
	withheld, err := db.Withheld(ctx, photos)
	newest := map[string]string{}
	for _, row := range rows {
		public := slices.DeleteFunc(row.Photos.V, func(sha256 string) bool { return withheld[sha256] != "" })
		if row.State == string(works.EntryConfirmed) && len(public) > 0 {
			newest[row.ProjectID] = public[0]
		}
	}
	for i, p := range projects {
		projects[i].Photo = newest[p.ID]
	}
	return err
}
