package store

import "sunlot/internal/event"

// SeqOf is the column of an event's number: null while there is no event.
func SeqOf(e event.Ref) *int64 {
	if e.Seq == 0 {
		return nil
	}
	return &e.Seq
}

// RefIn is the event of a stream that the column names.
func RefIn(s event.Stream, seq *int64) event.Ref {
	if seq == nil {
		return event.Ref{}
	}
	return event.Ref{Stream: s, Seq: *seq}
}
