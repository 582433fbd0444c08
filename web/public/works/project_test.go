package works

import (
	"fmt"
	"testing"

	"sunlot/trading/works"
	"sunlot/web"
)

// TestPhotosOfAStage are numbered within each entry and keep its order.
func TestPhotosOfAStage(t *testing.T) {
	entries := []works.Entry{
		{EntryForm: works.EntryForm{Stage: works.NeedStage, Photos: []string{"a", "b"}}},
		{EntryForm: works.EntryForm{Stage: works.AcceptanceStage, Photos: []string{"z"}}},
		{EntryForm: works.EntryForm{Stage: works.DesignStage, Photos: []string{"c"}}},
	}
	draw := func(photos []string) (all []web.Photo, err error) {
		for n, sha := range photos {
			all = append(all, web.Photo{Src: sha, Caption: fmt.Sprint("照片", n+1)})
		}
		return all, nil
	}
	var got []string
	before, err := stagePhotos(entries, draw, works.NeedStage, works.DesignStage)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range before {
		got = append(got, p.Src+" "+p.Caption)
	}
	if want := "[a 照片1 b 照片2 c 照片1]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if after, err := stagePhotos(entries, draw, works.AcceptanceStage); err != nil || len(after) != 1 ||
		after[0].Src != "z" {
		t.Errorf("%+v %v", after, err)
	}
	if none, err := stagePhotos(entries, draw); err != nil || none != nil {
		t.Errorf("%+v %v", none, err)
	}
}
