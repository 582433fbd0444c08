package words

import (
	"fmt"
	"strings"
	"time"

	"sunlot/internal/calendar"
	"sunlot/internal/event"
	"sunlot/internal/money"
)

// Fact is one thing that an event says. One without a value is not told.
type Fact struct{ Label, Value string }

// Text is a fact in its own words.
func Text(label, text string) Fact { return Fact{Label: label, Value: text} }

// Yuan is a sum of money.
func Yuan(label string, sum money.Fen) Fact { return Fact{Label: label, Value: sum.Yuan() + " 元"} }

// Price is a price with what it is for.
func Price(label string, unit money.Unit, price money.Fen) Fact {
	return Fact{Label: label, Value: unit.Price(price)}
}

// Quantity is how much of a thing there is.
func Quantity(measure money.Measure, quantity money.Area) Fact {
	return Fact{Label: measure.Name(), Value: measure.Says(quantity)}
}

// Count is a number with its unit, which may be empty.
func Count[N ~int | ~int64](label string, n N, unit string) Fact {
	return Fact{Label: label, Value: strings.TrimSpace(fmt.Sprintf("%d %s", n, unit))}
}

// YesNo is whether something is so.
func YesNo(label string, yes bool) Fact {
	if yes {
		return Fact{Label: label, Value: "是"}
	}
	return Fact{Label: label, Value: "否"}
}

// Instant is a time as a leaf writes it, told in Beijing to the millisecond. One
// that is no time is not told.
func Instant(label, stamp string) Fact {
	at, err := time.Parse(event.TimeFormat, stamp)
	if err != nil {
		return Fact{Label: label}
	}
	return Fact{Label: label, Value: at.In(calendar.Beijing).Format("2006年1月2日 15:04:05.000")}
}

// Day is a date. One that is no date is not told.
func Day(label string, day calendar.Date) Fact {
	on, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return Fact{Label: label}
	}
	return Fact{Label: label, Value: on.Format("2006年1月2日")}
}

// Document is the SHA-256 of the published text that an event names.
func Document(sha string) Fact { return Fact{Label: "文件校验码", Value: sha} }
