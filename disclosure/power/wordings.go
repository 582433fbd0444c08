package power

import "sunlot/disclosure/words"

// Wordings is how the events of this room are told, and its steps that are none.
var Wordings = []words.Wording{
	words.Act("item.drafted", "起草事项"),
	words.Of("item.published", "公布小微权力事项", PublishedFacts.told).
		InTrail("公布事项").
		Omits("the item's page shows it in words", "category"),
}
