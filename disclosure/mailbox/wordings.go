package mailbox

import "sunlot/disclosure/words"

// Wordings is how the events of this room are told.
var Wordings = []words.Wording{
	words.Of("office.proposed", "提出举报受理单位的公钥，还没有生效", KeyedFacts.told).
		Omits("an id; the name is told", "org"),
	words.Of("office.keyed", "登记举报受理单位的公钥", KeyedFacts.told).
		Omits("an id; the name is told", "org"),
}

// KeyedFacts is what the public log says of a receiving office's key.
type KeyedFacts struct {
	Org       string `json:"org"`
	Name      string `json:"name"`
	Recipient string `json:"recipient"`
}

func (f KeyedFacts) told() []words.Fact {
	return []words.Fact{words.Text("名称", f.Name), words.Text("公钥", f.Recipient)}
}
