package ledger

import (
	"encoding/json"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"sunlot/internal/event"
)

// Kind says what a Finding is about.
type Kind string

const (
	BadSignature Kind = "signature" // the checkpoint is not signed by the key
	BadKey       Kind = "key"       // the key is another than before
	BadLeaf      Kind = "leaf"      // a leaf is not the one of the signed tree
	BadTile      Kind = "tile"      // a tile or bundle is not that of the signed tree
	BadRange     Kind = "range"     // leaves or tiles of a range: both disagree with the tree
	BadTree      Kind = "tree"      // nothing served leads to the signed root
	BadEvent     Kind = "event"     // a leaf of the tree is not an event
	BadStream    Kind = "stream"    // a stream's numbers, hashes or times do not follow each other
	BadHistory   Kind = "history"   // the tree does not begin with the one of the earlier checkpoint
)

// Finding is one thing that verification found wrong.
type Finding struct {
	Kind     Kind
	Index    int64     // of the leaf, for leaf, event and stream
	Ref      event.Ref // of the leaf, when it could be read; else zero
	Path     string    // of the tile, such as tile/0/001
	From, To int64     // the leaves [From, To) concerned
	Detail   string
}

// String is the finding as a sentence for people.
func (f Finding) String() string {
	switch f.Kind {
	case BadLeaf:
		return f.leaf() + "被改动：内容与已签名的树不符"
	case BadTile:
		return "校验码块 " + f.Path + "（" + f.leavesText() + "）被改动：与已签名的树不符" + f.more()
	case BadRange:
		return f.leavesText() + "与校验码块 " + f.Path + " 都与已签名的树不符"
	case BadEvent:
		return f.leaf() + "不是一条合格的记录" + f.more()
	case BadStream:
		return f.leaf() + "与它之前的记录接不上" + f.more()
	}
	return f.Detail
}

func (f Finding) leaf() string {
	if f.Ref.Stream == "" {
		return fmt.Sprintf("索引 %d 的记录", f.Index)
	}
	return fmt.Sprintf("索引 %d 的记录（%s 第 %d 号）", f.Index, safe(string(f.Ref.Stream)), f.Ref.Seq)
}

func (f Finding) leavesText() string {
	return fmt.Sprintf("索引 %d 至 %d 的记录", f.From, f.To-1)
}

func (f Finding) more() string {
	if f.Detail == "" {
		return ""
	}
	return "：" + f.Detail
}

// safe keeps control characters of a hostile server off the terminal.
func safe(s string) string {
	quoted := fmt.Sprintf("%+q", s)
	if quoted == `"`+s+`"` {
		return s
	}
	return quoted
}

func badTile(t tlog.Tile, size int64, detail string) Finding {
	from, to := span(t, size)
	return Finding{Kind: BadTile, Path: tilePath(t), From: from, To: to, Detail: detail}
}

func badRange(t tlog.Tile, size int64) Finding {
	f := badTile(t, size, "")
	f.Kind = BadRange
	return f
}

func treeMismatch(c Checkpoint) Finding {
	return Finding{Kind: BadTree, To: c.Size, Detail: fmt.Sprintf("服务器给出的记录和校验码块都算不出已签名的根校验码（共 %d 条）", c.Size)}
}

// name reads a leaf's stream and number as far as they can be read at all.
func (f Finding) name(leaf []byte) Finding {
	var ref event.Ref
	if json.Unmarshal(leaf, &ref) == nil {
		f.Ref = ref
	}
	return f
}
