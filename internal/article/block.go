package article

// Block is one part of the body. The types of this file are all there are.
type Block interface{ block() }

// Base is what every block has.
type Base struct {
	ID         string
	InLanguage string
	Dir        Dir
	Fallback   Inline // what a reader that does not know the type shows instead
}

func (Base) block() {}

// BaseOf gives what every block has.
func BaseOf(b Block) Base {
	switch b := b.(type) {
	case Paragraph:
		return b.Base
	case Heading:
		return b.Base
	case Figure:
		return b.Base
	case Gallery:
		return b.Base
	case Quote:
		return b.Base
	case List:
		return b.Base
	case Media:
		return b.Base
	case Embed:
		return b.Base
	case Table:
		return b.Base
	case Note:
		return b.Base
	case RelatedList:
		return b.Base
	case Divider:
		return b.Base
	case HTML:
		return b.Base
	case Unknown:
		return b.Base
	}
	return Base{}
}

type (
	Paragraph struct {
		Base
		Content Inline
	}
	Heading struct {
		Base
		Level   int // 2 to 6
		Content Inline
	}
	Figure struct {
		Base
		Image  Image
		URL    string // where a click on the picture leads
		Layout string // inline, wide, full, start, end, or empty
	}
	Gallery struct {
		Base
		Images  []Image
		Caption Inline
	}
	Quote struct {
		Base
		Body     []Block
		Citation *NamedLink
		Style    string // block, pull, or empty
	}
	List struct {
		Base
		Ordered bool
		Start   int // 0: not said
		Items   []ListItem
	}
	// Media is a recording: a block of type video or audio.
	Media struct {
		Base
		Kind       string // "video" or "audio"
		URL, Name  string
		Thumbnail  *Image
		Caption    Inline
		CreditText string
		Duration   string // ISO 8601
		Transcript Inline
		Renditions []Rendition
	}
	// Embed is something of another site, shown as a card with a link.
	Embed struct {
		Base
		URL, EmbedURL               string
		Provider, Name, Description string
		Thumbnail                   *Image
	}
	Table struct {
		Base
		Caption Inline
		Header  []Inline
		Rows    [][]Inline
	}
	Note struct {
		Base
		Role    string // correction, clarification, editor, promo, aside, or empty
		Content Inline
		Date    Date
	}
	RelatedList struct {
		Base
		Items []Related
	}
	Divider struct{ Base }
	// HTML is an escape hatch of the native format. Package decode turns it into other blocks; it is never shown.
	HTML struct {
		Base
		HTML string
	}
	// Unknown is a block of a type that this version does not know. Its Fallback is shown, if it has one.
	Unknown struct {
		Base
		Type string
	}
)

// ListItem is one item of a list, with a list inside it where there is one.
type ListItem struct {
	Content Inline
	List    *List
}
