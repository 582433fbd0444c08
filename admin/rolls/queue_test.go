package rolls_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestWhatWaitsIsGoneThroughWithoutTheList: on each case's page stand its place and its
// neighbours, and the page after a decision leads to the next, also when that one has been
// decided by somebody else meanwhile.
func TestWhatWaitsIsGoneThroughWithoutTheList(t *testing.T) {
	o := open(t)
	clerk, station := o.As(o.Clerk), o.As(o.Station)
	var at []string
	bodies := []string{o.Group + ",group_meeting", o.VillageOrg + ",village_representatives",
		o.Collective + ",member_representatives"}
	for _, body := range bodies {
		id := clerk.Send("/office/rolls", "body", body, "from", "2026-01-01", "members", "张三\n李四").
			LeadsTo("/office/rolls/")
		at = append(at, "/office/rolls/"+id)
		o.Clock.Set(o.Clock.Now().Add(time.Minute))
	}
	id := func(n int) string { return strings.TrimPrefix(at[n], "/office/rolls/") }
	first := station.Get(at[0])
	first.Shows("核对应到人员名册：第 <b>1</b> 件，共 3 件", `rel="next" href="`+at[1]+`"`,
		`name="then" value="roll.`+id(1)+`"`).Lacks("上一件")
	station.Get(at[1]).Shows("第 <b>2</b> 件", `rel="prev" href="`+at[0]+`"`, `rel="next" href="`+at[2]+`"`)
	station.Get(at[2]).Shows("第 <b>3</b> 件", `rel="prev" href="`+at[1]+`"`).Lacks("下一件")
	clerk.Get(at[0]).Lacks("共 3 件", `name="then"`)
	station.Get(at[0]+"?then=roll."+id(2)).Shows("第 <b>1</b> 件", `name="then" value="roll.`+id(1)+`"`)

	station.Send(at[0]+"/return", "version", "1", "then", "roll."+id(1)).
		Refuses(http.StatusUnprocessableEntity, "请至少写明一处", `name="then" value="roll.`+id(1)+`"`)
	went := station.Send(at[0]+"/confirm", "version", "1", "then", "roll."+id(1)).LeadsTo(at[0] + "?then=")
	if went != "roll."+id(1) {
		t.Errorf("the page after the decision is %s", went)
	}
	station.Get(at[0]+"?then="+went).Shows("核对应到人员名册：还有 2 件", `rel="next" href="`+at[1]+`"`)
	station.Get(at[0]+"?then=roll."+id(2)).Shows("还有 2 件", `rel="next" href="`+at[2]+`"`)
	station.Get(at[0] + "?then=roll.").Shows(`rel="next" href="` + at[1] + `"`)
	for _, none := range []string{"roll.<b>", "nothing.", "roll_mend.", "roll"} {
		station.Get(at[0]+"?then="+none).Lacks("逐件办理", `name="then"`)
	}
	clerk.Get(at[0] + "?then=" + went).Lacks("逐件办理")
	station.Send(at[2]+"/confirm", "version", "1", "then", "roll.").LeadsTo(at[2] + "?then=roll.")
	station.Get(at[0]+"?then=roll."+id(2)).Shows("还有 1 件", `rel="next" href="`+at[1]+`"`)
	station.Get(at[1]).Lacks("共 1 件").Shows(`name="then" value="roll."`)
	station.Send(at[1]+"/confirm", "version", "1", "then", "roll.").LeadsTo(at[1] + "?then=roll.")
	station.Get(at[1]+"?then=roll.").Shows("核对应到人员名册：全部办完了", `href="/office"`)
}
