package ledger

import "sunlot/disclosure/words"

// Wordings is how the events of this room are told.
var Wordings = []words.Wording{
	words.Of(BlindKind, "定时密封记录：每分钟写入一次，有没有人报名都写", Tick.told).
		Omits("only who has registered can check it, with the proof of his registration", "root"),
}

func (t Tick) told() []words.Fact { return []words.Fact{words.Count("第几次", t.Tick, "")} }
