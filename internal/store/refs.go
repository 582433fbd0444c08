package store

import "sunlot/internal/event"

func SeqOf(e event.Ref) *int64 {
	if e.Seq == 0 {
		return nil
	}
	return &e.Seq
}

func RefIn(s event.Stream, seq *int64) event.Ref {
	if seq == nil {
		return event.Ref{}
	}
	return event.Ref{Stream: s, Seq: *seq}
}
