package works

import (
	"fmt"
	"testing"

	"sunlot/trading/works"
)

// TestPhotosOfAStage are numbered within each entry and keep its order.
func TestPhotosOfAStage(t *testing.T) {
	entries := []works.Entry{
		{EntryForm: works.EntryForm{Stage: works.NeedStage, Photos: []string{"a", "b"}}},
		{EntryForm: works.EntryForm{Stage: works.AcceptanceStage, Photos: []string{"z"}}},
		{EntryForm: works.EntryForm{Stage: works.DesignStage, Photos: []string{"c"}}},
	}
	var got []string
	for _, p := range stagePhotos(entries, "开工前", works.NeedStage, works.DesignStage) {
		got = append(got, p.Full+" "+p.Caption)
	}
	if want := "[/photos/a.jpg 开工前 照片1 /photos/b.jpg 开工前 照片2 /photos/c.jpg 开工前 照片1]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if after := stagePhotos(entries, "完工后", works.AcceptanceStage); len(after) != 1 ||
		after[0].Src != "/photos/z-small.jpg" {
		t.Errorf("%+v", after)
	}
	if none := stagePhotos(entries, "完工后"); none != nil {
		t.Errorf("%+v", none)
	}
}
