// Package table writes lists as files that a spreadsheet opens.
package table

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sunlot/internal/calendar"
	"sunlot/internal/money"
)

// Column is one column of a list's file. A number is written as such; any other
// cell is kept from being taken for a formula.
type Column[N any] struct {
	Label  string
	Number bool
	Value  func(N) string
}

// Text is a column of words.
func Text[N any](label string, value func(N) string) Column[N] {
	return Column[N]{Label: label, Value: value}
}

// Count is a column of whole numbers.
func Count[N any](label string, value func(N) int) Column[N] {
	return Column[N]{Label: label, Number: true, Value: func(n N) string { return fmt.Sprint(value(n)) }}
}

// Yuan is a column of amounts, without the marks between thousands.
func Yuan[N any](label string, value func(N) money.Fen) Column[N] {
	return Column[N]{Label: label, Number: true, Value: func(n N) string { return plain(value(n).Yuan()) }}
}

// YuanIf is a column of amounts that not everything has; the others' cells are empty.
func YuanIf[N any](label string, has func(N) bool, value func(N) money.Fen) Column[N] {
	return Column[N]{Label: label, Number: true, Value: func(n N) string {
		if !has(n) {
			return ""
		}
		return plain(value(n).Yuan())
	}}
}

// Mu is a column of areas.
func Mu[N any](label string, value func(N) money.Area) Column[N] {
	return Column[N]{Label: label, Number: true, Value: func(n N) string { return plain(value(n).Mu()) }}
}

// plain is a number as a spreadsheet reads it.
func plain(number string) string { return strings.ReplaceAll(number, ",", "") }

// Moment is a column of times as Beijing has them; a time that has not come is empty.
func Moment[N any](label string, value func(N) time.Time) Column[N] {
	return Column[N]{Label: label, Value: func(n N) string {
		if at := value(n); !at.IsZero() {
			return at.In(calendar.Beijing).Format("2006-01-02 15:04")
		}
		return ""
	}}
}

// Day is a column of days; one that is not known is empty.
func Day[N any](label string, value func(N) calendar.Date) Column[N] {
	return Column[N]{Label: label, Value: func(n N) string { return string(value(n)) }}
}

// harmless is a text that no spreadsheet takes for a formula, also one that is
// written in full width.
func harmless(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u3000\n"))
	if strings.ContainsRune("=+-@\t\r\x00＝＋－＠", first) && s != "" {
		return "'" + s
	}
	return s
}
