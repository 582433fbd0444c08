package parts

import (
	"testing"

	"sunlot/internal/identity"
)

func village(name, township string) identity.ListedVillage {
	v := identity.ListedVillage{Township: township}
	v.Name, v.ParentID = name, "id of "+township
	return v
}

// TestVillagesStandUnderTheirTownship, in the order in which they came; a
// township that a page ends with goes on at the head of the next.
func TestVillagesStandUnderTheirTownship(t *testing.T) {
	got := TownshipsOf([]identity.ListedVillage{village("青塘村", "南镇"), village("李家塘村", "南镇"), village("东坡村", "北镇")})
	if len(got) != 2 || got[0].Name != "南镇" || len(got[0].Villages) != 2 || got[1].Name != "北镇" ||
		got[1].Villages[0].Name != "东坡村" {
		t.Errorf("%+v", got)
	}
	if got := TownshipsOf(nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestTwoTownshipsOfOneName are told apart by their ids.
func TestTwoTownshipsOfOneName(t *testing.T) {
	a, b := village("甲村", "城关镇"), village("乙村", "城关镇")
	b.ParentID = "another"
	if got := TownshipsOf([]identity.ListedVillage{a, b}); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestAPhotoLeadsToTheLargeOne(t *testing.T) {
	p := photo("abc", "东坡茶园", 2)
	if p.Src != "/photos/abc-small.jpg" || p.Full != "/photos/abc.jpg" || p.Caption != "东坡茶园 照片2" {
		t.Errorf("%+v", p)
	}
}
